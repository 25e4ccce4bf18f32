import { itemTransaction } from './console-items';
import { ConsoleWatch, type WatchParts, type WatchPorts } from './console-watch';
import { readStackAlarms } from './stack-alarms';
import type { StoredItem } from '../../../handlers/aws/stored-item';
import type { PublishingConfig } from '../../../handlers/publish/events/event-entry';
import { Attr } from '../../../src/private/contract';
import type { AwsClients } from '../../aws/aws-clients';
import { callerName } from '../../aws/caller-name';
import { listDeadLetters } from '../../dead-letters/dead-letter-listing';
import type { DeadLetterRedrive } from '../../dead-letters/redrive';
import { redriveWay } from '../../dead-letters/redrive-way';
import { ArchiveLookup } from '../../find/archive-lookup';
import { lifeOf } from '../../find/transaction-life';
import { readWebhookBody } from '../../find/webhook-body';
import { ListenSession } from '../../listen/listen-session';
import { ListStore } from '../../lists/list-store';
import { listedKey, listKindOf, possibleKeys } from '../../lists/listed-value';
import { BLOCKLIST } from '../../lists/operator-list';
import { checkReason } from '../../lists/operator-words';
import { publishReplay, putEventsOf } from '../../replay/replay-publisher';
import { replayPlan } from '../../replay/replayed-events';
import { UsageError } from '../../terminal/usage-error';
import { ArchiveReader } from '../../transactions/archive-reader';
import { TransactionReader } from '../../transactions/transaction-reader';
import type { ConsoleActions, ConsoleSource } from '../console-ports';
import type {
  ConsoleAlarm, ConsoleBlockedValue, ConsoleBlocklist, ConsoleBody, ConsoleDeadLetter, ConsoleDeadLetters, ConsoleLife, ConsoleRedriveResult,
  ConsoleSystem,
} from '../model/console-answers';
import type { ConsoleEventKey } from '../model/console-transaction';

/** A page shows so many messages. */
const MAX_LETTERS = 100;
/** A longer body is cut. */
const MAX_BODY_CHARACTERS = 1_000_000;
/** No index has the blocklist. A larger table is not read for it. */
const MAX_LISTED_ITEMS = 50_000;
const REPLAY_RATE = 10;
/** The author of an entry if the name of the caller cannot be read. */
const UNKNOWN_AUTHOR = 'console';

/** The system of a console. */
export interface AwsConsoleParts {
  readonly clients: AwsClients;
  readonly system: ConsoleSystem;
  readonly stack: string;
  readonly resources: {
    readonly tableName: string;
    readonly archiveBucket: string;
    readonly failedRecordsBucket: string;
    readonly deadLetterQueueUrl: string;
    readonly alertTopicArn: string;
    readonly workflowArn: string;
  };
  /** The settings of the relay. */
  readonly settings: PublishingConfig;
  readonly newRedrive: () => Promise<DeadLetterRedrive>;
  readonly now: () => Date;
  readonly sleep: (millis: number) => Promise<unknown>;
  readonly signal: AbortSignal;
}

