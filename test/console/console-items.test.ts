import { itemTransaction, SHOWN_ATTRIBUTES } from '../../cli/console/system/console-items';
import { LiveMessages } from '../../cli/console/system/live-messages';
import { toAssessedDetail, toTransactionDetail } from '../../handlers/publish/events/detail';
import type { TransactionDetail } from '../../src/private/contract';
import { DETAIL_CONFIG, storedTransaction } from '../handlers/support/items';

const ASSESSED = {
  verdict: { S: 'review' }, score: { N: '50' }, reasons: { L: [{ S: 'velocity' }] }, rule_set: { S: 'abc' }, assessed_at: { S: '2025-03-04T05:06:08.000Z' },
};
const NOW = new Date('2025-03-04T05:06:07.300Z');

describe('an item', () => {
  test('is shown with its amount, tier, link and progress, and without its body and the digits of the card', () => {
    const transaction = itemTransaction(storedTransaction({ ...ASSESSED, closed_at: { S: '2025-03-04T05:06:09.000Z' }, sweeps: { N: '2' }, body: { B: Buffer.from('x') } as never }), DETAIL_CONFIG);

    expect(transaction).toMatchObject({
      transactionId: 'stripe:pi_1',
      amount: '12,345.67',
      currency: 'EUR',
      tier: 'high',
      verdict: 'review',
      score: 50,
      reasons: ['velocity'],
      closedAt: '2025-03-04T05:06:09.000Z',
      sweeps: 2,
      paymentUrl: expect.stringContaining('https://dashboard.stripe.com/'),
    });
    expect(JSON.stringify(transaction)).not.toMatch(/424242|body|mail\.example/);
    expect(SHOWN_ATTRIBUTES).not.toContain('body');
  });

  test('without an amount is shown', () => {
    const item = storedTransaction({ amount_minor: undefined, exponent: undefined });

    expect(itemTransaction(item, DETAIL_CONFIG)).toMatchObject({ amount: undefined, tier: undefined });
  });

  test('is shown with its label and what is known about the risk', () => {
    const item = storedTransaction({
      card_country: { S: 'FR' },
      card_fingerprint: { S: 'stripe:card_1' },
      risk_score: { N: '17' },
      risk_level: { S: 'elevated' },
      three_d_secure: { S: 'failed' },
      label: { S: 'fraud' },
      labeled_by: { S: 'dispute' },
      labeled_at: { S: '2025-04-04T05:06:09.000Z' },
    });

    expect(itemTransaction(item, DETAIL_CONFIG)).toMatchObject({
      cardCountry: 'FR',
      cardFingerprint: 'stripe:card_1',
      riskScore: 17,
      riskLevel: 'elevated',
      threeDSecure: 'failed',
      label: 'fraud',
      labeledBy: 'dispute',
      labeledAt: '2025-04-04T05:06:09.000Z',
    });
  });

  test.each([['no label', {}], ['an unknown one', { label: { S: 'odd' } }]])('with %s is shown without one', (_, overrides) => {
    expect(itemTransaction(storedTransaction(overrides), DETAIL_CONFIG)).toMatchObject({ label: undefined });
  });

  test('of an erased customer keeps its verdict', () => {
    const erased = storedTransaction({ verdict: { S: 'block' }, erased_at: { S: '2025-04-04T05:06:09.000Z' } });

    expect(itemTransaction(erased, DETAIL_CONFIG)).toMatchObject({ verdict: 'block', erasedAt: '2025-04-04T05:06:09.000Z', reasons: undefined });
  });

  test.each([
    ['none', undefined], ['a blocklist entry', { record_type: { S: 'blocklist-entry' } }], ['one that was changed by hand', storedTransaction({ amount_minor: { S: 'much' } })],
  ])('that is %s is not shown', (_, item) => {
    expect(itemTransaction(item, DETAIL_CONFIG)).toBeUndefined();
  });

  test('is not hidden by a defect of the code', () => {
    expect(() => itemTransaction(storedTransaction(), undefined as never)).toThrow(TypeError);
  });
});

describe('messages', () => {
  const event = (type: string, detail: object) => JSON.stringify({ 'id': 'e1', 'time': '2025-03-04T05:06:07Z', 'detail-type': type, detail });
  const detailOf = (overrides = {}) => toTransactionDetail(storedTransaction(overrides), DETAIL_CONFIG);
  const medium = (id: string): TransactionDetail => detailOf({ transaction_id: { S: `stripe:${id}` }, amount_minor: { N: '250000' } });
  const alertOf = ({ alert_text: text }: TransactionDetail) => JSON.stringify({ Type: 'Notification', MessageId: 'm1', Timestamp: '2025-03-04T05:06:09.000Z', Message: JSON.stringify(text) });

  test('about a transaction that was received say when it was published', () => {
    expect(new LiveMessages(() => NOW).read(event('transaction.received', detailOf()))).toMatchObject([{ transactionId: 'stripe:pi_1', tier: 'high', publishedAt: NOW.toISOString() }]);
  });

  test.each(['transaction.assessed', 'transaction.blocked'])('of the type %s have the verdict', (type) => {
    const [transaction] = new LiveMessages(() => NOW).read(event(type, toAssessedDetail(storedTransaction(ASSESSED), DETAIL_CONFIG)));

    expect(transaction).toMatchObject({ verdict: 'review', reasons: ['velocity'], publishedAt: undefined });
  });

  test('about the alert of a medium value say when it was sent, once', () => {
    const messages = new LiveMessages(() => NOW);
    messages.read(event('transaction.received', medium('pi_2')));

    expect(messages.read(alertOf(medium('pi_2')))).toMatchObject([{ transactionId: 'stripe:pi_2', alertedAt: '2025-03-04T05:06:09.000Z' }]);
    expect(messages.read(alertOf(medium('pi_2')))).toEqual([]);
  });

  test('about alerts wait for a limited number of transactions', () => {
    const messages = new LiveMessages(() => NOW);
    for (let index = 0; index <= 500; index++) {
      messages.read(event('transaction.received', medium(`pi_${index}`)));
    }

    expect(messages.read(alertOf(medium('pi_0')))).toEqual([]);
    expect(messages.read(alertOf(medium('pi_1')))).toHaveLength(1);
  });

  test.each(['', 'null', '[]', '{}', event('transaction.other', { transaction_id: 'a', timestamp: 'b' }), event('transaction.received', {}), event('transaction.received', { transaction_id: 'a' }),
    JSON.stringify({ Type: 'Notification', MessageId: 'm', Timestamp: 't', Message: 'ALARM: something' })])('that are something else are not shown: %s', (body) => {
    expect(new LiveMessages(() => NOW).read(body)).toEqual([]);
  });
});
