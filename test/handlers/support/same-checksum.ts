/* eslint-disable no-bitwise -- a CRC computes with bits */
import { crc32 } from 'node:zlib';

const BITS = 32;

/**
 * Four bytes that, between two texts, give the whole a wanted CRC-32. It is
 * linear in its input's bits, up to a constant: 32 equations of 32 unknowns.
 */
function patchFor(before: Buffer, after: Buffer, wanted: number): Buffer {
  const checksum = (patch: number) => crc32(Buffer.concat([before, fourBytes(patch), after]));
  const none = checksum(0);
  const rows = Array.from({ length: BITS }, (_, bit) => ({ effect: (checksum(2 ** bit) ^ none) >>> 0, patch: 2 ** bit }));
  let missing = (wanted ^ none) >>> 0;
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

/** Another JSON object with the CRC-32 of a body: four bytes in a member of its own do it, where none of them ends the text. */
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
