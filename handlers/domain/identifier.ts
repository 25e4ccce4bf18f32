import { createHash } from 'node:crypto';

/**
 * An identifier as it is stored. One that is too long, or that UTF-8 cannot
 * carry, is replaced by its hash: cut or repaired, two could become one.
 */
export function identifier(id: string, maxBytes: number): string {
  const bytes = Buffer.from(id);
  return bytes.length <= maxBytes && bytes.toString() === id ? id : `sha256:${createHash('sha256').update(Buffer.from(id, 'utf16le')).digest('hex')}`;
}
