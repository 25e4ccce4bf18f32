import { isIPv4, isIPv6 } from 'node:net';
import { URL } from 'node:url';
import { Token } from 'aws-cdk-lib';

const CIDR = /^([0-9A-Fa-f.:]+)\/(0|[1-9]\d{0,2})$/;

interface Range {
  /** The address as a number of `width` bits. */
  readonly bits: bigint;
  readonly width: number;
  readonly prefix: number;
}

/** Checks the address ranges of a provider. Ranges that are known only at deployment are accepted. */
export function validateSourceRanges(prop: string, ranges?: readonly string[]): void {
  if (ranges === undefined) {
    return;
  }
  if (!Array.isArray(ranges)) {
    throw new Error(`\`${prop}\` must be a list of ranges, got: '${String(ranges)}'. Pass it in a list.`);
  }
  if (Token.isUnresolved(ranges)) {
    throw new Error(`\`${prop}\` must be known at synthesis, because the size of the validator's environment is checked there, got: a token. List the ranges one by one.`);
  }
  if (ranges.length === 0) {
    throw new Error(`\`${prop}\` must contain at least one range, got an empty list. Leave it out to accept every address.`);
  }
  const known = new Set<string>();
  for (const text of ranges) {
    if (!Token.isUnresolved(text)) {
      const range = knownRange(prop, text);
      const key = Object.values(range).join();
      if (known.has(key)) {
        throw new Error(`\`${prop}\` must have unique ranges, got duplicate: '${text}'. Remove one of them.`);
      }
      known.add(key);
    }
  }
}

function knownRange(prop: string, text: string): Range {
  const range = parseRange(text);
  if (!range) {
    throw new Error(
      `\`${prop}\` must contain IPv4 or IPv6 ranges in CIDR notation such as 203.0.113.0/24 or 2001:db8::/32, got: '${text}'. `
      + 'Write a single address with /32 or /128.',
    );
  }
  const { bits, width, prefix } = range;
  if (BigInt.asUintN(width - prefix, bits) !== 0n) {
    throw new Error(
      `\`${prop}\` must contain ranges whose bits after the prefix are 0, got: '${text}'. `
      + `Use the first address of the range, or /${width} for this address alone.`,
    );
  }
  return range;
}

function parseRange(text: string): Range | undefined {
  const [, address = '', digits] = CIDR.exec(text) ?? [];
  const prefix = Number(digits);
  if (isIPv4(address) && prefix <= 32) {
    return { bits: joined(address.split('.').map(Number), 8), width: 32, prefix };
  }
  return isIPv6(address) && prefix <= 128 ? { bits: joined(groupsOf(address), 16), width: 128, prefix } : undefined;
}

/** The eight groups of an IPv6 address. The URL's host is the address in its shortest form, without an IPv4 part. */
function groupsOf(address: string): number[] {
  const [head, tail = []] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
    .map((part) => part.split(':').filter(Boolean).map((group) => parseInt(group, 16)));
  return [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}

function joined(parts: readonly number[], width: number): bigint {
  return parts.reduce((bits, part) => bits * 2n ** BigInt(width) + BigInt(part), 0n);
}
