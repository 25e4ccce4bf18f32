import { canonical } from './canonical-events';
import { one, several, type Case } from './case';
import { largeAndNew, REASON } from './default-reasons';
import { blockedPayment, high, low, medium, rejected, reviewed, storedOnly, blockedSuspicious } from './expectations';
import { blockCustomer, fiveTimesMoreOnTheBus, rulesBehindTheVerdicts, shadowVerdictOf, unblockCustomer } from './fraud-steps';
import { labelCases } from './label-cases';
import { listCases } from './list-cases';
import { RecordType } from '../../src/private/contract';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** An amount in dollars that a rule reports on its own. */
const LARGE = { amount_minor: 6_000_000, currency: 'USD' } as const;
const LARGE_AMOUNT = '60,000.00 USD';
const LARGE_AND_NEW = largeAndNew(LARGE_AMOUNT);

/** Simulated fraud, honest customers, the operators' lists and labels, with the default rules. */
export function fraudCases(now: Date): Case[] {
  return [
    ...honestCustomer(now), ...stolenCard(now), ...cardTest(now), ...manyPayments(now), ...blocklist(now), ...listCases(now), ...labelCases(now),
    ...repetitions(now), {
      name: 'The rules for these verdicts',
      turn: 'last',
      eventIds: [RecordType.RULE_SET],
      step: rulesBehindTheVerdicts,
      // The shadow rules too.
      expected: { ...rejected('kept'), item: '2 × record of type rule-set', audit: '2' },
    },
  ];
}

function honestCustomer(now: Date): Case[] {
  const customer = { customer_id: 'regular', currency: 'EUR', country: 'DE', card_country: 'DE' };
  const past = [5, 4, 3, 2, 1].map((weeks) => canonical(`regular-${weeks}`, new Date(now.getTime() - weeks * 7 * DAY), { ...customer, amount_minor: 900_000 }));
  const large = canonical('regular-large', now, { ...customer, amount_minor: 4_500_000 });
  return [
    several('A regular customer: a payment a week', past, {
      ...medium('5 × captured 9,000.00 EUR', '5 × 200 stored'), events: '5 × received', rule: '5 × medium', alert: '5 × Medium', audit: '5',
    }),
    {
      continues: true,
      ...one('A large payment by the regular customer', large, high('captured 45,000.00 EUR', [
        ...REASON.overHigh('45,000.00 EUR', 3), ...REASON.spike('45,000.00 EUR', 3, '9,000.00 EUR', 5), ...REASON.total('45,000.00 EUR'),
      ])),
      showsAlerts: true,
    },
    {
      name: 'The shadow rules, which would review it',
      continues: true,
      eventIds: ['shadow-verdict'],
      step: shadowVerdictOf(large.id),
      // The payment's own verdict, events and alerts are in the line before.
      expected: rejected('shadow review (42), counted as review'),
    },
  ];
}

function stolenCard(now: Date): Case[] {
  const customer = { customer_id: 'thief', currency: 'USD', country: 'DE', card_country: 'US' };
  const declines = [3, 2, 1].map((minutes) => canonical(`declined-${minutes}`, new Date(now.getTime() - minutes * MINUTE), {
    ...customer, kind: 'failed', amount_minor: 100,
  }));
  return [
    several('A stolen card is tested: three declines', declines, {
      ...storedOnly('3 × failed 1.00 USD', '3 × 200 stored'), events: '3 × received', audit: '3',
    }),
    {
      continues: true,
      ...one('A large payment with it', canonical('thief', now, { ...customer, ...LARGE }), blockedPayment('captured 60,000.00 USD', [
        ...LARGE_AND_NEW, ...REASON.countryMismatch, ...REASON.threeDeclines,
      ])),
      showsAlerts: true,
    },
    one('A large payment, countries differ', canonical('suspicious', now, { ...LARGE, country: 'DE', card_country: 'US' }),
      blockedPayment('captured 60,000.00 USD', [...LARGE_AND_NEW, ...REASON.countryMismatch])),
  ];
}

