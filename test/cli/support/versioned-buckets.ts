import { createHash } from 'node:crypto';
import {
  DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, ListObjectVersionsCommand, PutObjectCommand, S3Client,
  S3ServiceException,
  type DeleteObjectCommandInput, type GetObjectCommandInput, type ListObjectsV2CommandInput, type ListObjectVersionsCommandInput,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';

interface Version {
  readonly id: string;
  readonly content: Buffer;
  readonly contentType?: string;
  readonly modifiedAt: Date;
  storageClass?: string;
  lock?: { readonly mode?: 'COMPLIANCE'; readonly until?: Date; readonly hold?: 'ON' };
  isMarker?: boolean;
}

const PAGE = 3;

function failure(name: string, status: number): S3ServiceException {
  return new S3ServiceException({ name, message: name, $fault: 'client', $metadata: { httpStatusCode: status } });
}

/** Buckets in memory, with the behavior of S3 that an erasure depends on: versions, conditions, locks, storage classes, pages. */
export class VersionedBuckets {
  /** Versions by bucket and key, the newest first. */
  public readonly buckets = new Map<string, Map<string, Version[]>>();
  private readonly client = mockClient(S3Client);
  private count = 0;
  /** The buckets that do not keep versions. */
  private readonly plain = new Set<string>();

  public reset(bucketNames: readonly string[], unversioned: readonly string[] = []): void {
    this.buckets.clear();
    this.plain.clear();
    bucketNames.forEach((name) => this.buckets.set(name, new Map()));
    unversioned.forEach((name) => this.plain.add(name));
    this.client.reset();
    this.client.on(PutObjectCommand).callsFake(async (input: PutObjectCommandInput) => this.put(input));
    this.client.on(GetObjectCommand).callsFake(async (input: GetObjectCommandInput) => this.get(input));
    this.client.on(HeadObjectCommand).callsFake(async (input: GetObjectCommandInput) => this.head(input));
    this.client.on(DeleteObjectCommand).callsFake(async (input: DeleteObjectCommandInput) => this.delete(input));
    this.client.on(ListObjectsV2Command).callsFake(async (input: ListObjectsV2CommandInput) => this.listCurrent(input));
    this.client.on(ListObjectVersionsCommand).callsFake(async (input: ListObjectVersionsCommandInput) => this.list(input));
  }

  public versionsOf(bucket: string, key: string): Version[] {
    return this.buckets.get(bucket)!.get(key) ?? [];
  }

  private put({ Bucket = '', Key = '', Body, ContentType, IfMatch, IfNoneMatch }: PutObjectCommandInput) {
    const versions = this.versionsOf(Bucket, Key);
    const [current] = versions;
    const exists = current && !current.isMarker;
    if ((IfNoneMatch === '*' && exists) || (IfMatch !== undefined && IfMatch !== (exists && etagOf(current)))) {
      throw failure('PreconditionFailed', 412);
    }
    const isPlain = this.plain.has(Bucket);
    const version = { id: isPlain ? 'null' : `v${++this.count}`, content: Buffer.from(Body as Buffer), contentType: ContentType, modifiedAt: new Date() };
    this.buckets.get(Bucket)!.set(Key, isPlain ? [version] : [version, ...versions]);
    return { ETag: etagOf(version), ...!isPlain && { VersionId: version.id } };
  }

  private find({ Bucket = '', Key = '', VersionId }: GetObjectCommandInput): Version {
    const versions = this.versionsOf(Bucket, Key);
    const version = VersionId === undefined ? versions[0] : versions.find(({ id }) => id === VersionId);
    if (!version || version.isMarker) {
      throw failure(VersionId === undefined ? 'NoSuchKey' : 'NoSuchVersion', 404);
    }
    return version;
  }

  private get(input: GetObjectCommandInput) {
    const { content, storageClass } = this.find(input);
    if (storageClass === 'GLACIER') {
      throw failure('InvalidObjectState', 403);
    }
    return { Body: { transformToByteArray: async () => content } as never };
  }

  private head(input: GetObjectCommandInput) {
    const { lock } = this.find(input);
    return { ObjectLockMode: lock?.mode, ObjectLockRetainUntilDate: lock?.until, ObjectLockLegalHoldStatus: lock?.hold };
  }

  private delete({ Bucket = '', Key = '', VersionId }: DeleteObjectCommandInput) {
    const versions = this.versionsOf(Bucket, Key);
    if (VersionId === undefined) {
      this.buckets.get(Bucket)!.set(Key, [{ id: `v${++this.count}`, content: Buffer.alloc(0), modifiedAt: new Date(), isMarker: true }, ...versions]);
      return {};
    }
    if (versions.find(({ id }) => id === VersionId)?.lock) {
      throw failure('AccessDenied', 403);
    }
    this.buckets.get(Bucket)!.set(Key, versions.filter(({ id }) => id !== VersionId));
    return {};
  }

  private listCurrent({ Bucket = '', Prefix = '', ContinuationToken = '' }: ListObjectsV2CommandInput) {
    const current = [...this.buckets.get(Bucket)!].sort(([a], [b]) => a < b ? -1 : 1).flatMap(([key, [version]]) => (
      key.startsWith(Prefix) && key > ContinuationToken && !version.isMarker ? [{ Key: key, LastModified: version.modifiedAt }] : []
    ));
    const isTruncated = current.length > PAGE;
    const Contents = current.slice(0, PAGE);
    return { ...Contents.length > 0 && { Contents }, IsTruncated: isTruncated, ...isTruncated && { NextContinuationToken: Contents.at(-1)!.Key } };
  }

  private list({ Bucket = '', Prefix = '', KeyMarker = '', VersionIdMarker }: ListObjectVersionsCommandInput) {
    const all = [...this.buckets.get(Bucket)!].sort(([a], [b]) => a < b ? -1 : 1).flatMap(([key, versions]) => (
      versions.map((version, index) => ({ key, version, isLatest: index === 0 }))
    )).filter(({ key }) => key.startsWith(Prefix));
    const markerIndex = all.findIndex(({ key, version }) => key === KeyMarker && version.id === VersionIdMarker);
    // The version of the marker can have been deleted.
    const rest = markerIndex < 0 ? all.filter(({ key }) => key > KeyMarker) : all.slice(markerIndex + 1);
    const page = rest.slice(0, PAGE);
    const last = page.at(-1);
    return {
      Versions: page.filter(({ version }) => !version.isMarker).map(({ key, version, isLatest }) => ({
        Key: key, VersionId: version.id, IsLatest: isLatest, ETag: etagOf(version), LastModified: version.modifiedAt,
      })),
      IsTruncated: rest.length > PAGE,
      ...rest.length > PAGE && { NextKeyMarker: last!.key, NextVersionIdMarker: last!.version.id },
    };
  }
}

function etagOf({ content }: Version): string {
  return `"${createHash('md5').update(content).digest('hex')}"`;
}
