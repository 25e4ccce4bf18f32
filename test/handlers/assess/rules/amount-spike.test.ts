import * as fc from 'fast-check';
import { amountSpike } from '../../../../handlers/assess/rules/amount-spike';
import type { PastEvent } from '../../../../handlers/assess/rules/rule-context';
import type { TransactionDetail } from '../../../../src/private/contract';
import { factsWith, pastEvent, payments } from '../details';

function reasonFor(history: PastEvent[], detail: Partial<TransactionDetail> = {}, { factor = 5, transactions = 3 } = {}) {
  return amountSpike.evaluate({ rule: 'amount-spike', score: 1, factor, transactions, windowSeconds: 86400 }, factsWith({ detail, history }));
}

describe('amountSpike', () => {
  test.each([
    ['under the limit', '49999', false],
    ['at the limit', '50000', false],
    ['over the limit', '50001', true],
  ])('%s', (_, amount_minor, fires) => {
    expect(reasonFor(payments(9000n, 10000n, 99999n), { amount_minor }) !== undefined).toBe(fires);
  });

  test('names the figures', () => {
    expect(reasonFor(payments(10000n, 9000n, 20000n, 11001n))).toBe(
      'amount 12,345.67 EUR is over 5 times the median 105.005 EUR of 4 earlier transactions of the customer within 1 day',
    );
  });

  test.each<[bigint[], string, boolean]>([
    [[100n, 101n, 200n, 1n], '502', false],
    [[100n, 101n, 200n, 1n], '503', true],
    [[1n, 2n, 3n, 4n, 5n], '15', false],
    [[5n, 3n, 1n, 2n, 4n], '16', true],
    [[9n, 10n, 100n], '50', false],
    [[9n, 10n, 100n], '51', true],
  ])('the median of %s against %s', (amounts, amount_minor, fires) => {
    expect(reasonFor(payments(...amounts), { amount_minor }) !== undefined).toBe(fires);
  });

  test.each([
    [2.5, '25', false],
    [2.5, '26', true],
    [1.1, '11', false],
    [1.1, '12', true],
  ])('a factor of %d against %s', (factor, amount_minor, fires) => {
    expect(reasonFor(payments(10n, 10n, 10n), { amount_minor }, { factor }) !== undefined).toBe(fires);
  });

  test('multiplies amounts that exceed a float', () => {
    const past = payments(9007199254740993n, 9007199254740993n, 9007199254740993n);

    expect(reasonFor(past, { amount_minor: '9007199254740993' }, { factor: 1 })).toBeUndefined();
    expect(reasonFor(past, { amount_minor: '9007199254740994' }, { factor: 1 })).toBeDefined();
  });

  test.each([
    ['one too few', 2, false],
    ['just enough', 3, true],
    ['more than enough', 4, true],
  ])('%s earlier transactions', (_, many, fires) => {
    expect(reasonFor(payments(...Array<bigint>(many).fill(100n))) !== undefined).toBe(fires);
  });

  test('does not fire without earlier payments', () => {
    expect(reasonFor([], {}, { transactions: 0 })).toBeUndefined();
  });

  test.each<[string, Partial<PastEvent>]>([
    ['a refund', { kind: 'refunded' }],
    ['a declined payment', { kind: 'failed' }],
    ['a canceled payment', { kind: 'canceled' }],
    ['another currency', { currency: 'USD' }],
    ['no currency', { currency: 'XXX' }],
    ['no amount', { amountMinor: undefined }],
    ['an amount of zero', { amountMinor: 0n }],
    ['an event before the window', { occurredAt: pastEvent(86401).occurredAt }],
    ['another event of the transaction itself', { transactionId: 'stripe:pi_1' }],
    ['another event of an earlier transaction', { transactionId: 'stripe:past_60' }],
  ])('does not count %s', (_, event) => {
    expect(reasonFor([...payments(10000n, 10000n), pastEvent(300, event)])).toBeUndefined();
    expect(reasonFor([...payments(10000n, 10000n), pastEvent(300)])).toBeDefined();
  });

  test('compares amounts of different exponents', () => {
    const past = [pastEvent(10, { amountMinor: 100n, exponent: 0 }), pastEvent(20, { amountMinor: 100000n, exponent: 3 }), pastEvent(30)];

    expect(reasonFor(past, { amount_minor: '5000000', exponent: 4 })).toBeUndefined();
    expect(reasonFor(past, { amount_minor: '5000001', exponent: 4 })).toMatch(/^amount 500.0001 EUR is over 5 times the median 100.00 EUR /);
  });

  test.each<[string, Partial<TransactionDetail>]>([
    ['a customer', { customer_id: undefined }],
    ['an amount', { amount_minor: undefined, exponent: undefined }],
    ['a currency', { currency: 'XXX' }],
    ['being a payment', { kind: 'refunded' }],
  ])('does not fire without %s', (_, detail) => {
    const past = payments(1n, 1n, 1n).map((event) => ({ ...event, currency: detail.currency ?? event.currency }));

    expect(reasonFor(past, detail)).toBeUndefined();
  });

  test('agrees with counting: the amount is over the factor times at least half of the earlier ones', () => {
    const amount = fc.bigInt({ min: 1n, max: 2n ** 70n });
    const oddNumber = fc.array(amount, { minLength: 1, maxLength: 9 }).filter(({ length }) => length % 2 === 1);
    fc.assert(fc.property(oddNumber, amount, fc.integer({ min: 1, max: 20 }), (past, present, factor) => {
      const fires = reasonFor(payments(...past), { amount_minor: String(present) }, { factor, transactions: 1 }) !== undefined;

      expect(fires).toBe(past.filter((earlier) => present > BigInt(factor) * earlier).length > past.length / 2);
    }));
  });
});
