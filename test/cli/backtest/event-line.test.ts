import { LINE } from './event-lines';
import { paymentEventOf } from '../../../cli/backtest/history/event-line';
import { thresholdsForShare } from '../../../cli/backtest/history/shop-thresholds';
import { transactionItem } from '../../../handlers/ingest/transaction-item';
import { marshal } from '../../../handlers/ingest/transaction-table';
import { normalizeCanonical } from '../../../handlers/providers/shared/canonical-transaction';
import { toTransactionDetail } from '../../../handlers/publish/events/detail';
import { DETAIL_CONFIG } from '../../handlers/support/items';

const FULL = {
  ...LINE,
  country: 'DE',
  card_country: 'FR',
  card_bin: '411111',
  card_fingerprint: 'card',
  email_hash: 'mail',
  email_domain: 'example.com',
  risk_score: 12,
  risk_level: 'elevated',
  three_d_secure: 'failed',
};

test('returns the same detail as the handlers for the same canonical transaction', () => {
  const rawBody = Buffer.from(JSON.stringify(FULL));
  const normalized = normalizeCanonical(rawBody, 'line-7');
  const provider = { name: 'shop', scheme: 'standard-webhooks', secretArns: [] } as const;
  const receivedAt = new Date('2026-01-10T12:00:05Z');
  const { tier, payment_url, alert_subject, alert_text, alert_sms, fetched, metadata, ...published } = toTransactionDetail(
    marshal(transactionItem({ provider, normalized: normalized as never, rawBody, receivedAt, tiers: DETAIL_CONFIG.tiers })), DETAIL_CONFIG,
  );

  const event = paymentEventOf({ ...FULL, provider: 'shop', received_at: '2026-01-10T12:00:05Z', label: 'fraud', label_time: '2026-02-01T00:00:00Z' }, 7);

  expect(event).toMatchObject({ declined: false, label: 'fraud', labeledAt: '2026-02-01T00:00:00.000Z' });
  const { alert_subject: a, alert_text: b, alert_sms: c, ...detail } = event!.detail;
  expect(detail).toEqual({ ...published, timestamp: expect.stringContaining('#line-7') as string, provider_event: 'captured' });
});

test.each([
  ['a refund, which moves money', { kind: 'refunded' }, { declined: false }],
  ['a declined payment', { kind: 'failed', amount_minor: undefined, currency: undefined }, { declined: true }],
  ['an event of the bus, with the fields that only the bus has', { schema_version: '1', money_movement: true, tier: 'low', kind: 'authorized', amount_minor: '10000' }, { declined: false }],
])('reads %s', (_, line, expected) => {
  expect(paymentEventOf({ ...LINE, ...line }, 1)).toMatchObject(expected);
});

test.each([
  ['an authorization', { kind: 'authorized' }],
  ['a test', { live: false }],
  ['an amount of zero', { amount_minor: 0 }],
  ['an event of the bus that is no movement', { schema_version: '1', money_movement: false }],
  ['a payment without an amount', { amount_minor: undefined, currency: undefined }],
])('leaves out %s', (_, line) => {
  expect(paymentEventOf({ ...LINE, ...line }, 1)).toBeUndefined();
});

test.each([
  [{ amount_minor: 1.5 }, '`amount_minor` must be an integer of minor units'],
  [{ kind: undefined }, '`kind` is required'],
  [{ amout: 1 }, '`amout` is not a field of an event'],
  [{ label: 'stolen' }, '`label` must be fraud or honest'],
  [{ label_time: 'soon' }, '`label_time` must be a time of RFC 3339'],
  [{ label_time: 5 }, '`label_time` must be a time of RFC 3339'],
  [{ event_time: undefined }, '`event_time` is required, if `received_at` is not set'],
])('rejects %j and names the field', (line, message) => {
  expect(() => paymentEventOf({ ...LINE, ...line }, 1)).toThrow(message);
});

test('accepts a label that is null, as programs write an absent value', () => {
  expect(paymentEventOf({ ...LINE, label: null }, 1)).toMatchObject({ label: undefined });
});

test('puts a share of the payments of each currency in the high tier', () => {
  const events = [...[1, 2, 3, 4].map((amount) => ({ amount_minor: 100 * amount })), { amount_minor: 9_000, currency: 'JPY' }, { kind: 'failed', amount_minor: 99_900 }]
    .map((line, index) => paymentEventOf({ ...LINE, ...line }, index)!);

  expect(thresholdsForShare(events, 0.25)).toEqual({
    medium: 900, high: 9_000, groups: [{ currencies: ['EUR'], medium: 0.3, high: 3 }, { currencies: ['JPY'], medium: 900, high: 9_000 }],
  });
});