/** Another fraudster tests several cards with small payments. One payment succeeds. */
function cardTest(now: Date): Case[] {
  const customer = { customer_id: 'tester', currency: 'USD', country: 'DE', card_country: 'US', amount_minor: 200 };
  const declines = [3, 2, 1].map((minutes) => canonical(`tested-${minutes}`, new Date(now.getTime() - minutes * MINUTE), {
    ...customer, kind: 'failed', card_fingerprint: `card-${minutes}`,
  }));
  return [
    several('Three stolen cards are tested: three declines', declines, {
      ...storedOnly('3 × failed 2.00 USD', '3 × 200 stored'), events: '3 × received', audit: '3',
    }),
    {
      continues: true,
      ...one('A small payment with a fourth card', canonical('tested', now, { ...customer, card_fingerprint: 'card-4' }), blockedSuspicious('captured 2.00 USD', [
        ...REASON.countryMismatch, ...REASON.fourCards, ...REASON.threeDeclines,
      ])),
      showsAlerts: true,
    },
  ];
}

function manyPayments(now: Date): Case[] {
  const small = [1, 2, 3, 4, 5].map((minutes) => canonical(`frequent-${minutes}`, new Date(now.getTime() - minutes * MINUTE), {
    amount_minor: 500, currency: 'USD', customer_id: 'frequent',
  }));
  return [
    several('Five small payments by one customer', small, {
      ...low('5 × captured 5.00 USD', '5 × 200 stored'), events: '5 × received', rule: '5 × low', audit: '5',
    }),
    {
      continues: true,
      ...one('The sixth, and large', canonical('sixth', now, { ...LARGE, customer_id: 'frequent' }), blockedPayment('captured 60,000.00 USD', [
        ...REASON.overHigh(LARGE_AMOUNT, 5),
        ...REASON.spike(LARGE_AMOUNT, 30, '5.00 USD', 5),
        ...REASON.newCustomer(LARGE_AMOUNT, '5 minutes'),
        ...REASON.total('60,025.00 USD'),
      ])),
    },
  ];
}

function blocklist(now: Date): Case[] {
  const payment = (name: string, daysAgo: number) => canonical(`suspect-${name}`, new Date(now.getTime() - daysAgo * DAY), {
    customer_id: 'suspect', amount_minor: 1_500_000, currency: 'EUR',
  });
  const [before, during, after] = [payment('before', 40), payment('during', 2), payment('after', 0)];
  const customer = 'standard-webhooks:suspect';
  return [
    one('A customer who is on no blocklist', before, high('captured 15,000.00 EUR', REASON.newCustomer('15,000.00 EUR'))),
    {
      name: 'An operator adds the customer to the blocklist',
      continues: true,
      eventIds: [`blocklist:customer:${customer}`],
      step: blockCustomer(customer, 'chargebacks', before.id),
      // The customer is removed again below: two changes, and no item at the end.
      expected: { ...rejected('put'), audit: '2' },
    },
    {
      continues: true,
      ...one('The next payment of that customer', during, blockedPayment('captured 15,000.00 EUR', [`blocked customer ${customer} (chargebacks) (+100)`])),
      showsAlerts: true,
    },
    {
      name: 'After removal from the blocklist, the customer pays again',
      continues: true,
      eventIds: [after.id],
      step: unblockCustomer(customer, during.id, after),
      expected: { ...high('captured 15,000.00 EUR'), answer: 'deleted, 200 stored' },
    },
  ];
}

function repetitions(now: Date): Case[] {
  const atOnce = canonical('large-at-once', now, LARGE);
  const onTheBus = canonical('large-on-the-bus', now, LARGE);
  const expected = reviewed('captured 60,000.00 USD', LARGE_AND_NEW);
  return [
    {
      ...one('Large, posted five times at once', atOnce, { ...expected, answer: '200 stored, 4 × 200 duplicate' }),
      requests: Array.from({ length: 5 }, () => atOnce),
      inParallel: true,
    },
    {
      name: 'Large, its event five times more on the bus',
      eventIds: [onTheBus.id],
      step: fiveTimesMoreOnTheBus(onTheBus),
      expected: { ...expected, answer: '200 stored, 5 more' },
    },
  ];
}
