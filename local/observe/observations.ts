import { gunzipSync } from 'node:zlib';
import { ScanCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { ReceivedAlert, BusEvent, Taps } from './taps';
import { Attr } from '../../src/private/contract';
import type { Clients } from '../emulator/clients';

export type TableItem = Record<string, AttributeValue>;

type Image = { readonly [attribute: string]: unknown };

/** A change as it stands in the audit archive, as far as it is looked at. */
export interface AuditChange {
  /** The stream's: overlapping objects hold a change twice. */
  readonly event_id: string;
  readonly new_image?: Image;
  /** What was there before a change, or a deletion. */
  readonly old_image?: Image;
}

/** All that has been read back from the deployed system so far. */
export interface Observed {
  readonly items: readonly TableItem[];
  readonly busEvents: readonly BusEvent[];
  readonly matches: ReadonlyArray<{ readonly rule: string; readonly event: BusEvent }>;
  readonly alerts: readonly ReceivedAlert[];
  readonly changes: readonly AuditChange[];
  readonly deadLetters: readonly string[];
}

/** Reads back what the deployed system did. It knows nothing of what was sent. */
export class Observations {
  private readonly readObjects = new Set<string>();
  private readonly changes = new Map<string, AuditChange>();
  private observed: Observed = { items: [], busEvents: [], matches: [], alerts: [], changes: [], deadLetters: [] };

  constructor(
    private readonly clients: Clients,
    private readonly taps: Taps,
    private readonly tableName: string,
    private readonly bucketName: string,
  ) {}

  /** Looks again. What arrived earlier stays; the table is read anew. */
  public async refresh(): Promise<Observed> {
    const { busEvents, matches, alerts, deadLetters } = await this.taps.collect();
    await this.readNewObjects();
    this.observed = {
      items: await this.scan(),
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
        TableName: this.tableName, ConsistentRead: true, ExclusiveStartKey: start,
      }));
      items.push(...page.Items ?? []);
      start = page.LastEvaluatedKey;
    } while (start);
    return items;
  }

  private async readNewObjects(): Promise<void> {
    const { Contents = [] } = await this.clients.s3.send(new ListObjectsV2Command({ Bucket: this.bucketName }));
    for (const { Key, ETag } of Contents) {
      const version = `${Key} ${ETag}`;
      if (this.readObjects.has(version)) {
        continue;
      }
      const { Body } = await this.clients.s3.send(new GetObjectCommand({ Bucket: this.bucketName, Key }));
      const lines = gunzipSync(await Body!.transformToByteArray()).toString().split('\n').filter(Boolean);
      for (const change of lines.map((line) => JSON.parse(line) as AuditChange)) {
        this.changes.set(change.event_id, change);
      }
      this.readObjects.add(version);
    }
  }
}

/** What was observed of some events, by the ids that their providers gave them; of other records by their type. */
export function observedOf({ items, busEvents, matches, alerts, changes }: Observed, eventIds: ReadonlySet<string>): Observed {
  const own = busEvents.filter(({ detail }) => eventIds.has(detail.event_id));
  const texts = [...new Set(own.flatMap(({ detail }) => [detail.alert_text, detail.alert_sms]))];
  const isOwn = (image: Image = {}) => eventIds.has(String(image[Attr.EVENT_ID] ?? image[Attr.RECORD_TYPE]));
  return {
    items: items.filter(({ [Attr.EVENT_ID]: id, [Attr.RECORD_TYPE]: type }) => isOwn({ [Attr.EVENT_ID]: id?.S, [Attr.RECORD_TYPE]: type?.S })),
    busEvents: own,
    matches: matches.filter(({ event }) => eventIds.has(event.detail.event_id)),
    // The workflow's go on with links, which an event has not.
    alerts: alerts.filter(({ text }) => texts.some((begin) => text.startsWith(begin))),
    changes: changes.filter(({ new_image: newImage, old_image: oldImage }) => isOwn(newImage ?? oldImage)),
    deadLetters: [],
  };
}
