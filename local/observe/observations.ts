import { gunzipSync } from 'node:zlib';
import { ScanCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { ReceivedAlert, BusEvent, Taps } from './taps';
import { ARCHIVE_PREFIX, Attr, RecordType } from '../../src/private/contract';
import type { Clients } from '../emulator/clients';

export type TableItem = Record<string, AttributeValue>;

type Image = { readonly [attribute: string]: unknown };

/** A change in the audit archive, with the fields that are compared. */
export interface AuditChange {
  /** The id in the stream. If objects overlap, they contain a change twice. */
  readonly event_id: string;
  readonly new_image?: Image;
  /** The item before the change or deletion. */
  readonly old_image?: Image;
}

/** Everything that has been read from the deployed system so far. */
export interface Observed {
  readonly items: readonly TableItem[];
  readonly busEvents: readonly BusEvent[];
  readonly matches: ReadonlyArray<{ readonly rule: string; readonly event: BusEvent }>;
  readonly alerts: readonly ReceivedAlert[];
  readonly changes: readonly AuditChange[];
  readonly deadLetters: readonly string[];
}

/** Reads the results from the deployed system, independently of the requests that were sent. */
export class Observations {
  private readonly readObjects = new Set<string>();
  private readonly changes = new Map<string, AuditChange>();
  private reading: Promise<unknown> = Promise.resolve();
  private next?: Promise<Observed>;
  private readsDeadLetters = true;
  private observed: Observed = { items: [], busEvents: [], matches: [], alerts: [], changes: [], deadLetters: [] };

  constructor(
    private readonly clients: Clients,
    private readonly taps: Taps,
    private readonly tableName: string,
    private readonly bucketName: string,
  ) {}

  /**
   * Reads new messages and keeps the earlier ones. Reads the whole table again. Everyone who asks during a read shares the
   * one after it, so that it begins after each of these calls.
   */
  public refresh(): Promise<Observed> {
    this.next ??= this.reading.then(() => {
      this.next = undefined;
      const read = this.read();
      this.reading = read.catch(() => undefined);
      return read;
    });
    return this.next;
  }

  /** Leaves the dead letters in their queue during some work that receives them itself. */
  public async leavingDeadLetters<T>(work: () => Promise<T>): Promise<T> {
    this.readsDeadLetters = false;
    await this.reading;
    try {
      return await work();
    } finally {
      this.readsDeadLetters = true;
    }
  }

  private async read(): Promise<Observed> {
    const [{ busEvents, matches, alerts, deadLetters }, items] = await Promise.all([
      this.taps.collect({ deadLetters: this.readsDeadLetters }), this.scan(), this.readNewObjects(),
    ]);
    this.observed = {
      items,
      busEvents: [...this.observed.busEvents, ...busEvents],
      matches: [...this.observed.matches, ...matches],
      alerts: [...this.observed.alerts, ...alerts],
      deadLetters: [...this.observed.deadLetters, ...deadLetters],
      changes: [...this.changes.values()],
    };
    return this.observed;
  }

  private async scan(): Promise<TableItem[]> {
    const items: TableItem[] = [];
    let start: TableItem | undefined;
    do {
      const page = await this.clients.dynamodb.send(new ScanCommand({
        TableName: this.tableName,
        ConsistentRead: true,
        ExclusiveStartKey: start,
        // The emulator runs the sweep and the reconciliation on their schedules, and each run writes one of the first two. All
        // assessments of a currency change the last one.
        FilterExpression: 'NOT #type IN (:heartbeat, :reconciliation, :amountCounts)',
        ExpressionAttributeNames: { '#type': Attr.RECORD_TYPE },
        ExpressionAttributeValues: {
          ':heartbeat': { S: RecordType.HEARTBEAT }, ':reconciliation': { S: RecordType.RECONCILIATION }, ':amountCounts': { S: RecordType.AMOUNT_COUNTS },
        },
      }));
      items.push(...page.Items ?? []);
      start = page.LastEvaluatedKey;
    } while (start);
    return items;
  }

  private async readNewObjects(): Promise<void> {
    const { Contents = [] } = await this.clients.s3.send(new ListObjectsV2Command({ Bucket: this.bucketName, Prefix: ARCHIVE_PREFIX }));
    for (const { Key, ETag } of Contents) {
      const version = `${Key} ${ETag}`;
      if (this.readObjects.has(version)) {
        continue;
      }
      const { Body } = await this.clients.s3.send(new GetObjectCommand({ Bucket: this.bucketName, Key }));
      const lines = gunzipSync(await Body!.transformToByteArray()).toString().split('\n').filter(Boolean);
      for (const change of lines.map((line) => JSON.parse(line) as AuditChange)) {
        if (change.new_image?.[Attr.RECORD_TYPE] !== RecordType.RECONCILIATION) {
          this.changes.set(change.event_id, change);
        }
      }
      this.readObjects.add(version);
    }
  }
}

/** The observations of some events, by the event ids of their providers. Other records are found by their type or their key. */
export function observedOf({ items, busEvents, matches, alerts, changes }: Observed, eventIds: ReadonlySet<string>): Observed {
  const own = busEvents.filter(({ detail }) => eventIds.has(detail.event_id));
  const texts = [...new Set(own.flatMap(({ detail }) => [detail.alert_text, detail.alert_sms]))];
  const isOwn = ({ [Attr.EVENT_ID]: eventId, [Attr.RECORD_TYPE]: type, [Attr.TRANSACTION_ID]: key }: Image = {}) =>
    (eventId === undefined ? [type, key] : [eventId]).some((id) => eventIds.has(String(id)));
  return {
    items: items.filter(({ [Attr.EVENT_ID]: id, [Attr.RECORD_TYPE]: type, [Attr.TRANSACTION_ID]: key }) =>
      isOwn({ [Attr.EVENT_ID]: id?.S, [Attr.RECORD_TYPE]: type?.S, [Attr.TRANSACTION_ID]: key.S })),
    busEvents: own,
    matches: matches.filter(({ event }) => eventIds.has(event.detail.event_id)),
    // Alerts of the workflow end with links, which an event does not have.
    alerts: alerts.filter(({ text }) => texts.some((begin) => text.startsWith(begin))),
    changes: changes.filter(({ new_image: newImage, old_image: oldImage }) => isOwn(newImage ?? oldImage)),
    deadLetters: [],
  };
}
