import { paymentEventOfItem, paymentsInArchive } from '../../../cli/backtest/history/archived-payments';
import { withTransactionLabels, type PaymentEvent } from '../../../cli/backtest/history/payment-event';
import { DETAIL_CONFIG, storedTransaction } from '../../handlers/support/items';

test('reads an event with its label, and no event from an item of another form', () => {
  const item = { ...storedTransaction(), label: { S: 'fraud' }, labeled_at: { S: '2026-02-01T00:00:00.000Z' } };

  expect(paymentEventOfItem(item as never, DETAIL_CONFIG)).toMatchObject({ declined: false, label: 'fraud', labeledAt: '2026-02-01T00:00:00.000Z' });
  expect(paymentEventOfItem({ ...item, kind: { S: 'unknown' } } as never, DETAIL_CONFIG)).toBeUndefined();
});

test('adds the newest label of the transaction to a capture without a label', () => {
  const event = (id: string, label?: PaymentEvent['label'], labeledAt?: string) => ({ detail: { transaction_id: id }, declined: false, label, labeledAt }) as PaymentEvent;
  const events = [event('one', 'fraud', '2026-02-02'), event('one', 'honest', '2026-02-01'), event('one'), event('two'), event('three', 'honest'), event('three')];

  expect(withTransactionLabels(events).map(({ label, labeledAt }) => [label, labeledAt])).toEqual([
    ['fraud', '2026-02-02'], ['honest', '2026-02-01'], ['fraud', '2026-02-02'], [undefined, undefined], ['honest', undefined], ['honest', undefined],
  ]);
});

test('does not hide a defect', () => {
  expect(() => paymentEventOfItem(storedTransaction() as never, { ...DETAIL_CONFIG, tiers: undefined as never })).toThrow(TypeError);
});

test('reads the last image of each event of a time, and neither deletions nor other records', async () => {
  const image = (id: string, more: object = {}) => ({
    transaction_id: `stripe:${id}`,
    timestamp: `2026-01-10T00:00:00.000Z#${id}`,
    record_type: 'transaction',
    event_id: id,
    provider: 'stripe',
    provider_event: 'charge.succeeded',
    kind: 'captured',
    live: true,
    money_movement: true,
    amount_minor: '100',
    exponent: 2,
    currency: 'EUR',
    occurred_at: '2026-01-10T00:00:00.000Z',
    received_at: '2026-01-10T00:00:00.000Z',
    ...more,
  });
  const change = (new_image?: ReturnType<typeof image>) => ({ transaction_id: 'stripe:one', timestamp: '2026-01-10T00:00:00.000Z#one', new_image });
  const changes = [
    // The capture of the same payment, which was labeled before.
    { ...change(image('capture', { transaction_id: 'stripe:one' })), timestamp: '2026-01-10T00:00:00.000Z#capture' },
    change(image('one', { body: 'text' })), change(image('one', { label: 'fraud', labeled_at: '2026-02-01T00:00:00.000Z' })), change(),
    ...[{ received_at: '2026-01-31T00:00:00.000Z' }, { received_at: '2025-12-31T00:00:00.000Z' }, { record_type: 'heartbeat' }, { occurred_at: undefined }]
      .map((more, index) => ({ ...change(image(`other${index}`, JSON.parse(JSON.stringify(more)) as object)), transaction_id: `stripe:other${index}` })),
  ];
  changes.at(-1)!.new_image = JSON.parse(JSON.stringify(changes.at(-1)!.new_image, (name, value: unknown) => (name === 'occurred_at' ? undefined : value))) as never;
  const reader = {
    async* objects() {
      yield { key: 'one' };
    },
    async* changes() {
      yield* changes;
    },
  };
  const progress: number[][] = [];
  const time = { since: new Date('2026-01-01'), until: new Date('2026-01-31'), now: new Date('2026-03-01') };

  const { events, unreadable } = await paymentsInArchive(reader as never, time, DETAIL_CONFIG, (...read) => progress.push(read));

  expect(events).toMatchObject([{ detail: { event_id: 'capture' }, label: 'fraud' }, { detail: { event_id: 'one' }, label: 'fraud' }]);
  expect({ unreadable, progress }).toEqual({ unreadable: 0, progress: [[1, 2]] });
});
