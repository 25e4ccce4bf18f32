import { timeAgo } from './details';
import { historyContext, pastEventOf } from '../../../handlers/assess/history-context';
import type { StoredItem } from '../../../handlers/aws/stored-item';
import { HISTORY_ATTRIBUTES, NEVER_A_MOVEMENT } from '../../../src/private/contract';
import { ALL_SAMPLES } from '../support/all-samples';
import { storedTransaction } from '../support/items';
import { SchemeRunner } from '../support/scheme-runner';

/** An event with every attribute that the indexes have. */
function indexed(overrides: Parameters<typeof storedTransaction>[0] = {}): StoredItem {
  return storedTransaction({ card_fingerprint: { S: 'card-a' }, email_hash: { S: 'hash-a' }, label: { S: 'fraud' }, ...overrides }) as StoredItem;
}
const at = (secondsAgo: number, overrides: Parameters<typeof storedTransaction>[0] = {}) => (
  indexed({ occurred_at: { S: timeAgo(secondsAgo) }, ...overrides })
);
const unexpected = (error: unknown) => {
  throw error;
};

describe('pastEventOf', () => {
  test('has every field that rules read', () => {
    expect(pastEventOf(indexed())).toEqual({
      transactionId: 'stripe:pi_1',
      occurredAt: timeAgo(0),
      kind: 'captured',
      amountMinor: 1234567n,
      exponent: 2,
      currency: 'EUR',
      customer: 'stripe:cus_1',
      country: 'DE',
      cardCountry: 'FR',
      cardBin: '424242',
      cardFingerprint: 'card-a',
      emailHash: 'hash-a',
      label: 'fraud',
      declined: false,
    });
  });

  test.each(HISTORY_ATTRIBUTES)('reads %s, because the indexes contain only attributes that rules can read', (attribute) => {
    const { [attribute]: removed, ...rest } = indexed();
    const read = (item: StoredItem) => {
      try {
        return pastEventOf(item);
      } catch (error) {
        return error;
      }
    };

    expect(removed).toBeDefined();
    expect(read(rest)).not.toEqual(pastEventOf(indexed()));
  });

  test('has no amount if the event has no amount, and an amount that exceeds a double', () => {
    expect(pastEventOf(indexed({ amount_minor: undefined, exponent: undefined }))).toMatchObject({ amountMinor: undefined, exponent: undefined });
    expect(pastEventOf(indexed({ amount_minor: { N: '12345678901234567890' }, exponent: { N: '18' } }))).toMatchObject({
      amountMinor: 12345678901234567890n, exponent: 18,
    });
  });

  test.each<[string, Parameters<typeof storedTransaction>[0], boolean, string | undefined]>([
    ['in the partition of declined payments is declined', { customer_key: { S: 'declined#stripe:cus_1' }, kind: { S: 'other' } }, true, 'stripe:cus_1'],
    ['of a kind that is never a movement is declined, also without a customer', { customer_key: undefined, kind: { S: 'failed' } }, true, undefined],
    ['of another kind is a movement', { kind: { S: 'other' } }, false, 'stripe:cus_1'],
    ['of another kind without a customer is a movement', { customer_key: undefined }, false, undefined],
  ])('an event %s', (_, overrides, declined, customer) => {
    expect(pastEventOf(indexed(overrides))).toMatchObject({ declined, customer });
  });

  test('has no label if the label is not known', () => {
    expect(pastEventOf(indexed({ label: { S: 'perhaps' } })).label).toBeUndefined();
  });

  test.each(Object.entries(ALL_SAMPLES))(
    'finds the declined payments of %s by their kinds', async (_, samples) => {
      const runner = new SchemeRunner(samples);
      const payloads = [...samples.events, ...Object.values(samples.outcomes).flat()];
      const events = await Promise.all(payloads.map(async (sample) => runner.normalize(await runner.sign(sample), sample.config)));
      const declined = events.flat().filter(({ fields }) => fields.declined);

      expect(declined.filter(({ fields: { kind } }) => !NEVER_A_MOVEMENT.includes(kind))).toEqual([]);
    });
});

describe('historyContext', () => {
  test('is empty if nothing was read', () => {
    expect(historyContext({}, unexpected)).toEqual({ history: [], firstSeenAt: undefined, declines: [], cardEvents: [], emailEvents: [] });
  });

  test('has the events of each history', () => {
    const [a, b, c, d] = [1, 2, 3, 4].map((seconds) => at(seconds));

    expect(historyContext({ history: [a, b], declines: [b], cardEvents: [c], emailEvents: [d, c] }, unexpected)).toEqual({
      history: [pastEventOf(a), pastEventOf(b)],
      firstSeenAt: timeAgo(2),
      declines: [pastEventOf(b)],
      cardEvents: [pastEventOf(c)],
      emailEvents: [pastEventOf(d), pastEventOf(c)],
    });
  });

  test('has no first time of a customer whose page is full, because there can be older movements', () => {
    const page = Array.from({ length: 200 }, (_, index) => at(index));

    expect(historyContext({ history: page.slice(1) }, unexpected).firstSeenAt).toBe(timeAgo(199));
    expect(historyContext({ history: page }, unexpected).firstSeenAt).toBe('0000');
  });

  test.each([
    ['of an unknown kind', { kind: { S: 'stolen' } }],
    ['with an invalid amount', { amount_minor: { S: 'a lot' } }],
    ['with a customer that is not text', { customer_key: { N: '1' } }],
  ])('skips and reports an event %s, so that it does not stop all assessments of the customer', (_, overrides) => {
    const errors: unknown[] = [];
    const context = historyContext({ history: [at(1), at(2, overrides)], cardEvents: [at(2, overrides)] }, (error) => errors.push(error));

    expect(context).toMatchObject({ history: [pastEventOf(at(1))], firstSeenAt: timeAgo(2), cardEvents: [] });
    expect(errors).toEqual([expect.objectContaining({ name: 'UnreadableItem' }), expect.objectContaining({ name: 'UnreadableItem' })]);
  });

  test('counts an unreadable event of a full page', () => {
    const page = Array.from({ length: 200 }, (_, index) => at(index, index === 7 ? { kind: { S: 'stolen' } } : {}));

    expect(historyContext({ history: page }, () => undefined)).toMatchObject({ history: { length: 199 }, firstSeenAt: '0000' });
  });
});
