import { canonical } from './canonical-events';
import { one, several, type Case } from './case';
import { blockedPayment, high, low, medium, rejected, reviewed, storedOnly, suspicious } from './expectations';
import { blockCustomer, fiveTimesMoreOnTheBus, rulesBehindTheVerdicts, unblockCustomer } from './fraud-steps';
import { RecordType } from '../../src/private/contract';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Reasons of the default rules. */
export const REASON = {
  amountAbove: (amount: string) => `amount ${amount} is over 50,000 (+30)`,
  notSeenBefore: (amount: string) => `amount ${amount} is over 10,000 and the customer was not seen before (+30)`,
  twoInADay: '2 transactions of the customer within 1 day, over 1 (+20)',
  countryMismatch: "country DE differs from the card's country US (+20)",
};

/** An amount in dollars that a rule reports on its own. */
const LARGE = { amount_minor: 6_000_000, currency: 'USD' } as const;
const LARGE_AND_NEW = [REASON.amountAbove('60,000.00 USD'), REASON.notSeenBefore('60,000.00 USD')];

/** Simulated fraud, honest customers and the operators' blocklist, with the default rules. */
export function fraudCases(now: Date): Case[] {
  return [...honestCustomer(now), ...stolenCard(now), ...cardTest(now), ...manyPayments(now), ...blocklist(now), ...repetitions(now), {
    name: 'The rules for these verdicts',
    eventIds: [RecordType.RULE_SET],
    step: rulesBehindTheVerdicts,
    expected: { ...rejected('kept'), item: 'record of type rule-set', audit: '1' },
  }];
}

function honestCustomer(now: Date): Case[] {
  const customer = { customer_id: 'regular', currency: 'EUR', country: 'DE', card_country: 'DE' };
  const past = [5, 4, 3, 2, 1].map((weeks) => canonical(`regular-${weeks}`, new Date(now.getTime() - weeks * 7 * DAY), { ...customer, amount_minor: 900_000 }));
  const large = canonical('regular-large', now, { ...customer, amount_minor: 4_500_000 });
  return [
    several('A regular customer: a payment a week', past, {
      ...medium('5 × captured 9,000.00 EUR', '5 × 200 stored'), events: '5 × received', rule: '5 × medium', alert: '5 × Medium', audit: '5',
    }),
    { ...one('A large payment by the regular customer', large, high('captured 45,000.00 EUR')), showsAlerts: true },
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
      ...one('A large payment with it', canonical('thief', now, { ...customer, ...LARGE }), blockedPayment('captured 60,000.00 USD', [
        ...LARGE_AND_NEW,
        REASON.countryMismatch,
        '3 declined payments of the customer within 1 hour, at least 1 (+10)',
        '3 declined payments of the customer within 1 hour, at least 3 (+20)',
      ])),
      showsAlerts: true,
    },
    one('A large payment, countries differ', canonical('suspicious', now, { ...LARGE, country: 'DE', card_country: 'US' }),
      blockedPayment('captured 60,000.00 USD', [...LARGE_AND_NEW, REASON.countryMismatch])),
  ];
}

/** Another fraudster tests several cards with small payments, of which one succeeds. */
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
      ...one('A small payment with a fourth card', canonical('tested', now, { ...customer, card_fingerprint: 'card-4' }), suspicious('captured 2.00 USD', [
        REASON.countryMismatch,
        '3 declined payments of the customer within 1 hour, at least 1 (+10)',
        '3 declined payments of the customer within 1 hour, at least 3 (+20)',
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
    one('The sixth, and large', canonical('sixth', now, { ...LARGE, customer_id: 'frequent' }), blockedPayment('captured 60,000.00 USD', [
      REASON.amountAbove('60,000.00 USD'),
      'amount 60,000.00 USD is over 10,000 and the customer was first seen 5 minutes before, less than 30 days (+30)',
      'amount 60,000.00 USD is over 10 times the median 5.00 USD of 5 earlier transactions of the customer within 90 days (+20)',
      'amount 60,000.00 USD is over 30 times the median 5.00 USD of 5 earlier transactions of the customer within 90 days (+10)',
      '6 transactions of the customer within 1 day, over 1 (+20)',
      '6 transactions of the customer within 1 day, over 2 (+10)',
    ])),
  ];
}

function blocklist(now: Date): Case[] {
  const payment = (name: string, daysAgo: number) => canonical(`suspect-${name}`, new Date(now.getTime() - daysAgo * DAY), {
    customer_id: 'suspect', amount_minor: 1_500_000, currency: 'EUR',
  });
  const [before, during, after] = [payment('before', 40), payment('during', 2), payment('after', 0)];
  const customer = 'standard-webhooks:suspect';
  return [
    one('A customer who is on no blocklist', before, high('captured 15,000.00 EUR', [REASON.notSeenBefore('15,000.00 EUR')])),
    {
      name: 'An operator adds the customer to the blocklist',
      eventIds: [RecordType.BLOCKLIST_ENTRY],
      step: blockCustomer(customer, 'chargebacks', before.id),
      // The customer is removed again below: two changes, and no item at the end.
      expected: { ...rejected('put'), audit: '2' },
    },
    {
      ...one('The next payment of that customer', during, blockedPayment('captured 15,000.00 EUR', [`blocked customer ${customer} (chargebacks) (+100)`])),
      showsAlerts: true,
    },
    {
      name: 'After removal from the blocklist, the customer pays again',
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
