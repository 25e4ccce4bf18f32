import type { DeclineLookup, Screening } from '../../../../handlers/publish/screening/decline-lookups';
import { screenPayments } from '../../../../handlers/publish/screening/screen-payments';

/** A screening whose lookups are in partitions with these names. */
const screening = (...partitions: string[]) => ({ declines: 2, lookups: partitions.map((partition) => ({ partition })) }) as unknown as Screening;
/** The events of declines of different transactions. */
const declines = (count: number) => Array.from({ length: count }, (_, index) => ({ transactionId: `t${index}`, occurredAt: '2025-03-04T05:00:00.000Z' }));
const reader = (found: { readonly [partition: string]: number }) => async ({ partition }: DeclineLookup) => declines(found[partition]);

describe('screenPayments', () => {
  test.each([[1, 1, false], [2, 0, true], [0, 2, true], [0, 0, false]])(
    'with %i declines of the customer and %i with the card, a payment is suspicious: %s', async (customer, card, expected) => {
      expect(await screenPayments([screening('customer', 'card')], reader({ customer, card }))).toEqual({ suspicious: [expected] });
    },
  );

  test('counts the events of one transaction within three seconds once', async () => {
    const read = async () => [...declines(1), ...declines(1)];

    expect(await screenPayments([screening('customer')], read)).toEqual({ suspicious: [false] });
  });

  test('reads nothing for a payment that needs no screening', async () => {
    const read = jest.fn(reader({ a: 2 }));

    expect(await screenPayments([undefined, screening('a'), undefined], read)).toEqual({ suspicious: [false, true, false] });
    expect(read).toHaveBeenCalledTimes(1);
    expect(await screenPayments([], read)).toEqual({ suspicious: [] });
  });

  test('reads for twenty payments at a time', async () => {
    let running = 0;
    let most = 0;
    const read = async () => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running -= 1;
      return [];
    };

    const { suspicious } = await screenPayments(Array.from({ length: 50 }, () => screening('a')), read);

    expect([suspicious.length, most]).toEqual([50, 20]);
  });

  test('returns the results before the first failure, even if a later one fails first, and starts no further reads', async () => {
    const read = jest.fn(async ({ partition }: DeclineLookup) => {
      const number = Number(partition);
      for (let turn = 0; turn < (number === 3 ? 5 : 1); turn++) {
        await new Promise(setImmediate);
      }
      if (number === 3 || number === 5) {
        throw Object.assign(new Error(), { name: `Failure${number}` });
      }
      return declines(number === 1 ? 2 : 0);
    });

    const results = await screenPayments(Array.from({ length: 100 }, (_, index) => screening(String(index))), read);

    expect(results).toEqual({ suspicious: [false, true, false], failure: 'Failure3' });
    expect(read.mock.calls.length).toBeLessThan(45);
  });
});
