import { applyRules } from '../../handlers/assess/apply-rules';
import type { LoadedContext } from '../../handlers/assess/rules/rule-context';
import { FraudRule } from '../../src';
import type { FraudConfig, TransactionDetail } from '../../src/private/contract';
import { resolveFraudRules } from '../../src/private/settings/fraud-config';
import { resolveThresholds } from '../../src/private/settings/tier-config';
import type { AmountThresholds } from '../../src/props/amount-thresholds';
import { factsWith, pastEvent, timeAgo } from '../handlers/assess/details';

const HONEST: Partial<TransactionDetail> = { card_country: 'DE', card_fingerprint: 'own', email_hash: 'hash' };
/** The customer is known for a year. */
const KNOWN = { firstSeenAt: timeAgo(365 * 86_400) };
/** Above the default threshold. */
const SMALL = { ...HONEST, amount_minor: '1050000' };

function configOf(thresholds?: AmountThresholds): FraudConfig {
  return resolveFraudRules(undefined, undefined, undefined, resolveThresholds(thresholds));
}

function judge({ detail, ...loaded }: Parameters<typeof factsWith>[0] = {}, thresholds?: AmountThresholds) {
  const config = configOf(thresholds);
  const context: LoadedContext = { ...factsWith({ detail: { ...HONEST, ...detail }, ...loaded }), tiers: config.tiers };
  return applyRules(context, config).result;
}

describe('the default rules', () => {
  const { rules, block } = configOf();

  test('have no fixed amount', () => {
    expect(JSON.stringify(rules)).not.toMatch(/"amount"|"currency"/);
  });

  test('include all kinds except those that need your own values, and equal amounts', () => {
    expect([...new Set(rules.map(({ rule }) => rule))].sort()).toEqual([
      'allowed', 'amount-above', 'amount-rank', 'amount-spike', 'blocked', 'country-mismatch', 'distinct-cards', 'distinct-customers',
      'earlier-fraud', 'new-card', 'new-customer-above', 'provider-risk', 'repeated-declines', 'three-d-secure', 'velocity',
    ]);
  });

  test('are new values each time, so that a change of the list has no effect on the next one', () => {
    FraudRule.defaults().pop();

    expect(FraudRule.defaults()).toHaveLength(rules.length);
  });

  test('come before the rules that are added to them', () => {
    const own = [FraudRule.allowed({ customers: ['stripe:cus_1'] }), FraudRule.amountAbove({ timesHigh: 20, score: 5 })];

    expect(FraudRule.defaultsAnd(...own)).toEqual([...FraudRule.defaults(), ...own]);
    expect(resolveFraudRules(FraudRule.defaultsAnd(...own)).rules).toHaveLength(rules.length + own.length);
  });

  test('block entries of the blocklist alone', () => {
    expect(rules.find(({ rule }) => rule === 'blocked')!.score).toBeGreaterThanOrEqual(block);
    expect(judge({ detail: SMALL, ...KNOWN, blocked: [{ kind: 'country', value: 'DE' }] }).verdict).toBe('block');
  });

  test('fit the environment of a function', () => {
    expect(JSON.stringify(configOf()).length).toBeLessThan(3_500);
  });
});

describe('the default rules approve', () => {
  test.each<[string, Parameters<typeof factsWith>[0]]>([
    ['a payment of a known customer', { detail: SMALL, ...KNOWN }],
    ['a first payment', { detail: SMALL }],
    ['a payment from another country', { detail: { ...SMALL, card_country: 'FR' }, ...KNOWN }],
    ['one declined payment before', { detail: SMALL, ...KNOWN, declines: [{ transactionId: 'stripe:a', occurredAt: timeAgo(60) }] }],
    ['a second payment of a day', { detail: SMALL, ...KNOWN, history: [pastEvent(3_600)] }],
    ['an entry of the allowlist, whatever else applies', {
      detail: { ...SMALL, risk_level: 'highest', three_d_secure: 'failed' }, allowed: [{ kind: 'customer', value: 'stripe:cus_1' }],
    }],
  ])('%s', (_, facts) => {
    expect(judge(facts).verdict).toBe('approve');
  });
});

describe('the default rules review a single sign, also for a small payment', () => {
  const cent = { ...HONEST, amount_minor: '100' };
  const tested = (...cards: string[]) => cards.map((cardFingerprint, index) => ({ transactionId: `stripe:${cardFingerprint}`, occurredAt: timeAgo(60 * index + 10), cardFingerprint }));
  const fraud = pastEvent(86_400, { label: 'fraud', customer: 'stripe:victim' });

  test.each<[string, Parameters<typeof factsWith>[0]]>([
    ['three other cards of the customer that were declined', { detail: cent, ...KNOWN, declines: tested('a', 'b', 'c') }],
    ['five declined payments of the customer within an hour', {
      detail: cent, ...KNOWN, declines: [1, 2, 3, 4, 5].map((n) => ({ transactionId: `stripe:${n}`, occurredAt: timeAgo(60 * n) })),
    }],
    ['fraud with the card before', { detail: cent, ...KNOWN, cardEvents: [fraud] }],
  ])('%s', (_, facts) => {
    expect(judge(facts).verdict).toBe('review');
  });
});

describe('the amounts of the default rules follow', () => {
  test('a lowered threshold: a new customer with 18 times of it, and a card from another country', () => {
    const detail = { amount_minor: '900000', card_country: 'FR' };

    expect(judge({ detail }).verdict).toBe('approve');
    expect(judge({ detail }, { medium: 100, high: 500 }).verdict).toBe('block');
  });

  test('the threshold of a currency with large numbers: a known customer, and a card from another country', () => {
    const yen: AmountThresholds = { currencies: { JPY: { medium: 100_000, high: 1_000_000 } } };
    const ofYen = (amount: string) => ({ ...KNOWN, detail: { currency: 'JPY', exponent: 0, amount_minor: amount, card_country: 'FR' } });

    expect(judge(ofYen('1100000'), yen).verdict).toBe('approve');
    expect(judge(ofYen('18000000'), yen).verdict).toBe('review');
  });

  test('a first payment far above the threshold: it is reviewed without another sign', () => {
    expect(judge({ detail: { amount_minor: '10500000' } }).verdict).toBe('review');
  });

  test('the largest payments of a shop: they are reviewed without another sign', () => {
    expect(judge({ detail: SMALL, ...KNOWN, shopAmounts: new Map([[0, 990], [200, 10]]) }).verdict).toBe('review');
  });

  test('the shop: the largest of its payments have more points in several steps', () => {
    const scoreAt = (rank: number) => judge({ detail: SMALL, ...KNOWN, shopAmounts: new Map([[0, rank * 10], [200, 1_000 - rank * 10]]) }).score;
    const scores = [50, 91, 96, 99.5].map(scoreAt);

    expect([...new Set(scores)].sort((one, other) => one - other)).toEqual(scores);
    expect(scores[0]).toBe(0);
  });

  test('the amount: more points in several steps', () => {
    const scores = [105, 205, 405, 805, 1_505].map((hundreds) => judge({ detail: { amount_minor: `${hundreds}0000` }, ...KNOWN }).score);

    expect([...new Set(scores)].sort((one, other) => one - other)).toEqual(scores);
  });
});
