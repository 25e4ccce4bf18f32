/** Compresses a body as an item of the table could contain it. */
import * as zlib from 'node:zlib';

/** Zstandard is in Node 22.15 and later. The types here are those of the oldest supported Node. */
const { zstdCompressSync } = zlib as { readonly zstdCompressSync?: (body: Uint8Array) => Buffer };

export type Compression = 'none' | 'gzip-1' | 'gzip-6' | 'gzip-9' | 'zstd';

export const COMPRESSIONS: { readonly [name in Compression]?: (body: Uint8Array) => Uint8Array } = {
  'gzip-6': (body) => zlib.gzipSync(body),
  'none': (body) => body,
  'gzip-1': (body) => zlib.gzipSync(body, { level: 1 }),
  'gzip-9': (body) => zlib.gzipSync(body, { level: 9 }),
  ...zstdCompressSync && { zstd: (body) => zstdCompressSync(body) },
};

export async function handler({ compression, body }: { readonly compression: Compression; readonly body: Uint8Array }): Promise<Uint8Array> {
  return COMPRESSIONS[compression]!(body);
}
