import { waitForArchival, type Clock } from './archival-wait';
import { ArchiveErasure, deleteAllVersions, type ArchiveFigures, type ErasedVersions } from './archive-erasure';
import { BodyObjects } from './body-objects';
import { eraseDeadLetters, type DeadLetterFigures } from './dead-letters';
import type { ErasedCustomer } from './erased-customer';
import { ErasureTargets } from './erasure-targets';
import { FailedBatches, type FailedBatchFigures } from './failed-batches';
import { ListEntries, type FoundEntries } from './list-entries';
import { ObjectVersions, type KeptVersion, type ObjectVersion } from './object-versions';
import { deleteOrphanedBodies } from './orphaned-bodies';
import { TransactionsTable, type ScanFigures } from './transactions-table';
import { Attr } from '../../src/private/contract';
import type { AwsClients } from '../aws/aws-clients';
import { countOf } from '../terminal/aligned-rows';

/** The resources that contain data of customers. */
export interface ErasureResources {
  readonly table: string;
  readonly archive: string;
  readonly failedRecords: string;
  readonly deadLetterQueue: string;
}

export interface ErasureSettings {
  readonly clients: AwsClients;
  readonly resources: ErasureResources;
  readonly customer: ErasedCustomer;
  readonly clock: Clock;
  readonly progress: (text: string) => void;
  readonly signal: AbortSignal;
  /** The first day of the archive to read, as `2026-01-31`. Default: all of it. */
  readonly since?: string;
  /** How long to wait for the archival. */
  readonly waitMs: number;
  /** Whether the blocklist's entries about the customer stay. */
  readonly keepsBlocklist: boolean;
}

/** What was found before anything is changed. */
export interface FoundData {
  readonly scan: ScanFigures;
  readonly transactions: number;
  readonly items: number;
  readonly archive: ArchiveFigures;
  readonly failedBatches: FailedBatchFigures;
  readonly failedMatching: number;
  readonly deadLetters: DeadLetterFigures;
  /** The entries of the blocklist and the allowlist. */
  readonly listEntries: FoundEntries;
}

/** What a run has erased, and what it could not. */
export interface ErasureResult {
  readonly erasedAt: string;
  readonly items: number;
  /** The keys of the entries of the blocklist and the allowlist. */
  readonly listEntries: readonly string[];
  readonly archive: ErasedVersions;
  readonly failedBatches: number;
  readonly deadLetters: DeadLetterFigures;
  /** Tombstones that the archival has not archived yet. */
  readonly notArchived: number;
  /** Versions that cannot be read or deleted. */
  readonly kept: readonly KeptVersion[];
  /** What the last check found. */
  readonly remaining: { readonly transactions: number; readonly versions: number; readonly failedBatches: number };
}

/** The clock of this machine and that of S3 can differ. */
const CLOCKS_DIFFER_MS = 3_600_000;

/**
 * Erases a customer from the table, the archive, the batches that failed and the dead-letter queue. Each step can be
 * interrupted and repeated: what connects the transactions of the customer is erased last.
 */
export class CustomerErasure {
  private readonly targets = new ErasureTargets();
  private readonly table: TransactionsTable;
  private readonly archived: ObjectVersions;
  private readonly bodies: BodyObjects;
  private readonly archive: ArchiveErasure;
  private readonly failedBatches: FailedBatches;
  private readonly lists: ListEntries;
  private readonly removedEntries: string[] = [];
  /** The versions of the archive that mention the customer. */
  private readonly mentions = new Map<string, ObjectVersion>();
  private foundAt?: Date;

  constructor(private readonly settings: ErasureSettings) {
    const { clients, resources, customer, since, keepsBlocklist, signal } = settings;
    this.archived = new ObjectVersions(clients.s3, resources.archive, signal);
    this.bodies = new BodyObjects(this.archived);
    const readBody = async (key: string) => this.bodies.read(key);
    this.table = new TransactionsTable(clients.dynamodb, resources.table, readBody, signal);
    this.lists = new ListEntries(clients.dynamodb, resources.table, customer, keepsBlocklist, signal);
    this.archive = new ArchiveErasure(this.archived, customer, this.targets, readBody, since);
    this.failedBatches = new FailedBatches(new ObjectVersions(clients.s3, resources.failedRecords, signal), customer, this.targets, readBody);
  }

  /** Looks at everything and changes nothing. Messages of the queue are hidden from others meanwhile. */
  public async find(): Promise<FoundData> {
    this.foundAt = new Date(this.settings.clock.now().getTime() - CLOCKS_DIFFER_MS);
    const scan = await this.scan(this.targets);
    const archive = await this.findMentions();
    const failedBatches = await this.failedBatches.findMentions();
    const rest = await this.archive.findRest(this.onRead('Searching the archive for the same transactions'));
    let items = 0;
    for (const id of this.targets.transactionIds) {
      const events = await this.table.eventsOf(id, this.settings.customer);
      items += events.length;
      events.forEach((event) => this.lists.note(event));
    }
    return {
      scan,
      transactions: this.targets.transactionIds.size,
      items,
      archive: { ...archive, matching: rest.matching, unreadable: [...archive.unreadable, ...this.bodies.unreadable] },
      failedBatches,
      failedMatching: (await this.failedBatches.findRest()).length,
      deadLetters: await this.deadLetters(true),
      listEntries: await this.lists.find(),
    };
  }

