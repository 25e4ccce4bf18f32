import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { createGunzip, createGzip } from 'node:zlib';
import {
  DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, ListObjectVersionsCommand, PutObjectCommand, S3ServiceException,
  type ListObjectVersionsCommandOutput, type S3Client,
} from '@aws-sdk/client-s3';

/** A version of an object. In a bucket without versions, every object has the version `null`. */
export interface ObjectVersion {
  readonly key: string;
  readonly versionId: string;
  readonly isLatest: boolean;
  readonly etag: string;
  readonly modifiedAt: Date;
}

/** A version that cannot be erased now. */
export interface KeptVersion {
  readonly key: string;
  readonly versionId: string;
  readonly reason: string;
}

/** The reason of a version in a storage class that must be restored. */
export const RESTORE_FIRST = 'must be restored from its storage class';

const GONE: ReadonlySet<string> = new Set(['NoSuchKey', 'NoSuchVersion', 'NotFound', 'MethodNotAllowed']);
/** The version was overwritten, or is being overwritten. */
const CHANGED: ReadonlySet<string> = new Set(['PreconditionFailed', 'ConditionalRequestConflict']);

/** The versions of the objects in a bucket. */
export class ObjectVersions {
  constructor(private readonly client: S3Client, private readonly bucket: string, private readonly signal: AbortSignal) {}

  /** Every version below a prefix, from a key on. Without a right to list versions, this throws. */
  public async* list(prefix: string, from?: string): AsyncGenerator<ObjectVersion> {
    let page: Partial<ListObjectVersionsCommandOutput> = { NextKeyMarker: from };
    do {
      page = await this.client.send(new ListObjectVersionsCommand({
        Bucket: this.bucket, Prefix: prefix, KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker,
      }), { abortSignal: this.signal });
      for (const { Key = '', VersionId = 'null', IsLatest = false, ETag = '', LastModified = new Date(0) } of page.Versions ?? []) {
        yield { key: Key, versionId: VersionId, isLatest: IsLatest, etag: ETag, modifiedAt: LastModified };
      }
    } while (page.IsTruncated);
  }

  /** The bytes of a version; undefined if it was deleted in the meantime. Throws `InvalidObjectState` if it is in Glacier. */
  public async read({ key, versionId }: Pick<ObjectVersion, 'key'> & { readonly versionId?: string }): Promise<Buffer | undefined> {
    return unlessGone(async () => {
      const request = new GetObjectCommand({ Bucket: this.bucket, Key: key, VersionId: versionId });
      const { Body } = await this.client.send(request, { abortSignal: this.signal });
      return Buffer.from(await Body!.transformToByteArray());
    });
  }

  /**
   * Replaces a current version, if nothing has replaced it since it was read. Returns the id of the new version, or undefined
   * if something has.
   */
  public async replace({ key, etag }: ObjectVersion, content: Buffer, contentType: string): Promise<string | undefined> {
    try {
      const { VersionId = 'null' } = await this.client.send(new PutObjectCommand({
        Bucket: this.bucket, Key: key, Body: content, ContentType: contentType, IfMatch: etag,
      }), { abortSignal: this.signal });
      return VersionId;
    } catch (error) {
      if (error instanceof S3ServiceException && CHANGED.has(error.name)) {
        return undefined;
      }
      throw error;
    }
  }

  /** Deletes a version for good. Returns it if Object Lock keeps it. */
  public async delete({ key, versionId }: ObjectVersion): Promise<KeptVersion | undefined> {
    try {
      await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key, VersionId: versionId }), { abortSignal: this.signal });
      return undefined;
    } catch (error) {
      const isDenied = error instanceof S3ServiceException && error.name === 'AccessDenied';
      const reason = isDenied ? await this.lockOf(key, versionId) : undefined;
      if (reason === undefined) {
        throw error;
      }
      return { key, versionId, reason };
    }
  }

  private async lockOf(key: string, versionId: string): Promise<string | undefined> {
    const { ObjectLockMode: mode, ObjectLockRetainUntilDate: until, ObjectLockLegalHoldStatus: hold } = await this.client.send(
      new HeadObjectCommand({ Bucket: this.bucket, Key: key, VersionId: versionId }), { abortSignal: this.signal },
    );
    if (hold === 'ON') {
      return 'legal hold of Object Lock';
    }
    return until && `Object Lock (${mode}) until ${until.toISOString()}`;
  }
}

/** Whether an object is in a storage class that must be restored before it can be read. */
export function isArchivedClass(error: unknown): boolean {
  return error instanceof S3ServiceException && error.name === 'InvalidObjectState';
}

/** The lines of a gzip object, unpacked in pieces. */
export async function* unpackedLines(content: Buffer): AsyncGenerator<string> {
  let rest = '';
  // Not composed of two streams: on a busy machine, the end of one aborted the other, and no listener received that error.
  const text = createGunzip().setEncoding('utf8');
  text.end(content);
  for await (const piece of text as AsyncIterable<string>) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== '') {
    yield rest;
  }
}

/** Packs lines as the archival does, one after the other. */
export class LinePacker {
  private readonly gzip = createGzip();
  private readonly packed = buffer(this.gzip);

  public async add(line: string): Promise<void> {
    if (!this.gzip.write(`${line}\n`)) {
      await once(this.gzip, 'drain');
    }
  }

  public async finish(): Promise<Buffer> {
    this.gzip.end();
    return this.packed;
  }
}

async function unlessGone<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof S3ServiceException && GONE.has(error.name)) {
      return undefined;
    }
    throw error;
  }
}
