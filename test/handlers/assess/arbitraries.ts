import * as fc from 'fast-check';
import { detailWith, timeAgo } from './details';
import { contextOf, type LoadedContext, type PastEvent, type ScoringResult } from '../../../handlers/assess/rules/rule-context';
import {
  FACTS, KINDS, LABELS, LIST_KINDS, RISK_LEVELS, SUBJECTS, THREE_D_SECURE_OUTCOMES, type FactName, type FraudRuleConfig, type ScorecardConfig,
} from '../../../src/private/contract';
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
const fingerprint = fc.constantFrom('card-a', 'card-b', 'card-c');
const emailHash = fc.constantFrom('hash-a', 'hash-b');
const riskLevel = fc.constantFrom(...RISK_LEVELS);
const threeDSecure = fc.constantFrom(...THREE_D_SECURE_OUTCOMES);
const timesHigh = fc.constantFrom(0.001, 0.01, 0.02, 0.5, 2);

const functionArn = fc.constantFrom('a', 'b').map((name) => `arn:aws:lambda:eu-central-1:123456789012:function:${name}`);
const scoringResult: fc.Arbitrary<ScoringResult> = fc.oneof(
  fc.record({ score: fc.oneof(fc.nat(120), fc.double({ min: 0, max: 1e9, noNaN: true })) }),
  fc.record({ failure: fc.constantFrom('timed out' as const, 'failed' as const) }),
);

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 9 });

/** An amount, or a multiple of the high threshold. */
const amountLimit = fc.oneof(
  { weight: 2, arbitrary: fc.record({ amount: limit, currency: optional(currency) }) },
  fc.record({ timesHigh }),
);
const lists = {
  customers: optional(fc.uniqueArray(customer.map((id) => `stripe:${id}`), { maxLength: 2 })),
  countries: optional(fc.uniqueArray(country, { maxLength: 2 })),
  cards: optional(fc.uniqueArray(cardBin, { maxLength: 2 })),
  cardFingerprints: optional(fc.uniqueArray(fingerprint.map((name) => `stripe:${name}`), { maxLength: 2 })),
  emailDomains: optional(fc.uniqueArray(domain, { maxLength: 2 })),
};
const by = optional(fc.constantFrom(...SUBJECTS));
const points = fc.nat(30);

/** A scorecard whose score is the sum of the most points of each fact. */
const anyScorecard: fc.Arbitrary<ScorecardConfig> = fc.uniqueArray(fc.record({
  fact: fc.constantFrom(...Object.keys(FACTS) as FactName[]),
  intervals: fc.uniqueArray(fc.record({ from: fc.constantFrom(0, 0.5, 1, 2, 5, 100), points }), { selector: ({ from }) => from, maxLength: 4 })
    .map((intervals) => intervals.sort((one, other) => one.from - other.from)),
  missing: optional(points),
}), { selector: ({ fact }) => fact, minLength: 1, maxLength: 4 }).map((facts) => ({
  rule: 'scorecard',
  score: facts.reduce((sum, { intervals, missing = 0 }) => sum + Math.max(missing, ...intervals.map((interval) => interval.points)), 0),
  facts,
}));

/** An entry of a list for any transaction, which cannot miss. */
export const anyEntry = fc.record({ kind: fc.constantFrom(...LIST_KINDS), value: fc.constantFrom('a', 'b'), reason: optional(fc.constant('why')) });

/** A rule of any kind, at its limits and beyond. */
export const anyRule: fc.Arbitrary<FraudRuleConfig> = fc.oneof(
  fc.tuple(fc.record({ rule: fc.constant('amount-above' as const), score }), amountLimit).map(([rule, amounts]) => ({ ...rule, ...amounts })),
  fc.record({ rule: fc.constant('amount-rank' as const), score, above: fc.constantFrom(0, 0.5, 0.9) }),
  fc.record({
    rule: fc.constant('velocity' as const),
    score,
    windowSeconds,
    count: optional(fc.integer({ min: 1, max: 5 })),
    total: optional(fc.oneof(fc.record({ amount: limit, currency }), fc.record({ timesHigh }))),
    by,
  }),
  fc.record({
    rule: fc.constant('amount-spike' as const),
    score,
    windowSeconds,
    factor: fc.constantFrom(1, 1.5, 3, 10),
    transactions: fc.nat(3),
  }),
  fc.record({ rule: fc.constant('blocked' as const), score, ...lists }),
  fc.record({ rule: fc.constant('allowed' as const), score: fc.constant(0), ...lists }),
  fc.record({ rule: fc.constant('country-mismatch' as const), score }),
  fc.record({ rule: fc.constant('repeated-declines' as const), score, windowSeconds, count: fc.integer({ min: 1, max: 4 }), by }),
  fc.tuple(
    fc.record({ rule: fc.constant('new-customer-above' as const), score, ageSeconds: fc.constantFrom(60, 600, 3600) }), amountLimit,
  ).map(([rule, amounts]) => ({ ...rule, ...amounts })),
  fc.record({
    rule: fc.constant('outside-hours' as const),
    score,
    startHour: fc.integer({ min: 0, max: 24 }),
    endHour: fc.integer({ min: 0, max: 24 }),
    timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kolkata'),
  }),
  fc.record({ rule: fc.constant('duplicate-amount' as const), score, windowSeconds, count: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ rule: fc.constant('new-card' as const), score, payments: fc.integer({ min: 1, max: 3 }) }),
  fc.record({
    rule: fc.constant('distinct-cards' as const), score, windowSeconds, count: fc.integer({ min: 1, max: 3 }), by: optional(fc.constantFrom('customer' as const, 'email' as const)),
  }),
  fc.record({
    rule: fc.constant('distinct-customers' as const), score, windowSeconds, count: fc.constant(1), by: optional(fc.constantFrom('card' as const, 'email' as const)),
  }),
  fc.record({
    rule: fc.constant('provider-risk' as const), score, minimumScore: optional(fc.integer({ min: 1, max: 100 })), levels: optional(fc.uniqueArray(riskLevel, { minLength: 1 })),
  }),
  fc.record({ rule: fc.constant('three-d-secure' as const), score, outcomes: fc.uniqueArray(threeDSecure, { minLength: 1 }) }),
  fc.record({ rule: fc.constant('earlier-fraud' as const), score, windowSeconds, by }),
  anyScorecard,
  fc.record({ rule: fc.constant('scored-by' as const), score, functionArn, timeoutMillis: fc.constant(1_000), share: fc.double({ min: 0, max: 1, noNaN: true }) })
    .map(({ share, ...rule }) => ({ ...rule, onFailure: Math.floor(rule.score * share) })),
);

