import { eventsOf } from './event-lines';
import { RandomNumbers } from './random-numbers';
import { replayPayments, replayUnlessInterrupted, type ReplaySettings } from '../../../cli/backtest/replayed-payments';
import type { FraudConfig } from '../../../src/private/contract';

const TIERS = { medium: 10, high: 50 };
const RULES: FraudConfig = {
  tiers: TIERS,
  review: 40,
  block: 80,
  rules: [
    { rule: 'velocity', score: 40, windowSeconds: 3_600, count: 1 },
    { rule: 'earlier-fraud', score: 60, windowSeconds: 7_776_000, by: 'customer' },
    { rule: 'scored-by', score: 100, functionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:score', timeoutMillis: 100, onFailure: 100 },
  ],
};
const SETTINGS: ReplaySettings = { tiers: TIERS, ruleSets: [RULES], factsOf: 'assessed' };
const at = (minute: number) => new Date(Date.parse('2026-01-10T12:00:00Z') + 60_000 * minute).toISOString();
const replay = (lines: readonly object[], settings: Partial<ReplaySettings> = {}) => replayPayments(eventsOf(lines), { ...SETTINGS, ...settings });

describe('a replay', () => {
  test('assesses each payment with the earlier ones, and returns the rules that fired and decided', () => {
    const [first, second] = replay([{ event_time: at(0) }, { event_time: at(30) }]);

    expect(first).toMatchObject({ tier: 'high', assessed: true, outcomes: [{ verdict: 'approve', score: 0, fired: [], decisive: [] }] });
    expect(second.outcomes).toEqual([{ verdict: 'review', score: 40, fired: [0], decisive: [0] }]);
    expect(second.facts).toMatchObject({
      customerPayments: 1, customerPaymentsInHour: 2, amountToHigh: 2, amountToCustomerMedian: 1, sinceCustomerPayment: 30,
    });
  });

  test('sorts events by their receipt', () => {
    const payments = replay([{ event_time: at(30) }, { event_time: at(0) }, { event_time: at(0) }]);

    expect(payments.map(({ event }) => event.detail.event_id)).toEqual(['line-2', 'line-3', 'line-1']);
  });

  test('finds an event that arrived late, and not one that has not arrived', () => {
    const late = { event_time: at(0), received_at: at(60) };
    const [early, punctual] = replay([{ event_time: at(10) }, late]);

    expect(early.outcomes[0].fired).toEqual([]);
    expect(punctual.outcomes[0].fired).toEqual([0]);
  });

  test('does not find an event whose time is later than the payment and its receipt', () => {
    const [, present] = replay([{ event_time: at(60), received_at: at(0) }, { event_time: at(10) }]);

    expect(present.outcomes[0].fired).toEqual([]);
  });

  test('keeps refunds and declined payments in the history only', () => {
    const payments = replay([{ event_time: at(0), kind: 'refunded' }, { event_time: at(1), kind: 'failed' }, { event_time: at(2) }]);

    expect(payments).toHaveLength(1);
    expect(payments[0].facts).toMatchObject({ customerDeclinesInHour: 1, customerPayments: 0 });
    expect(payments[0].outcomes[0].fired).toEqual([0]);
  });

  test('assesses payments below the high tier according to the scope', () => {
    const lines = [
      { event_time: at(0), amount_minor: 900 },
      { event_time: at(1), kind: 'failed', customer_id: undefined, card_fingerprint: 'card' },
      { event_time: at(2), kind: 'failed', customer_id: undefined, card_fingerprint: 'card' },
      { event_time: at(3), amount_minor: 900, card_fingerprint: 'card' },
    ];
    const assessed = (scope?: ReplaySettings['scope']) => replay(lines, { scope }).map((payment) => payment.assessed);

    expect(assessed()).toEqual([false, false]);
    expect(assessed({ below: 'suspicious', declines: 2, windowSeconds: 600 })).toEqual([false, true]);
    expect(assessed({ below: 'suspicious', declines: 3, windowSeconds: 600 })).toEqual([false, false]);
    expect(assessed({ below: 'suspicious', declines: 2, windowSeconds: 60 })).toEqual([false, false]);
    expect(assessed({ below: 'all' })).toEqual([true, true]);
  });

  test('leaves payments before a time out of the result, and in the history', () => {
    const lines = [{ event_time: at(0), amount_minor: 9_000 }, { event_time: at(5), amount_minor: 9_000 }];
    const facts = (from?: string) => replay(lines, { from, factsOf: 'all' }).map((payment) => payment.facts?.customerPayments);

    expect(facts()).toEqual([0, 1]);
    expect(facts(at(5))).toEqual([1]);
  });

  test('distinguishes the cards of two providers', () => {
    const declined = { kind: 'failed', card_fingerprint: 'card', provider: 'other' };
    const [payment] = replay([{ ...declined, event_time: at(0) }, { event_time: at(3), card_fingerprint: 'card' }]);

    expect(payment.facts).toMatchObject({ cardDeclinesInDay: 0 });
  });

  test('shows a label only to payments that are received after it', () => {
    const fraud = { event_time: at(0), label: 'fraud' };
    const payments = (label: object) => replay([{ ...fraud, ...label }, { event_time: at(600) }, { event_time: at(1_200) }]).slice(1);

    expect(payments({ label_time: at(900) }).map(({ facts }) => facts!.earlierFraud)).toEqual([0, 1]);
    expect(payments({ label_time: at(900) }).map(({ outcomes: [{ fired }] }) => fired)).toEqual([[], [1]]);
    expect(payments({}).map(({ facts }) => facts!.earlierFraud)).toEqual([0, 0]);
  });

  test('compares amounts with the earlier high-value payments of this month and the last one', () => {
    const inMonth = (month: string, amount: number) => [...Array(100).keys()].map(() => ({ event_time: `2026-${month}-10T00:00:00Z`, customer_id: undefined, amount_minor: amount }));
    const payments = replay([...inMonth('01', 1_000), ...inMonth('01', 10_000), ...inMonth('02', 20_000), ...inMonth('03', 30_000), ...inMonth('03', 10_000)]);
    const rankOf = (index: number) => payments[index].facts?.amountShopRank;

    // Of the first in February, all of January's 100 were smaller, and those below the high tier do not count.
    expect(rankOf(200)).toBe(1);
    // Half of those of the same amount count: 50 of 199, and of those in January none.
    expect(rankOf(299)).toBeCloseTo((100 + 99 / 2) / 199);
    // In March, January does not count.
    expect(rankOf(400)).toBe(0);
  });

  test('counts a customer with a full page of history as known for a long time', () => {
    const lines = [...Array(201).keys()].map((minute) => ({ event_time: at(minute) }));
    const payments = replay(lines);

    expect(payments[198].facts!.customerAge).toBeCloseTo(198 / 1_440);
    expect(payments[200].facts!.customerAge).toBe(3_650);
  });

  test('computes the facts of all payments, or no facts', () => {
    const lines = [{ amount_minor: 900 }];

    expect(replay(lines)[0].facts).toBeUndefined();
    expect(replay(lines, { factsOf: 'all' })[0].facts).toMatchObject({ amountToHigh: 0.18 });
    expect(replay([{}], { factsOf: 'none' })[0].facts).toBeUndefined();
  });

  describe('of many payments', () => {
    const many = eventsOf([...Array(2_001).keys()].map((minute) => ({ event_time: at(minute), customer_id: `c${minute}` })));

    test('reports its progress, and has the same result', async () => {
      const done: number[] = [];

      const replayed = await replayUnlessInterrupted(many, SETTINGS, new AbortController().signal, (each) => done.push(each));

      expect(done).toEqual([1_000, 2_000]);
      expect(replayed).toEqual(replayPayments(many, SETTINGS));
    });

    test('can be interrupted by an event of the process', async () => {
      const interruption = new AbortController();
      const done: number[] = [];
      const replayed = replayUnlessInterrupted(many, SETTINGS, interruption.signal, (each) => {
        done.push(each);
        setImmediate(() => interruption.abort());
      });

      await expect(replayed).rejects.toThrow('aborted');
      expect(done).toEqual([1_000]);
    });
  });

  test('is not changed by later events', () => {
    const random = new RandomNumbers(5);
    const lines = [...Array(300).keys()].map((minute) => ({
      event_time: at(minute * 20),
      customer_id: `c${random.below(20)}`,
      card_fingerprint: `f${random.below(30)}`,
      email_hash: `m${random.below(15)}`,
      amount_minor: 1_000 + random.below(20_000),
      kind: random.pick(['captured', 'captured', 'failed', 'refunded']),
      ...random.chance(0.2) && { label: 'fraud', label_time: at(minute * 20 + random.below(4_000)) },
    }));
    const settings = { factsOf: 'all', scope: { below: 'all' } } as const;
    const before = replay(lines.slice(0, 200), settings);
    const changed = lines.map((line, index) => (index < 200 ? line : { ...line, amount_minor: 1, kind: 'captured', label: 'fraud', label_time: line.event_time }));

    expect(replay(lines, settings).slice(0, before.length)).toEqual(before);
    expect(replay(changed, settings).slice(0, before.length)).toEqual(before);
  });
});
