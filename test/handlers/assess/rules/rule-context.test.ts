import { eventsWithin, occurredAt, presentEvent, windowOf, within } from '../../../../handlers/assess/rules/rule-context';
import { RECEIVED_AT } from '../../support/items';
import { detailWith, factsWith, pastEvents, timeAgo } from '../details';

describe('occurredAt', () => {
  test('is the signed time or, without one, the time of receipt', () => {
    expect(occurredAt(detailWith())).toBe('2025-03-04T05:06:00.000Z');
    expect(occurredAt(detailWith({ event_time: undefined }))).toBe(RECEIVED_AT);
  });
});

describe('windowOf', () => {
  test.each([
    ['received soon', RECEIVED_AT, RECEIVED_AT],
    ['received late: for as long again', '2025-03-07T00:00:00.000Z', '2025-03-04T06:06:00.000Z'],
    ['signed by a clock that is ahead', '2025-03-04T05:00:00.000Z', '2025-03-04T05:06:00.000Z'],
  ])('of an event that was %s', (_, received_at, to) => {
    expect(windowOf(detailWith({ received_at }), 3600)).toEqual({ from: '2025-03-04T04:06:00.000Z', to });
  });
});

describe('within', () => {
  test.each([
    ['its first moment', 3600, true],
    ['the one before', 3600.001, false],
    ['its last moment', -7.089, true],
    ['the one after', -7.09, false],
  ])('%s', (_, secondsAgo, expected) => {
    expect(within(detailWith(), 3600)(timeAgo(secondsAgo))).toBe(expected);
  });
});

describe('presentEvent', () => {
  test('has the same form as earlier events', () => {
    expect(presentEvent(detailWith({ card_bin: '424242', card_fingerprint: 'fp_1', email_hash: 'hash_1' }))).toEqual({
      transactionId: 'stripe:pi_1',
      occurredAt: '2025-03-04T05:06:00.000Z',
      kind: 'captured',
      amountMinor: 1234567n,
      exponent: 2,
      currency: 'EUR',
      customer: 'stripe:cus_1',
      country: 'DE',
      cardCountry: 'FR',
      cardBin: '424242',
      cardFingerprint: 'fp_1',
      emailHash: 'hash_1',
      declined: false,
    });
  });

  test('has no customer if the detail has no customer', () => {
    expect(presentEvent(detailWith({ customer_id: undefined })).customer).toBeUndefined();
  });

  test('has no amount if the detail has no amount', () => {
    expect(presentEvent(detailWith({ amount_minor: undefined, exponent: undefined }))).toMatchObject({ amountMinor: undefined, exponent: undefined });
  });

  test('keeps an amount that exceeds a float', () => {
    expect(presentEvent(detailWith({ amount_minor: '9007199254740993' })).amountMinor).toBe(9007199254740993n);
  });
});

describe('eventsWithin', () => {
  test('returns the present event and the events in the window', () => {
    const [inside, before] = pastEvents(3600, 3601);
    const facts = factsWith({ history: [inside, before] });

    expect(eventsWithin(facts, 3600)).toEqual([presentEvent(facts.detail), inside]);
  });

  test('returns no events if the customer is unknown', () => {
    expect(eventsWithin(factsWith({ history: pastEvents(10), detail: { customer_id: undefined } }), 3600)).toEqual([]);
  });
});
