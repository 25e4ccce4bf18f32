import type { IncomingHttpHeaders } from 'node:http';

export interface BucketAnswer { readonly status: number; readonly body: string }

/** A bucket in memory. Like S3, it does not overwrite an object if a request has `If-None-Match: *`. */
export class MemoryBucket {
  /** By path: `/<bucket>/<key>`. */
  public readonly objects = new Map<string, Buffer>();

  public put(url: string, { 'if-none-match': ifNoneMatch }: IncomingHttpHeaders, body: Buffer): BucketAnswer {
    const path = url.split('?')[0];
    if (ifNoneMatch === '*' && this.objects.has(path)) {
      return errorOf(412, 'PreconditionFailed');
    }
    this.objects.set(path, body);
    return { status: 200, body: '' };
  }
}

/** An error in the format of S3. */
export function errorOf(status: number, code: string): BucketAnswer {
  return { status, body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>made to fail</Message></Error>` };
}
