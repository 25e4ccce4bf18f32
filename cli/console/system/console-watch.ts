import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { itemTransaction, SHOWN_ATTRIBUTES } from './console-items';
import { LiveMessages } from './live-messages';
import type { DetailConfig } from '../../../handlers/publish/events/detail';
import { Attr, RecordType } from '../../../src/private/contract';
import type { ListenSession } from '../../listen/listen-session';
import type { ArchiveObject, ArchiveReader } from '../../transactions/archive-reader';
import { itemOfChange } from '../../transactions/archived-item';
import type { TransactionReader } from '../../transactions/transaction-reader';
import { eventKeyOf, type ConsoleTransaction } from '../model/console-transaction';
import { travelStateOf } from '../model/travel';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
/** A larger table is not read at the start. Reading this one costs less than 0.01 USD. */
export const MAX_READ_ITEMS = 20_000;
/** The newest objects of the archive that are read at the start. */
const MAX_OBJECTS = 40;
const ARCHIVE_MS = 30 * SECOND;
const OPEN_MS = 5 * SECOND;
const RETRY_MS = 60 * SECOND;
/** How long one call waits for messages. */
const RECEIVE_SECONDS = 10;
/** A session older than a day counts as left behind, and another one removes it. */
const SESSION_MS = 12 * 60 * MINUTE;
/** The most keys of one BatchGetItem. */
const MAX_OPEN = 100;

/** What a watch reads. */
export interface WatchParts {
  readonly dynamodb: DynamoDBClient;
  readonly tableName: string;
  readonly reader: TransactionReader;
  readonly archive: ArchiveReader;
  readonly config: DetailConfig;
  /** Creates a temporary queue with the events and alerts. */
  readonly newSession: () => Pick<ListenSession, 'open' | 'receive' | 'close' | 'removeLeftovers'>;
  readonly now: () => Date;
  readonly sleep: (millis: number) => Promise<unknown>;
}

export interface WatchPorts {
  readonly report: (transactions: readonly ConsoleTransaction[]) => void;
  /** Shows why something is missing. An empty text removes it. */
  readonly note: (text: string) => void;
  readonly signal: AbortSignal;
}

/** Reads what exists, and follows what happens: the bus and the topic, the archive, and the items of open transactions. */
export class ConsoleWatch {
  private readonly open = new Map<string, ConsoleTransaction>();
  private readonly seenObjects = new Set<string>();
  private readonly notes = new Map<string, string>();
  private readonly remaining: string[] = [];
  /** Undefined as long as the table is not read. */
  private tableReadAt: Date | undefined;

  constructor(private readonly parts: WatchParts, private readonly ports: WatchPorts) {}

  /** Returns after the signal, with what it created and could not remove. Each part continues if another one fails. */
  public async run(): Promise<readonly string[]> {
    await Promise.all([
      this.repeat('live', RETRY_MS, async () => this.followSession()),
      this.repeat('table', undefined, async () => this.readTable()),
      this.repeat('archive', ARCHIVE_MS, async () => this.readArchive()),
      this.repeat('open', OPEN_MS, async () => this.readOpen()),
    ]);
    return this.remaining;
  }

  /** Repeats a part after a time, and after a failure after a longer one. Without a time, only a failure is repeated. */
  private async repeat(part: keyof typeof FAILURES, everyMs: number | undefined, perform: () => Promise<void>): Promise<void> {
    const { signal } = this.ports;
    while (!signal.aborted) {
      let wait = everyMs;
      try {
        await perform();
        this.note(part, '');
      } catch (error) {
        if (!signal.aborted) {
          this.note(part, `${FAILURES[part]} (${(error as Error).name}: ${(error as Error).message}). Trying again …`);
        }
        wait = RETRY_MS;
      }
      if (wait === undefined) {
        return;
      }
      if (!signal.aborted) {
        await this.parts.sleep(wait).catch(() => undefined);
      }
    }
  }

  private async followSession(): Promise<void> {
    const { newSession, now } = this.parts;
    const { signal } = this.ports;
    const session = newSession();
    const messages = new LiveMessages(now);
    const until = now().getTime() + SESSION_MS;
    try {
      await session.removeLeftovers();
      await session.open();
      this.note('live', '');
      while (!signal.aborted && now().getTime() < until) {
        const bodies = await session.receive(signal, RECEIVE_SECONDS);
        this.report(bodies.flatMap((body) => messages.read(body)));
      }
    } catch (error) {
      if (!signal.aborted) {
        throw error;
      }
    } finally {
      const remaining = await session.close();
      if (remaining.length > 0) {
        this.remaining.push(...remaining);
        this.note('remaining', `Not removed: ${remaining.join(', ')}. The next session after a day removes it.`);
      }
    }
  }

