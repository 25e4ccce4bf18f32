import { CountedTable, TABLE_NAME, type TableWork } from './counted-table';
import { assess } from '../../../handlers/assess/assess';
import type { StoredItem } from '../../../handlers/aws/stored-item';
import { ingest, type IngestPorts } from '../../../handlers/ingest/ingest';
import { transactionItem, type TransactionItem } from '../../../handlers/ingest/transaction-item';
import { marshal } from '../../../handlers/ingest/transaction-table';
import { normalizeCanonical } from '../../../handlers/providers/shared/canonical-transaction';
import { parseRequest } from '../../../handlers/providers/shared/webhook-request';
import { toTransactionDetail } from '../../../handlers/publish/events/detail';
import { Env, type FraudConfig, type FraudRuleConfig, type ProviderConfig } from '../../../src/private/contract';
import { DETAIL_CONFIG, TIERS } from '../../../test/handlers/support/items';
import { proxyEvent, STANDARD_SECRET, standardWebhook } from '../../../test/handlers/support/webhooks';
import { fromWire } from '../../../test/handlers/support/wire-item';

/** How large each part of the system is. */
export interface SystemSize {
  /** Transactions of other customers. */
  readonly table: number;
  /** Earlier transactions of the customer. */
  readonly history: number;
  readonly providers: number;
  /** At least five. */
  readonly rules: number;
  /** Entries of the blocklist in the table. */
  readonly blocklist: number;
}

export type Dimension = keyof SystemSize;

/** The work for one webhook of high value, from the request up to the verdict. */
export interface WebhookWork extends TableWork {
  /** The processor time of the validator. */
  readonly validatorMicroseconds: number;
  /** The processor time of the fraud detector, with that of the table in memory. */
  readonly detectorMicroseconds: number;
}

const NOW = new Date('2026-06-30T12:00:00.000Z');
const MINUTE = 60_000;
const CUSTOMER = 'customer';

/** A system of a size. It reads each history that a rule can read. */
export class GrowingSystem {
  private readonly table = new CountedTable();
  private readonly stored: TransactionItem[] = [];
  private readonly provider: ProviderConfig;
  private readonly ports: IngestPorts;

  constructor(size: SystemSize) {
    const providers = providersOf(size.providers);
    // A search finds it last.
    this.provider = providers.at(-1)!;
    this.table.store(transactionsOf(size, this.provider));
    this.table.store(blocklistOf(size.blocklist));
    this.ports = {
      providers,
      tiers: TIERS,
      sources: { allows: () => true },
      secrets: { read: async () => [STANDARD_SECRET], reread: async () => undefined },
      certificates: async () => Promise.reject(new Error('no certificate is needed')),
      // It is put into the table later, so that its time is not that of the validator.
      store: async (item) => this.stored.push(item) > 0 ? 'stored' : 'duplicate',
    };
    const config: FraudConfig = { tiers: TIERS, review: 40, block: 80, rules: rulesOf(size.rules) };
    Object.assign(process.env, { [Env.TABLE_NAME]: TABLE_NAME, [Env.FRAUD_RULES]: JSON.stringify(config) });
  }

  /** Receives and assesses one webhook. */
  public async process(): Promise<WebhookWork> {
    const id = `current-${this.stored.length}`;
    const webhook = standardWebhook(bodyOf({ id, customer: CUSTOMER, amountMinor: 1_500_000, at: NOW }), id, NOW);
    const request = parseRequest(proxyEvent(webhook, this.provider.name));
    this.table.takeWork();
    const validator = process.cpuUsage();
    const { outcomes: [outcome] } = await ingest(request, this.ports, NOW);
    const validatorMicroseconds = microsecondsSince(validator);
    if (outcome.result !== 'stored') {
      throw new Error(`the webhook was not stored: ${outcome.result}`);
    }
    const item = marshal(this.stored.at(-1)!);
    this.table.put(item);
    const detector = process.cpuUsage();
    await assess(toTransactionDetail(fromWire<StoredItem>(item), DETAIL_CONFIG));
    return { ...this.table.takeWork(), validatorMicroseconds, detectorMicroseconds: microsecondsSince(detector) };
  }
}

function microsecondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return user + system;
}

interface Payment {
  readonly id: string;
  readonly customer: string;
  readonly amountMinor: number;
  readonly at: Date;
}

/** The canonical body of a captured payment by card, with everything that rules look up. */
function bodyOf({ id, customer, amountMinor, at }: Payment): Buffer {
  return Buffer.from(JSON.stringify({
    transaction_id: id,
    kind: 'captured',
    amount_minor: amountMinor,
    currency: 'EUR',
    customer_id: customer,
    country: 'DE',
    card_country: 'FR',
    card_bin: '42424242',
    card_fingerprint: `card-of-${customer}`,
    email_domain: 'mail.example',
    email_hash: `email-of-${customer}`,
    event_time: at.toISOString(),
  }));
}

/** An earlier payment as the table contains it, a minute before the one with the number before. */
function earlierItem(customer: string, number: number, provider: ProviderConfig): object {
  const receivedAt = new Date(NOW.getTime() - (number + 1) * MINUTE);
  const id = `${customer}-${number}`;
  const rawBody = bodyOf({ id, customer, amountMinor: 20_000 + number, at: receivedAt });
  return marshal(transactionItem({ provider, normalized: normalizeCanonical(rawBody, id), rawBody, receivedAt, tiers: TIERS }));
}

function* transactionsOf({ table, history }: SystemSize, provider: ProviderConfig): Generator<object> {
  for (let number = 0; number < table; number += 1) {
    yield earlierItem(`other-${number}`, number, provider);
  }
  for (let number = 0; number < history; number += 1) {
    yield earlierItem(CUSTOMER, number, provider);
  }
}

function* blocklistOf(entries: number): Generator<object> {
  for (let number = 0; number < entries; number += 1) {
    yield { transaction_id: { S: `blocklist:customer:orders:blocked-${number}` }, timestamp: { S: '-' }, record_type: { S: 'blocklist-entry' } };
  }
}

function providersOf(count: number): ProviderConfig[] {
  return Array.from({ length: count }, (_, number) => ({ name: `orders-${number}`, scheme: 'standard-webhooks', secretArns: [`arn:${number}`] }));
}

/** Rules that together read every history, and any number of rules that read nothing. None of them ends the evaluation. */
function rulesOf(count: number): FraudRuleConfig[] {
  const window = { score: 1, count: 1_000, windowSeconds: 86_400 } as const;
  const reading: FraudRuleConfig[] = [
    { rule: 'velocity', ...window }, { rule: 'velocity', by: 'card', ...window }, { rule: 'velocity', by: 'email', ...window },
    { rule: 'repeated-declines', ...window }, { rule: 'blocked', score: 90 },
  ];
  return [...reading, ...Array.from({ length: count - reading.length }, (): FraudRuleConfig => ({ rule: 'country-mismatch', score: 1 }))];
}
