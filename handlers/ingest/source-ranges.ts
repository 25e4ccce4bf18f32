import { BlockList, isIP } from 'node:net';
import type { ProviderConfig } from '../../src/private/contract';

/**
 * The configured address ranges of the providers. Built once for each instance.
 * `BlockList` is Node's matcher of addresses, here for a list of allowed ones. It
 * also matches an IPv4 address in IPv6 form, and never a text that is not an
 * address (https://nodejs.org/api/net.html#class-netblocklist).
 */
export class SourceRanges {
  private readonly lists: ReadonlyMap<string, BlockList>;

  constructor(providers: readonly ProviderConfig[]) {
    this.lists = new Map(providers.flatMap(({ name, sourceRanges }) => (sourceRanges ? [[name, listOf(sourceRanges)] as const] : [])));
  }

  /** Whether a provider's webhooks can come from an address. If ranges are configured, a missing address is outside of them. */
  public allows(provider: string, address: string | undefined): boolean {
    const list = this.lists.get(provider);
    const known = address ?? '';
    return list === undefined || list.check(known, familyOf(known));
  }
}

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address, prefix] = range.split('/');
    list.addSubnet(address, Number(prefix), familyOf(address));
  }
  return list;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
