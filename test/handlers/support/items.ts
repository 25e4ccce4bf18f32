import { gzipSync } from 'node:zlib';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { StoredItem } from '../../../handlers/aws/stored-item';
import type { StreamRecord } from '../../../handlers/aws/stream-change';
import type { DetailConfig } from '../../../handlers/publish/events/detail';
import type { TierConfig } from '../../../src/private/contract';

export const TIERS: TierConfig = { medium: 1000, high: 10000 };
/** A system in the environment `test` whose provider is Stripe. */
export const DETAIL_CONFIG: DetailConfig = {
  tiers: TIERS, origin: { system: 'test', account: '123456789012', region: 'eu-central-1' }, schemes: { stripe: 'stripe' },
};
export const RECEIVED_AT = '2025-03-04T05:06:07.089Z';

/** A stored high-value transaction with every attribute that the validator can write; undefined removes one. */
export function storedTransaction(overrides: { readonly [name: string]: AttributeValue | undefined } = {}): Record<string, AttributeValue> {
  const item: Record<string, AttributeValue | undefined> = {
    transaction_id: { S: 'stripe:pi_1' },
    timestamp: { S: '2025-03-04T05:06:00.000Z#evt_1' },
    record_type: { S: 'transaction' },
    event_id: { S: 'evt_1' },
    provider: { S: 'stripe' },
    provider_event: { S: 'payment_intent.succeeded' },
    kind: { S: 'captured' },
    status: { S: 'succeeded' },
    live: { BOOL: true },
    money_movement: { BOOL: true },
    amount_minor: { N: '1234567' },
    exponent: { N: '2' },
    currency: { S: 'EUR' },
    account: { S: 'acct_1' },
    reference: { S: 'order-1001' },
    metadata: { M: { cart: { S: 'cart-7' }, channel: { S: 'app' } } },
    customer_id: { S: 'cus_1' },
    payment_method: { S: 'card' },
    country: { S: 'DE' },
    card_country: { S: 'FR' },
    card_bin: { S: '424242' },
    card_fingerprint: { S: 'fingerprint-1' },
    email_domain: { S: 'mail.example' },
    email_hash: { S: '0123456789abcdef0123456789abcdef' },
    risk_score: { N: '66' },
    risk_level: { S: 'elevated' },
    three_d_secure: { S: 'authenticated' },
    event_time: { S: '2025-03-04T05:06:00.000Z' },
    received_at: { S: RECEIVED_AT },
    fetched: { BOOL: true },
    customer_key: { S: 'stripe:cus_1' },
    occurred_at: { S: '2025-03-04T05:06:00.000Z' },
    sweep_partition: { S: '8' },
    sweep_at: { S: '2025-03-04T05:16:07.089Z' },
    ...overrides,
  };
  return Object.fromEntries(Object.entries(item).filter((entry): entry is [string, AttributeValue] => entry[1] !== undefined));
}

/** The same with only the attributes that the validator always writes. */
export function barestTransaction(): Record<string, AttributeValue> {
  const always = [
    'transaction_id', 'timestamp', 'record_type', 'event_id', 'provider', 'provider_event', 'kind', 'live', 'money_movement', 'currency', 'received_at',
  ];
  return {
    ...Object.fromEntries(Object.entries(storedTransaction()).filter(([name]) => always.includes(name))),
    money_movement: { BOOL: false },
    currency: { S: 'XXX' },
  };
}

export const ASSESSMENT: Record<string, AttributeValue> = {
  verdict: { S: 'review' },
  score: { N: '40' },
  reasons: { L: [{ S: 'amount 12,345.67 EUR is over 10,000 (+40)' }] },
  rule_set: { S: '0123456789ab' },
  assessed_at: { S: '2025-03-04T05:06:09.000Z' },
};

/** The result of shadow rules that would have blocked. */
export const SHADOW_ASSESSMENT: Record<string, AttributeValue> = {
  shadow_verdict: { S: 'block' },
  shadow_score: { N: '90' },
  shadow_reasons: { L: [{ S: 'amount 12,345.67 EUR is over 5,000 (+90)' }] },
  shadow_rule_set: { S: 'ba9876543210' },
};

/** A compressed body as in the events of the stream. */
export function packed(body: string | Buffer): { B: string } {
  return { B: gzipSync(body).toString('base64') };
}

/** A stream record. Its sequence number depends on its position. */
export function streamRecord(
  position: number, eventName: string, images: { newImage?: StoredItem; oldImage?: StoredItem },
): StreamRecord {
  const { transaction_id, timestamp } = (images.newImage ?? images.oldImage)!;
  return {
    eventID: `change-${position}`,
    eventName,
    dynamodb: {
      ApproximateCreationDateTime: 1741064767 + position,
      SequenceNumber: sequenceNumber(position),
      Keys: { transaction_id, timestamp },
      NewImage: images.newImage,
      OldImage: images.oldImage,
    },
  };
}

export function sequenceNumber(position: number): string {
  return `49${String(position).padStart(10, '0')}`;
}

/** The insertion of the n-th transaction. */
/** The change of a sweep's heartbeat. */
export function heartbeat(position: number, id = 'heartbeat:sweep'): StreamRecord {
  return streamRecord(position, 'MODIFY', {
    newImage: { transaction_id: { S: id }, timestamp: { S: '-' }, record_type: { S: 'heartbeat' }, beat_at: { S: RECEIVED_AT } },
  });
}

export function insertion(position: number, overrides: Parameters<typeof storedTransaction>[0] = {}): StreamRecord {
  return streamRecord(position, 'INSERT', {
    newImage: storedTransaction({ transaction_id: { S: `stripe:pi_${position}` }, ...overrides }) as StoredItem,
  });
}
