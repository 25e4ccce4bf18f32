import { S3ServiceException } from '@aws-sdk/client-s3';
import type { StoredItem } from '../../handlers/aws/stored-item';
import { Attr } from '../../src/private/contract';
import type { ArchiveReader } from '../transactions/archive-reader';

const MINUTE = 60_000;
/** A batch of the archival begins at most this long before a change in it. */
const BATCH_MINUTES = 10;
/** The objects that are written so long after the receipt are searched. The archival writes a change within about five minutes. */
const SEARCHED_MINUTES = 60;
/** The most objects that one lookup reads. */
const MAX_OBJECTS = 200;

/** Where the archive has an item, or why that is not known. */
export type ArchivePlace =
  | { readonly state: 'archived'; readonly bucket: string; readonly key: string }
  /** The archival can still write it. */
  | { readonly state: 'not-yet' }
  | { readonly state: 'not-found'; readonly read: number }
  | { readonly state: 'not-read'; readonly reason: string };

/** Finds the objects of the archive that contain items. */
export class ArchiveLookup {
  constructor(private readonly reader: ArchiveReader, private readonly now: () => Date) {}

  /** The places of the items in their order. Reads only objects that were written within an hour after a receipt. */
  public async placesOf(items: readonly StoredItem[]): Promise<ArchivePlace[]> {
    const open = new Map(items.map((item) => [placeKey(item[Attr.TRANSACTION_ID].S!, item[Attr.TIMESTAMP].S!), item]));
    const places = new Map<string, ArchivePlace>();
    const read = new Set<string>();
    for (const item of items) {
      const key = placeKey(item[Attr.TRANSACTION_ID].S!, item[Attr.TIMESTAMP].S!);
      try {
        if (open.has(key)) {
          await this.search(receiptOf(item), { open, places, read, wanted: key });
        }
        places.set(key, places.get(key) ?? this.absent(item, read.size));
      } catch (error) {
        places.set(key, { state: 'not-read', reason: reasonOf(error) });
      }
    }
    return items.map((item) => places.get(placeKey(item[Attr.TRANSACTION_ID].S!, item[Attr.TIMESTAMP].S!))!);
  }

  private async search(
    receivedAt: number,
    { open, places, read, wanted }: { open: Map<string, StoredItem>; places: Map<string, ArchivePlace>; read: Set<string>; wanted: string },
  ): Promise<void> {
    const end = receivedAt + SEARCHED_MINUTES * MINUTE;
    for await (const object of this.reader.objects(new Date(receivedAt - BATCH_MINUTES * MINUTE), new Date(end))) {
      const written = object.modifiedAt.getTime();
      // S3 has times of seconds.
      if (written < Math.floor(receivedAt / 1000) * 1000 || written > end || read.has(object.key)) {
        continue;
      }
      if (read.size >= MAX_OBJECTS) {
        return;
      }
      read.add(object.key);
      for await (const { transaction_id: id, timestamp } of this.reader.changes(object)) {
        const key = placeKey(id, timestamp);
        if (open.delete(key)) {
          places.set(key, { state: 'archived', bucket: this.reader.bucket, key: object.key });
        }
      }
      if (!open.has(wanted)) {
        return;
      }
    }
  }

  private absent(item: StoredItem, read: number): ArchivePlace {
    return this.now().getTime() - receiptOf(item) < SEARCHED_MINUTES * MINUTE ? { state: 'not-yet' } : { state: 'not-found', read };
  }
}

function placeKey(transactionId: string, timestamp: string): string {
  return JSON.stringify([transactionId, timestamp]);
}

function receiptOf(item: StoredItem): number {
  return Date.parse(item[Attr.RECEIVED_AT]?.S ?? '') || 0;
}

/** A caller without rights to the archive still gets everything else. */
function reasonOf(error: unknown): string {
  if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 403) {
    return error.name === 'InvalidObjectState' ? 'the object must be restored from its storage class' : 'no right to read the archive';
  }
  throw error;
}