export const anyRules = fc.array(anyRule, { maxLength: 12, size: 'max' });

/** An event of the customer. There are few transactions, so that some have several events. */
export const anyEvent: fc.Arbitrary<PastEvent> = fc.record({
  transactionId: fc.constantFrom('stripe:pi_1', 'stripe:pi_2', 'stripe:pi_3', 'stripe:pi_4', 'stripe:pi_5'),
  occurredAt: secondsAgo.map(timeAgo),
  kind: anyKind,
  amountMinor: optional(minor),
  exponent: optional(exponent),
  currency: optional(currency),
  customer: optional(customer.map((id) => `stripe:${id}`)),
  country: optional(country),
  cardCountry: optional(country),
  cardBin: optional(cardBin),
  cardFingerprint: optional(fingerprint),
  emailHash: optional(emailHash),
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
    card_fingerprint: optional(fingerprint),
    email_hash: optional(emailHash),
    risk_score: optional(fc.integer({ min: 0, max: 100 })),
    risk_level: optional(riskLevel),
    three_d_secure: optional(threeDSecure),
    email_domain: optional(domain),
    event_time: fc.constantFrom(detailWith().event_time, undefined),
  }).map(detailWith),
  history: fc.array(anyEvent, { maxLength: 12, size: 'max' }),
  firstSeenAt: optional(secondsAgo.map(timeAgo)),
  declines: fc.array(fc.record({ transactionId: fc.constantFrom('stripe:pi_1', 'stripe:pi_2'), occurredAt: secondsAgo.map(timeAgo) }), { maxLength: 5 }),
  cardEvents: fc.array(anyEvent, { maxLength: 6 }),
  emailEvents: fc.array(anyEvent, { maxLength: 6 }),
  shopAmounts: fc.array(fc.tuple(fc.integer({ min: -40, max: 80 }), fc.constantFrom(10, 100)), { maxLength: 5 }).map((counts) => new Map(counts)),
  blocked: fc.uniqueArray(anyEntry, { selector: ({ kind, value }) => `${kind}:${value}`, maxLength: 3 }),
  allowed: fc.uniqueArray(anyEntry, { selector: ({ kind, value }) => `${kind}:${value}`, maxLength: 1 }),
  scores: fc.array(fc.tuple(functionArn, scoringResult), { maxLength: 2 }).map((answers) => new Map(answers)),
}).map(({ detail, ...loaded }) => contextOf(detail, TIERS, loaded));

/** A rule, and the same rule with one of its limits raised. */
export function raised(rule: FraudRuleConfig, more: number): FraudRuleConfig {
  switch (rule.rule) {
    case 'amount-above':
      return { ...rule, ...raisedAmount(rule, more) };
    case 'amount-rank':
      return { ...rule, above: rule.above + (1 - rule.above) / (more + 1) };
    case 'velocity':
      return {
        ...rule,
        count: rule.count === undefined ? undefined : rule.count + more,
        total: rule.total && { ...rule.total, ...raisedAmount(rule.total, more) },
      };
    case 'amount-spike':
      return more % 2 === 0 ? { ...rule, factor: rule.factor + more } : { ...rule, transactions: rule.transactions + more };
    case 'blocked':
      return { ...rule, countries: rule.countries?.slice(more), cards: rule.cards?.slice(more) };
    case 'repeated-declines':
    case 'duplicate-amount':
    case 'distinct-cards':
    case 'distinct-customers':
      return { ...rule, count: rule.count + more };
    case 'new-card':
      return { ...rule, payments: rule.payments + more };
    case 'provider-risk':
      return { ...rule, minimumScore: rule.minimumScore && rule.minimumScore + more };
    case 'new-customer-above':
      return more % 2 === 0 ? { ...rule, ...raisedAmount(rule, more) } : { ...rule, ageSeconds: rule.ageSeconds - more };
    default:
      return rule;
  }
}

function raisedAmount({ amount, timesHigh: times }: { readonly amount?: number; readonly timesHigh?: number }, more: number) {
  return times === undefined ? { amount: amount! + more } : { timesHigh: times + more };
}