/** A system in AWS or in the emulator, read and changed by the code of the other commands. */
export class AwsConsole implements ConsoleSource, ConsoleActions {
  public readonly system: ConsoleSystem;
  private readonly reader: TransactionReader;
  private readonly archive: ArchiveReader;
  private readonly blocks: ListStore;
  /** Two readers of the queue would hide its messages from each other. */
  private queueWork: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: AwsConsoleParts) {
    const { clients, resources, signal } = parts;
    this.system = parts.system;
    this.reader = new TransactionReader(clients.dynamodb, resources.tableName, signal);
    this.archive = new ArchiveReader(clients.s3, resources.archiveBucket, signal);
    this.blocks = new ListStore(BLOCKLIST, clients.dynamodb, resources.tableName, signal);
  }

  public async watch(report: WatchPorts['report'], note: WatchPorts['note'], signal: AbortSignal): Promise<readonly string[]> {
    const { clients, resources, settings, now, sleep } = this.parts;
    const { eventBusName: busArn, source } = settings;
    const parts: WatchParts = {
      dynamodb: clients.dynamodb,
      tableName: resources.tableName,
      reader: this.reader,
      archive: this.archive,
      config: settings,
      newSession: () => new ListenSession(clients, { busArn, source, topicArn: resources.alertTopicArn }, now()),
      now,
      sleep,
    };
    return new ConsoleWatch(parts, { report, note, signal }).run();
  }

  public async life({ transactionId, timestamp }: ConsoleEventKey): Promise<ConsoleLife | undefined> {
    const { resources, settings, now } = this.parts;
    const items = await this.reader.eventsOf(transactionId);
    const item = items.find((each) => each[Attr.TIMESTAMP].S === timestamp);
    const transaction = itemTransaction(item, settings);
    if (item === undefined || transaction === undefined) {
      return undefined;
    }
    const [place] = item[Attr.ERASED_AT] ? [] : await new ArchiveLookup(this.archive, now).placesOf([item]);
    const { tableName, workflowArn } = resources;
    const { links } = lifeOf(item, place, { settings, tableName, workflowArn, inConsole: !this.system.isLocal });
    const others = items.filter((each) => each !== item).flatMap((each) => itemTransaction(each, settings) ?? []).reverse();
    return {
      transaction: { ...transaction, ...place?.state === 'archived' && { archiveKey: place.key } },
      others,
      links: [
        ...links.item ? [{ label: 'Item in DynamoDB', url: links.item }] : [],
        ...links.execution ? [{ label: 'Execution', url: links.execution }] : [],
      ],
      gaps: place?.state === 'not-read' ? [`The archive was not read: ${place.reason}.`] : [],
    };
  }

  public async body(key: ConsoleEventKey): Promise<ConsoleBody | undefined> {
    const { clients, resources, signal } = this.parts;
    const item = await this.itemOf(key);
    if (item === undefined) {
      return undefined;
    }
    const body = await readWebhookBody(item, clients.s3, resources.archiveBucket, signal);
    if ('missing' in body) {
      throw new UsageError(`there is no body: ${body.missing}`);
    }
    const [text, encoding] = 'body' in body ? [body.body, 'text'] as const : [body.body_base64, 'base64'] as const;
    return { text: text.slice(0, MAX_BODY_CHARACTERS), encoding, isCut: text.length > MAX_BODY_CHARACTERS };
  }

  public async deadLetters(): Promise<ConsoleDeadLetters> {
    const { clients, resources, settings, signal } = this.parts;
    return this.afterQueueWork(async () => {
      const { letters, read, unread } = await listDeadLetters({ client: clients.sqs, queueUrl: resources.deadLetterQueueUrl, signal }, {});
      const newest = [...letters].sort((a, b) => b.sentAt.getTime() - a.sentAt.getTime()).slice(0, MAX_LETTERS);
      return {
        letters: newest.map((letter): ConsoleDeadLetter => {
          const way = redriveWay(letter, { ...settings, failedRecordsBucket: resources.failedRecordsBucket });
          return {
            id: letter.id,
            sentAt: letter.sentAt.toISOString(),
            receives: letter.receiveCount,
            origin: letter.origin,
            error: letter.cause === undefined ? letter.error : `${letter.error}: ${letter.cause}`,
            transactionId: letter.keys?.[Attr.TRANSACTION_ID].S,
            text: letter.message.Body!,
            canRedrive: way.way !== 'none',
            ...way.way === 'none' && { remedy: way.reason },
          };
        }),
        total: read + unread.visible + unread.hidden,
      };
    });
  }

  public async blocklist(): Promise<ConsoleBlocklist> {
    if ((await this.blocks.costOfRead()).items > MAX_LISTED_ITEMS) {
      return { entries: [], isComplete: false };
    }
    const { entries } = await this.blocks.read(this.parts.now(), () => undefined);
    return {
      entries: entries.map(({ kind, value, reason, expired, problem = expired && 'it has expired' }) => (
        { kind: kind as ConsoleBlockedValue['kind'], value, reason, problem }
      )),
      isComplete: true,
    };
  }

  public async alarms(): Promise<readonly ConsoleAlarm[]> {
    return readStackAlarms(this.parts.clients, this.parts.stack);
  }

  public async replay(key: ConsoleEventKey): Promise<void> {
    const { clients, settings, now, sleep, signal } = this.parts;
    const item = await this.itemOf(key);
    const { events, unreadable: [unreadable], erased } = replayPlan(item ? [item] : [], { detail: 'received' }, settings);
    if (events.length === 0) {
      throw new UsageError(erased > 0 ? 'the transaction was erased, and is never published' : unreadable?.error ?? 'the transaction does not exist');
    }
    const ports = { put: putEventsOf(clients.eventBridge), sleep, now, random: Math.random, signal };
    const { published, rejected: [rejected], error } = await publishReplay(events, REPLAY_RATE, ports, () => undefined);
    if (published === 0) {
      throw new Error(`the event was not published: ${rejected?.error ?? error}`);
    }
  }

  public async redrive(ids: readonly string[]): Promise<ConsoleRedriveResult> {
    return this.afterQueueWork(async () => {
      const redrive = await this.parts.newRedrive();
      const plan = await redrive.plan({});
      const planned = plan.planned.filter(({ letter }) => ids.includes(letter.id));
      const { left, failure, deleted } = await redrive.run({ ...plan, planned });
      const reasons = new Map(left.map(({ letter, reason }) => [letter.id, reason]));
      const plannedIds = new Set(planned.map(({ letter }) => letter.id));
      const failures = ids.flatMap((id) => {
        const unreached = plannedIds.has(id) ? 'another receiver has the message, or it was delivered and not deleted' : 'the message is hidden, or was redriven before';
        return deleted.has(id) ? [] : [{ id, error: reasons.get(id) ?? failure ?? unreached }];
      });
      return { redriven: ids.filter((id) => !failures.some((each) => each.id === id)), failures };
    });
  }

  public async block({ kind, value, reason }: ConsoleBlockedValue): Promise<void> {
    const { clients, now, signal } = this.parts;
    checkReason(reason ?? '');
    const key = listedKey(BLOCKLIST, listKindOf(kind), value, this.system.providers);
    const author = await callerName(clients.sts, signal).catch(() => UNKNOWN_AUTHOR);
    await this.blocks.add(key, { author, now: now(), reason });
  }

  public async unblock({ kind, value }: ConsoleBlockedValue): Promise<void> {
    await this.blocks.remove(possibleKeys(BLOCKLIST, listKindOf(kind), value));
  }

  private async itemOf({ transactionId, timestamp }: ConsoleEventKey): Promise<StoredItem | undefined> {
    return (await this.reader.eventsOf(transactionId)).find((item) => item[Attr.TIMESTAMP].S === timestamp);
  }

  private async afterQueueWork<T>(work: () => Promise<T>): Promise<T> {
    const result = this.queueWork.then(work);
    this.queueWork = result.catch(() => undefined);
    return result;
  }
}