  private async readTable(): Promise<void> {
    const { reader, config } = this.parts;
    const { items } = await reader.size();
    if (items > MAX_READ_ITEMS) {
      this.note('size', `The table has about ${items.toLocaleString('en-US')} items. The page begins with the last day of the archive. To find an older transaction, run npx cdk-webhooks find.`);
      return;
    }
    this.tableReadAt = this.parts.now();
    const names = SHOWN_ATTRIBUTES.map((name) => [`#${name}`, name] as const);
    const pages = reader.scan({
      FilterExpression: `#${Attr.RECORD_TYPE} = :type`,
      ProjectionExpression: names.map(([placeholder]) => placeholder).join(', '),
      ExpressionAttributeNames: Object.fromEntries(names),
      ExpressionAttributeValues: { ':type': { S: RecordType.TRANSACTION } },
    });
    for await (const page of pages) {
      this.report(page.items.flatMap((item) => itemTransaction(item, config) ?? []));
    }
  }

  /** Reads the objects that are new. The first time, the newest ones of the last day. */
  private async readArchive(): Promise<void> {
    const { archive, now } = this.parts;
    const until = now();
    const since = new Date(until.getTime() - DAY);
    const fresh: ArchiveObject[] = [];
    for await (const object of archive.objects(since, until)) {
      if (!this.seenObjects.has(object.key) && object.modifiedAt >= since) {
        fresh.push(object);
      }
    }
    fresh.sort((a, b) => a.modifiedAt.getTime() - b.modifiedAt.getTime());
    fresh.slice(0, -MAX_OBJECTS).forEach(({ key }) => this.seenObjects.add(key));
    for (const object of fresh.slice(-MAX_OBJECTS)) {
      await this.readObject(object);
      this.seenObjects.add(object.key);
    }
  }

  private async readObject(object: ArchiveObject): Promise<void> {
    const { archive, config } = this.parts;
    const archived: ConsoleTransaction[] = [];
    const isNewerThanTable = this.tableReadAt === undefined || object.modifiedAt > this.tableReadAt;
    for await (const change of archive.changes(object)) {
      const { body, body_base64, ...image } = change.new_image ?? {};
      const transaction = itemTransaction(itemOfChange(change.new_image ? { ...change, new_image: image } : change), config);
      if (transaction) {
        // Later changes remove these: what the item has now is in the table only.
        const { claimedAt, givenUpAt, sweeps, label, labeledBy, labeledAt, ...lasting } = transaction;
        // The last object has the last label. The table has a later one than an object from before it was read.
        archived.push({
          ...lasting,
          ...isNewerThanTable && { label, labeledBy, labeledAt },
          archivedAt: object.modifiedAt.toISOString(),
          archiveKey: object.key,
        });
      }
    }
    this.report(archived);
  }

  /** The workflow writes the claim and the end to the item only. */
  private async readOpen(): Promise<void> {
    const { dynamodb, tableName, config } = this.parts;
    const keys = [...this.open.values()].slice(-MAX_OPEN).map(({ transactionId, timestamp }) => (
      { [Attr.TRANSACTION_ID]: { S: transactionId }, [Attr.TIMESTAMP]: { S: timestamp } }
    ));
    if (keys.length === 0) {
      return;
    }
    const names = SHOWN_ATTRIBUTES.map((name) => [`#${name}`, name] as const);
    const { Responses = {} } = await dynamodb.send(new BatchGetItemCommand({
      RequestItems: {
        [tableName]: { Keys: keys, ProjectionExpression: names.map(([placeholder]) => placeholder).join(', '), ExpressionAttributeNames: Object.fromEntries(names) },
      },
    }), { abortSignal: this.ports.signal });
    this.report((Responses[tableName] ?? []).flatMap((item) => itemTransaction(item, config) ?? []));
  }

  private report(transactions: readonly ConsoleTransaction[]): void {
    const now = this.parts.now().getTime();
    for (const transaction of transactions) {
      const state = travelStateOf(transaction, now);
      const isOpen = state === 'in progress' || state === 'late' || state === 'given up';
      if (isOpen) {
        this.open.set(eventKeyOf(transaction), transaction);
      } else {
        this.open.delete(eventKeyOf(transaction));
      }
    }
    if (transactions.length > 0) {
      this.ports.report(transactions);
    }
  }

  private note(part: string, text: string): void {
    this.notes.set(part, text);
    this.ports.note([...this.notes.values()].filter((each) => each !== '').join(' '));
  }
}

const FAILURES = {
  live: 'No live events',
  table: 'The table could not be read',
  archive: 'The archive could not be read',
  open: 'Open transactions could not be read',
} as const;
