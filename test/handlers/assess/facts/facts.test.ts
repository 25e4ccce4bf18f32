import { factsOf } from '../../../../handlers/assess/facts/facts';
import { FACT_NEEDS } from '../../../../handlers/assess/rules/fact-needs';
import { contextOf, type Loadable } from '../../../../handlers/assess/rules/rule-context';
import { FACTS, type FactName } from '../../../../src/private/contract';
import { TIERS } from '../../support/items';
import { detailWith, factsWith, pastEvent, timeAgo } from '../details';

const NAMES = Object.keys(FACTS) as FactName[];

/** A context that each fact has a value for. */
const COMPLETE = factsWith({
  detail: {
    card_fingerprint: 'fp', card_bin: '411111', email_hash: 'hash', risk_score: 12, risk_level: 'normal', three_d_secure: 'authenticated',
  },
  history: [pastEvent(600, { cardBin: '411111', country: 'DE', cardCountry: 'FR', label: 'fraud' })],
  firstSeenAt: timeAgo(864_000),
  declines: [{ transactionId: 'stripe:declined', occurredAt: timeAgo(60), cardBin: '555555' }],
  cardEvents: [pastEvent(600, { customer: 'stripe:cus_2' }), pastEvent(60, { declined: true, kind: 'failed' })],
  emailEvents: [pastEvent(600, { customer: 'stripe:cus_3' }), pastEvent(60, { declined: true, kind: 'failed' })],
  shopAmounts: new Map([[0, 150], [99, 50]]),
});

describe('factsOf', () => {
  test('has a value for each fact of a complete context', () => {
    expect(factsOf(COMPLETE)).toEqual({
      amountToHigh: 1.234567,
      amountShopRank: 0.75,
      amountToCustomerMedian: 123.4567,
      amountToCustomerMaximum: 123.4567,
      customerAge: 10,
      customerPayments: 1,
      customerPaymentsInHour: 2,
      customerPaymentsInDay: 2,
      customerSpentInDay: 1.244567,
      customerSameAmountInDay: 1,
      sinceCustomerPayment: 10,
      customerDeclinesInHour: 1,
      customerDeclinesInDay: 1,
      customerCardsInWeek: 2,
      newCard: 0,
      newCountry: 0,
      countryMismatch: 1,
      cardCustomersInMonth: 2,
      cardPaymentsInDay: 2,
      cardSpentInDay: 1.244567,
      cardDeclinesInDay: 1,
      emailCustomersInMonth: 2,
      emailPaymentsInDay: 2,
      emailDeclinesInDay: 1,
      earlierFraud: 1,
      providerRiskScore: 12,
      providerRiskLevel: 0,
      authenticated: 1,
      hourOfDay: 5,
    });
    expect(Object.keys(factsOf(COMPLETE)).sort()).toEqual([...NAMES].sort());
  });

  test('leaves out what is not known', () => {
    const nothing = factsWith({
      detail: { customer_id: undefined, country: undefined, amount_minor: undefined },
      history: COMPLETE.history,
      declines: COMPLETE.declines,
      cardEvents: COMPLETE.cardEvents,
    });

    expect(factsOf(nothing)).toEqual({ hourOfDay: 5 });
  });

  test('leaves out what is not finite: a multiple of a threshold of zero', () => {
    const free = factsOf({ ...COMPLETE, tiers: { medium: 0, high: 0 } });

    expect(NAMES.filter((name) => !(name in free))).toEqual(['amountToHigh', 'customerSpentInDay', 'cardSpentInDay']);
  });

  test.each(NAMES)('computes %s from the parts that it declares', (name) => {
    const parts = Object.fromEntries(FACT_NEEDS[name].map((need) => [need, COMPLETE[need]])) as Partial<Loadable>;

    expect(factsOf(contextOf(COMPLETE.detail, TIERS, parts))[name]).toBe(factsOf(COMPLETE)[name]);
  });

  test.each(NAMES)('declares no part that %s is not computed from', (name) => {
    const nothing = contextOf(detailWith(), TIERS);
    const useless = FACT_NEEDS[name].filter((need) => factsOf({ ...COMPLETE, [need]: nothing[need] })[name] === factsOf(COMPLETE)[name]);

    expect(useless.filter((need) => !SAME_WITHOUT[name]?.includes(need))).toEqual([]);
  });

  test('does not change the context', () => {
    const before = structuredClone(COMPLETE);

    factsOf(COMPLETE);

    expect(COMPLETE).toEqual(before);
  });
});

/** Parts whose absence does not change the value of the complete context: one fraud is enough, and amounts differ. */
const SAME_WITHOUT: { readonly [F in FactName]?: readonly string[] } = {
  earlierFraud: ['cardEvents', 'emailEvents'],
  customerSameAmountInDay: ['history'],
  customerCardsInWeek: ['history'],
};
