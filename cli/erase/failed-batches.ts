import type { ErasedCustomer } from './erased-customer';
import type { ErasureTargets } from './erasure-targets';
import { inParallel } from './in-parallel';
import type { KeptVersion, ObjectVersion, ObjectVersions } from './object-versions';
import { factsOfItem, isAbout, type BodyReader } from './record-facts';
import { reducedImage } from './reduction';
import type { StoredItem } from '../../handlers/aws/stored-item';
import type { StreamRecord } from '../../handlers/aws/stream-change';
import { Attr } from '../../src/private/contract';
import { failedInvocationOf, type FailedInvocation } from '../dead-letters/failed-batch';

const PARALLEL = 4;
const JSON_TYPE = 'application/json';

interface FailedBatch extends FailedInvocation {
  readonly version: ObjectVersion;
}

export interface FailedBatchFigures {
  readonly read: number;
  /** The keys of the objects that mention the customer. */
  readonly mentions: ReadonlySet<string>;
  /** Objects that are not records of an invocation. */
  readonly unreadable: readonly KeptVersion[];
}

/**
 * The batches of the stream that failed. They are not deleted, because they contain the records of other customers too,
 * which are not published or archived yet. Only the images of the targets are reduced.
 */
export class FailedBatches {
  constructor(
    private readonly versions: ObjectVersions,
    private readonly customer: ErasedCustomer,
    private readonly targets: ErasureTargets,
    private readonly readBody: BodyReader,
  ) {}

  /** Adds the transactions whose records mention the customer to the targets. */
  public async findMentions(): Promise<FailedBatchFigures> {
    const mentions = new Set<string>();
    let read = 0;
    const unreadable = await this.each(async ({ version, records }) => {
      read++;
      for (const { dynamodb: { Keys, NewImage, OldImage } = {} } of records) {
        for (const image of [NewImage, OldImage]) {
          if (await isAbout(factsOfItem(image), this.customer, this.readBody)) {
            this.targets.transactionIds.add(Keys![Attr.TRANSACTION_ID].S!);
            mentions.add(version.key);
          }
        }
      }
    });
    return { read, mentions, unreadable };
  }

  /** The keys of the objects with images of the targets that are not erased. */
  public async findRest(): Promise<string[]> {
    const keys: string[] = [];
    await this.each(async ({ version, records }) => {
      if (this.reduce(records, '')) {
        keys.push(version.key);
      }
    });
    return keys;
  }

  /** Erases the images of the targets: first in the objects without a mention of the customer, so that an interrupted run can be repeated. */
  public async erase(mentions: ReadonlySet<string>, erasedAt: string): Promise<number> {
    let replaced = 0;
    for (const withMention of [false, true]) {
      await this.each(async ({ version, records, invocation }) => {
        const reduced = mentions.has(version.key) === withMention ? this.reduce(records, erasedAt) : undefined;
        if (reduced) {
          const content = Buffer.from(JSON.stringify({ ...invocation, payload: { Records: reduced } }));
          // If another run was faster, the last check of this run finds what is left.
          replaced += await this.versions.replace(version, content, JSON_TYPE) === undefined ? 0 : 1;
        }
      });
    }
    return replaced;
  }

  /** The records with reduced images; undefined if nothing is to erase. */
  private reduce(records: readonly StreamRecord[], erasedAt: string): StreamRecord[] | undefined {
    const reduced = records.map((record) => this.reduceRecord(record, erasedAt));
    return JSON.stringify(reduced) === JSON.stringify(records) ? undefined : reduced;
  }

  private reduceRecord(record: StreamRecord, erasedAt: string): StreamRecord {
    const { Keys = {}, NewImage, OldImage } = record.dynamodb ?? {};
    const [id, timestamp] = [Attr.TRANSACTION_ID, Attr.TIMESTAMP].map((name) => Keys[name]?.S ?? '');
    if (!this.targets.hasKey(id, timestamp)) {
      return record;
    }
    const image = (item: StoredItem) => reducedImage(item, { S: erasedAt }) as StoredItem;
    const images = { ...NewImage && { NewImage: image(NewImage) }, ...OldImage && { OldImage: image(OldImage) } };
    return { ...record, dynamodb: { ...record.dynamodb, ...images } };
  }

  /** Processes every object. Returns those that are not records of an invocation. */
  private async each(work: (batch: FailedBatch) => Promise<void>): Promise<KeptVersion[]> {
    const unreadable: KeptVersion[] = [];
    await inParallel(this.versions.list(''), PARALLEL, async (version) => {
      const content = await this.versions.read(version);
      const batch = content && failedInvocationOf(content);
      if (batch) {
        await work({ version, ...batch });
      } else if (content) {
        unreadable.push({ key: version.key, versionId: version.versionId, reason: 'is not the record of an invocation with a batch' });
      }
    });
    return unreadable;
  }
}