  /** Erases what `find` has found before, and what has arrived since. */
  public async erase(): Promise<ErasureResult> {
    const erasedAt = this.settings.clock.now().toISOString();
    const kept: KeptVersion[] = [];
    this.removedEntries.push(...await this.lists.removeOfCustomer());
    const { items, notArchived } = await this.eraseFromTable(erasedAt, kept);
    const deadLetters = await this.deadLetters(false);
    const { mentions, unreadable } = await this.failedBatches.findMentions();
    const failedBatches = await this.failedBatches.erase(mentions, erasedAt);
    const archive = await this.archive.erase(this.mentions, erasedAt, this.onRead('Erasing from the archive'));
    kept.push(...archive.kept, ...unreadable, ...await deleteOrphanedBodies(this.archived, this.targets.tombstones));
    const remaining = await this.check(kept);
    // Several lines can name the same object of a body.
    const distinct = [...new Map(kept.map((each) => [`${each.key} ${each.versionId}`, each])).values()];
    return { erasedAt, items, listEntries: this.removedEntries, archive, failedBatches, deadLetters, notArchived, kept: distinct, remaining };
  }

  /** Repeats the erasure of items until the archive, which is behind the table, mentions no other transaction of the customer. */
  private async eraseFromTable(erasedAt: string, kept: KeptVersion[]): Promise<{ readonly items: number; readonly notArchived: number }> {
    let items = 0;
    for (let last = -1, notArchived = 0; ;) {
      items += await this.eraseItems(erasedAt, kept);
      if (items === last) {
        return { items, notArchived };
      }
      last = items;
      notArchived = await waitForArchival(this.archive, this.targets.tombstones, this.settings.clock, this.settings.waitMs, (pending) => {
        this.settings.progress(`Waiting for the archive: ${countOf(pending, 'erased item')} not archived yet`);
      });
      await this.findMentions(this.foundAt);
    }
  }

  /** Reads everything again. */
  private async check(kept: KeptVersion[]): Promise<ErasureResult['remaining']> {
    // Those that are erased now do not remain.
    this.bodies.forgetUnreadable();
    const inTable = new ErasureTargets();
    await this.scan(inTable);
    const { matching, unreadable } = await this.archive.findRest(this.onRead('Checking the archive'));
    kept.push(...unreadable, ...this.bodies.unreadable);
    const locked = new Set(kept.map(({ key, versionId }) => `${key} ${versionId}`));
    return {
      transactions: inTable.transactionIds.size,
      versions: [...matching.values()].filter(({ key, versionId }) => !locked.has(`${key} ${versionId}`)).length,
      failedBatches: (await this.failedBatches.findRest()).length,
    };
  }

  private async findMentions(since?: Date): Promise<ArchiveFigures> {
    const figures = await this.archive.findMentions(this.onRead('Searching the archive'), since);
    figures.matching.forEach((version, text) => this.mentions.set(text, version));
    return figures;
  }

  private async scan(targets: ErasureTargets): Promise<ScanFigures> {
    const { customer, progress } = this.settings;
    return this.table.find(customer, targets, ({ scanned }) => progress(`Searching the table: ${countOf(scanned, 'item')}`));
  }

  private async eraseItems(erasedAt: string, kept: KeptVersion[]): Promise<number> {
    let erased = 0;
    for (const id of this.targets.transactionIds) {
      for (const item of await this.table.eventsOf(id, this.settings.customer)) {
        this.removedEntries.push(...await this.lists.removeOfItem(item));
        const tombstone = await this.table.erase(item, erasedAt);
        if (tombstone) {
          this.targets.addTombstone(tombstone);
          this.settings.progress(`Erasing from the table: ${++erased} items`);
        }
        // After the item: without its body, the next run would not find an item that has no customer id. If the run ends in
        // between, the next one finds the object's key in the archived lines of the tombstone.
        const bodyKey = item[Attr.BODY_KEY]?.S;
        kept.push(...bodyKey === undefined ? [] : await deleteAllVersions(this.archived, bodyKey));
      }
    }
    return erased;
  }

  private async deadLetters(isDryRun: boolean): Promise<DeadLetterFigures> {
    this.settings.progress('Reading the dead-letter queue');
    const { clients, resources, customer, signal } = this.settings;
    return eraseDeadLetters(clients.sqs, resources.deadLetterQueue, customer, this.targets, isDryRun, signal);
  }

  private onRead(what: string): (read: number) => void {
    return (read) => this.settings.progress(`${what}: ${read.toLocaleString('en-US')} objects`);
  }
}
