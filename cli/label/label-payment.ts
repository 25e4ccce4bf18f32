import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { isErased, type StoredItem } from '../../handlers/aws/stored-item';
import { removeLabel, writeLabel } from '../../handlers/labels/label-write';
import { canBeLabeled } from '../../handlers/labels/labeled-event';
import { readPaymentEvents } from '../../handlers/labels/payment-events';
import { Attr, LABELED_EVENT_ATTRIBUTES, type Label } from '../../src/private/contract';

/** The decision of a person about a payment. */
export interface PersonsLabel {
  readonly label: Label;
  readonly author: string;
  readonly now: Date;
}

/** The events of a transaction that can be labeled, or the reason that it has none. */
export type LabeledPayment = { readonly events: readonly StoredItem[] } | { readonly missing: string };

/** The labels of payments in the table. */
export class PaymentLabels {
  constructor(private readonly client: DynamoDBClient, private readonly table: string, private readonly signal: AbortSignal) {}

  public async find(transactionId: string): Promise<LabeledPayment> {
    const stored = await readPaymentEvents(this.client, this.table, transactionId, LABELED_EVENT_ATTRIBUTES, { signal: this.signal });
    const events = stored.filter(canBeLabeled);
    if (events.length > 0) {
      return { events };
    }
    if (stored.length === 0) {
      return { missing: `the table has no transaction ${transactionId}` };
    }
    return {
      missing: stored.some(isErased)
        ? `the customer of ${transactionId} is erased. An erased transaction cannot be labeled`
        : `${transactionId} has no money movement and no declined payment. Only these can be labeled`,
    };
  }

  /** Labels events, and returns how many did not have this label of this author. It can be interrupted and repeated. */
  public async set(events: readonly StoredItem[], { label, author, now }: PersonsLabel): Promise<number> {
    const others = events.filter((event) => event[Attr.LABEL]?.S !== label || event[Attr.LABELED_BY]?.S !== author);
    const written = { label, author, at: now.toISOString(), keepsExisting: false };
    return this.change(others, async (event) => writeLabel(this.client, this.table, event, written));
  }

  /** Removes the labels of events, and returns how many had one. */
  public async remove(events: readonly StoredItem[]): Promise<number> {
    return this.change(events.filter((event) => event[Attr.LABEL] !== undefined), async (event) => removeLabel(this.client, this.table, event));
  }

  private async change(events: readonly StoredItem[], write: (event: StoredItem) => Promise<boolean>): Promise<number> {
    let changed = 0;
    for (const event of events) {
      this.signal.throwIfAborted();
      changed += Number(await write(event));
    }
    return changed;
  }
}
