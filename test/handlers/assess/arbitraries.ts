import * as fc from 'fast-check';
import { detailWith, timeAgo } from './details';
import { contextOf, type LoadedContext, type PastEvent } from '../../../handlers/assess/rules/rule-context';
import { KINDS, LABELS, LIST_KINDS, type FraudRuleConfig } from '../../../src/private/contract';
import { TIERS } from '../support/items';

/** Few values each, so that rules often match. */
const score = fc.nat(100);
const windowSeconds = fc.constantFrom(60, 600, 3600);
const currency = fc.constantFrom('EUR', 'EUR', 'EUR', 'USD', 'XXX');
const anyKind = fc.oneof({ weight: 2, arbitrary: fc.constant('captured' as const) }, fc.constantFrom(...KINDS));
const limit = fc.oneof(fc.nat(300), fc.constantFrom(0.5, 99.99, 123.456, 9007199254740990));
const minor = fc.oneof(fc.nat(30000).map(BigInt), fc.constantFrom(0n, 10000n, -10000n, 2n ** 53n + 1n, 2n ** 90n));
const exponent = fc.constantFrom(0, 2, 3);
const secondsAgo = fc.oneof(fc.integer({ min: -5, max: 4000 }), fc.constantFrom(0, 60, 600, 3600));
const cardBin = fc.constantFrom('411111', '4111112', '41111122', '555555');
const domain = fc.constantFrom('mail.example', 'post.example');
const country = fc.constantFrom('DE', 'FR', 'KP');
const customer = fc.constantFrom('cus_1', 'cus_2');

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 9 });

/** A rule of any kind, at its limits and beyond. */
export const anyRule: fc.Arbitrary<FraudRuleConfig> = fc.oneof(
  fc.record({ rule: fc.constant('amount-above' as const), score, amount: limit, currency: optional(currency) }),
  fc.record({
    rule: fc.constant('velocity' as const),
    score,
    windowSeconds,
    count: optional(fc.integer({ min: 1, max: 5 })),
    total: optional(fc.record({ amount: limit, currency })),
  }),
  fc.record({
    rule: fc.constant('amount-spike' as const),
    score,
    windowSeconds,
    factor: fc.constantFrom(1, 1.5, 3, 10),
    transactions: fc.nat(3),
  }),
  fc.record({
    rule: fc.constant('blocked' as const),
    score,
    customers: optional(fc.uniqueArray(customer.map((id) => `stripe:${id}`), { maxLength: 2 })),
    countries: optional(fc.uniqueArray(country, { maxLength: 2 })),
    cards: optional(fc.uniqueArray(cardBin, { maxLength: 2 })),
    emailDomains: optional(fc.uniqueArray(domain, { maxLength: 2 })),
  }),
  fc.record({ rule: fc.constant('country-mismatch' as const), score }),
  fc.record({ rule: fc.constant('repeated-declines' as const), score, windowSeconds, count: fc.integer({ min: 1, max: 4 }) }),
  fc.record({
    rule: fc.constant('new-customer-above' as const),
    score,
    amount: limit,
    currency: optional(currency),
    ageSeconds: fc.constantFrom(60, 600, 3600),
  }),
  fc.record({
    rule: fc.constant('outside-hours' as const),
    score,
    startHour: fc.integer({ min: 0, max: 24 }),
    endHour: fc.integer({ min: 0, max: 24 }),
    timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kolkata'),
  }),
  fc.record({ rule: fc.constant('duplicate-amount' as const), score, windowSeconds, count: fc.integer({ min: 1, max: 4 }) }),
);

export const anyRules = fc.array(anyRule, { maxLength: 9 });

/** An event of the customer. There are few transactions, so that some have several events. */
export const anyEvent: fc.Arbitrary<PastEvent> = fc.record({
  transactionId: fc.constantFrom('stripe:pi_1', 'stripe:pi_2', 'stripe:pi_3', 'stripe:pi_4', 'stripe:pi_5'),
  occurredAt: secondsAgo.map(timeAgo),
  kind: anyKind,
  amountMinor: optional(minor),
  exponent: optional(exponent),
  currency: optional(currency),
  customer: optional(customer.map((id) => `stripe:${id}`)),
  cardFingerprint: optional(fc.constantFrom('card-a', 'card-b')),
  emailHash: optional(fc.constantFrom('hash-a', 'hash-b')),
  label: optional(fc.constantFrom(...LABELS)),
  declined: fc.boolean(),
});

/** The context of a transaction, from which anything can be missing. */
export const anyFacts: fc.Arbitrary<LoadedContext> = fc.record({
  detail: fc.record({
    kind: anyKind,
    amount_minor: optional(minor.map(String)),
    exponent: optional(exponent),
    currency,
    customer_id: optional(customer),
    country: optional(country),
    card_country: optional(country),
    card_bin: optional(cardBin),
    email_domain: optional(domain),
    event_time: fc.constantFrom(detailWith().event_time, undefined),
  }).map(detailWith),
  history: fc.array(anyEvent, { maxLength: 12, size: 'max' }),
  firstSeenAt: optional(secondsAgo.map(timeAgo)),
  declines: fc.array(fc.record({ transactionId: fc.constantFrom('stripe:pi_1', 'stripe:pi_2'), occurredAt: secondsAgo.map(timeAgo) }), { maxLength: 5 }),
  blocked: fc.uniqueArray(
    fc.record({ kind: fc.constantFrom(...LIST_KINDS), value: fc.constantFrom('a', 'b'), reason: optional(fc.constant('why')) }),
    { selector: ({ kind, value }) => `${kind}:${value}`, maxLength: 3 },
  ),
}).map(({ detail, ...loaded }) => contextOf(detail, TIERS, loaded));

/** A rule, and the same rule with one of its limits raised. */
export function raised(rule: FraudRuleConfig, by: number): FraudRuleConfig {
  switch (rule.rule) {
    case 'amount-above':
      return { ...rule, amount: rule.amount! + by };
    case 'velocity':
      return {
        ...rule,
        count: rule.count === undefined ? undefined : rule.count + by,
        total: rule.total && { ...rule.total, amount: rule.total.amount! + by },
      };
    case 'amount-spike':
      return by % 2 === 0 ? { ...rule, factor: rule.factor + by } : { ...rule, transactions: rule.transactions + by };
    case 'blocked':
      return { ...rule, countries: rule.countries?.slice(by), cards: rule.cards?.slice(by) };
    case 'repeated-declines':
    case 'duplicate-amount':
      return { ...rule, count: rule.count + by };
    case 'new-customer-above':
      return by % 2 === 0 ? { ...rule, amount: rule.amount! + by } : { ...rule, ageSeconds: rule.ageSeconds - by };
    default:
      return rule;
  }
}
