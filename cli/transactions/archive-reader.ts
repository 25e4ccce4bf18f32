import { GetObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import type { ArchivedChange } from './archived-item';
import { ARCHIVE_PREFIX } from '../../src/private/contract';
import { unpackedLines } from '../erase/object-versions';

const DAY = 86_400_000;

/** An object of the archive. */
export interface ArchiveObject {
  readonly key: string;
  readonly modifiedAt: Date;
}

/** Reads the current objects of the archive. */
export class ArchiveReader {
  constructor(private readonly client: S3Client, public readonly bucket: string, private readonly signal: AbortSignal) {}

  /** The objects of the days from a time to another one, in the order of their keys. Their names have the day of their first change. */
  public async* objects(since: Date, until: Date): AsyncGenerator<ArchiveObject> {
    for (let day = startOfDay(since); day <= until.getTime(); day += DAY) {
      const request = { Bucket: this.bucket, Prefix: dayPrefix(new Date(day)) };
      const pages = paginateListObjectsV2({ client: this.client }, request, { abortSignal: this.signal });
      for await (const { Contents = [] } of pages) {
        yield* Contents.map(({ Key, LastModified }) => ({ key: Key!, modifiedAt: LastModified! }));
      }
    }
  }

  /** The changes in an object. */
  public async* changes({ key }: Pick<ArchiveObject, 'key'>): AsyncGenerator<ArchivedChange> {
    const { Body } = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }), { abortSignal: this.signal });
    for await (const line of unpackedLines(Buffer.from(await Body!.transformToByteArray()))) {
      yield JSON.parse(line) as ArchivedChange;
    }
  }
}

function startOfDay(time: Date): number {
  return Math.floor(time.getTime() / DAY) * DAY;
}

function dayPrefix(day: Date): string {
  const [year, month, date] = day.toISOString().slice(0, 10).split('-');
  return `${ARCHIVE_PREFIX}${year}/month=${month}/day=${date}/`;
}
