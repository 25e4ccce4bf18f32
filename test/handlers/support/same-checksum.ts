/* eslint-disable no-bitwise -- a CRC is computed with bits */
import { crc32 } from 'node:zlib';

const BITS = 32;

/**
 * Four bytes between two texts that give the whole the expected CRC-32. A CRC is
 * linear in the bits of its input, up to a constant. This solves 32 equations
 * with 32 unknowns.
 */
function patchFor(before: Buffer, after: Buffer, expected: number): Buffer {
  const checksum = (patch: number) => crc32(Buffer.concat([before, fourBytes(patch), after]));
  const constant = checksum(0);
  const rows = Array.from({ length: BITS }, (_, bit) => ({ effect: (checksum(2 ** bit) ^ constant) >>> 0, patch: 2 ** bit }));
  let missing = (expected ^ constant) >>> 0;
  let patch = 0;
  for (let bit = 0; bit < BITS; bit += 1) {
    const mask = 2 ** bit;
    const pivot = rows.splice(rows.findIndex(({ effect }) => (effect & mask) !== 0), 1)[0];
    rows.filter(({ effect }) => (effect & mask) !== 0).forEach((row) => {
      row.effect = (row.effect ^ pivot.effect) >>> 0;
      row.patch = (row.patch ^ pivot.patch) >>> 0;
    });
    if ((missing & mask) !== 0) {
      missing = (missing ^ pivot.effect) >>> 0;
      patch = (patch ^ pivot.patch) >>> 0;
    }
  }
  return fourBytes(patch);
}

function fourBytes(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** Another JSON object with the CRC-32 of a body. It has a member with four bytes that cannot end a JSON text. */
export function withChecksumOf(original: Buffer, forged: object): Buffer {
  for (let attempt = 0; ; attempt += 1) {
    const before = Buffer.from(`${JSON.stringify({ ...forged, attempt }).slice(0, -1)},"patch":"`);
    const after = Buffer.from('"}');
    const patch = patchFor(before, after, crc32(original));
    if (patch.every((byte) => byte >= 0x20 && byte !== 0x22 && byte !== 0x5c)) {
      return Buffer.concat([before, patch, after]);
    }
  }
}
