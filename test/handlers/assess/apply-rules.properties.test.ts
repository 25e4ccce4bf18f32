import * as fc from 'fast-check';
import { anyEntry, anyEvent, anyFacts, anyRule, anyRules, raised } from './arbitraries';
import { applyRules } from '../../../handlers/assess/apply-rules';
import { ruleSetOf } from '../../../handlers/assess/rule-set';
import type { LoadedContext, PastEvent } from '../../../handlers/assess/rules/rule-context';
import { RULES } from '../../../handlers/assess/rules/rules';
import type { FraudConfig, FraudRuleConfig } from '../../../src/private/contract';

const RANK = { approve: 0, review: 1, block: 2 };
const RUNS = { numRuns: 300 };
const configOf = (rules: readonly FraudRuleConfig[]): FraudConfig => ({ tiers: { medium: 1_000, high: 10_000 }, review: 40, block: 80, rules });
const judge = (facts: LoadedContext, rules: readonly FraudRuleConfig[]) => applyRules(facts, configOf(rules)).result;
const shuffled = <T>(values: readonly T[]) => fc.shuffledSubarray([...values], { minLength: values.length, maxLength: values.length });
const inAnyOrder = <T>(values: fc.Arbitrary<readonly T[]>) => values.chain((array) => fc.tuple(fc.constant(array), shuffled(array)));

/** The kinds that can add a part of their score. */
const GRADED: readonly string[] = ['scorecard', 'scored-by'];
const withoutKinds = (rules: fc.Arbitrary<FraudRuleConfig[]>, ...kinds: string[]) => (
  rules.map((all) => all.filter(({ rule }) => !kinds.includes(rule)))
);
const withoutLists = (rules: fc.Arbitrary<FraudRuleConfig[]>) => withoutKinds(rules, 'allowed');

describe('applyRules', () => {
  test('the rules and contexts of these tests make each rule fire and not fire, and produce each verdict', () => {
    const seen = new Set<string>();
    fc.assert(fc.property(anyFacts, anyRules, (facts, rules) => {
      const { result, fired } = applyRules(facts, configOf(rules));
      seen.add(result.verdict);
      rules.forEach(({ rule }) => seen.add(`${rule}: ${fired.includes(rule)}`));
    }), { numRuns: 1_000, seed: 1 });

    expect([...seen].sort()).toEqual([...Object.keys(RANK), ...Object.keys(RULES).flatMap((rule) => [`${rule}: false`, `${rule}: true`])].sort());
  });

  test('another rule never lowers the score, and adds at most its own score; most kinds add all of it or zero', () => {
    fc.assert(fc.property(anyFacts, withoutLists(anyRules), anyRule.filter(({ rule }) => rule !== 'allowed'), (facts, rules, rule) => {
      const before = judge(facts, rules);
      const after = judge(facts, [...rules, rule]);
      const added = after.score - before.score;

      expect(added).toBeGreaterThanOrEqual(0);
      expect(added).toBeLessThanOrEqual(rule.score);
      expect(GRADED.includes(rule.rule) || [0, rule.score].includes(added)).toBe(true);
      expect(RANK[after.verdict]).toBeGreaterThanOrEqual(RANK[before.verdict]);
    }), RUNS);
  });

  test('a rule with an allowlist never raises the verdict, and hides no reason', () => {
    fc.assert(fc.property(anyFacts, anyRules, anyRule.filter(({ rule }) => rule === 'allowed'), (facts, rules, rule) => {
      const before = judge(facts, rules);
      const after = judge(facts, [...rules, rule]);

      expect(RANK[after.verdict]).toBeLessThanOrEqual(RANK[before.verdict]);
      expect(after.reasons).toEqual(expect.arrayContaining(before.reasons.filter((reason) => !reason.startsWith('allowed '))));
    }), RUNS);
  });

  test('an entry of the allowlist never raises the verdict', () => {
    const allowed: FraudRuleConfig = { rule: 'allowed', score: 0 };
    fc.assert(fc.property(anyFacts, anyRules, anyEntry, (facts, rules, entry) => {
      const before = judge(facts, [...rules, allowed]);
      const after = judge({ ...facts, allowed: [...facts.allowed, entry] }, [...rules, allowed]);

      expect(RANK[after.verdict]).toBeLessThanOrEqual(RANK[before.verdict]);
    }), RUNS);
  });

  test('an entry of the blocklist always wins: the allowlist changes neither score nor verdict', () => {
    const blocked: FraudRuleConfig = { rule: 'blocked', score: 80 };
    // A country of the allowlist does not match alone: it depends on the other country.
    const anyPermission = anyEntry.filter(({ kind }) => kind !== 'country');
    fc.assert(fc.property(anyFacts, anyRules, anyEntry, anyPermission, (facts, rules, entry, other) => {
      const found = { ...facts, blocked: [...facts.blocked, entry] };
      const withoutAllowed = judge(found, [...rules.filter(({ rule }) => rule !== 'allowed'), blocked]);
      const result = judge({ ...found, allowed: [...facts.allowed, other] }, [...rules, blocked, { rule: 'allowed', score: 0 }]);

      expect(result).toMatchObject({ verdict: 'block', score: withoutAllowed.score });
      expect(result.reasons.some((reason) => reason.startsWith('allowed '))).toBe(true);
    }), RUNS);
  });

  test('a higher limit never raises the score', () => {
    fc.assert(fc.property(anyFacts, withoutLists(anyRules), fc.integer({ min: 1, max: 200 }), (facts, rules, by) => {
      const before = judge(facts, rules);
      const after = judge(facts, rules.map((rule) => raised(rule, by)));

      expect(after.score).toBeLessThanOrEqual(before.score);
    }), RUNS);
  });

  test('a higher score of a rule never lowers the verdict', () => {
    fc.assert(fc.property(anyFacts, anyRules, fc.nat(100), (facts, rules, more) => {
      const before = judge(facts, rules);
      const after = judge(facts, rules.map((rule) => ({ ...rule, score: rule.rule === 'allowed' ? 0 : rule.score + more })));

      expect(RANK[after.verdict]).toBeGreaterThanOrEqual(RANK[before.verdict]);
    }), RUNS);
  });

  test('a longer history, more declines and more blocklist entries never lower the score of the rules that count', () => {
    // The others compare: a longer history changes what is usual, which cards are new, and which two names are of the same card.
    const counting = withoutKinds(anyRules, 'allowed', 'amount-spike', 'new-card', 'distinct-cards', 'scorecard');
    fc.assert(fc.property(anyFacts, counting, anyEvent, (facts, rules, event) => {
      const before = judge(facts, rules);
      const after = judge({
        ...facts,
        history: [...facts.history, event],
        declines: [...facts.declines, event],
        cardEvents: [...facts.cardEvents, event],
        emailEvents: [...facts.emailEvents, event],
        blocked: [...facts.blocked, { kind: 'country', value: 'KP' }],
      }, rules);

      expect(after.score).toBeGreaterThanOrEqual(before.score);
    }), RUNS);
  });

  test('a verdict corresponds to the score', () => {
    fc.assert(fc.property(anyFacts, anyRules, anyFacts, anyRules, (facts, rules, otherFacts, otherRules) => {
      const one = judge(facts, rules);
      const other = judge(otherFacts, otherRules);

      expect(Math.sign(RANK[one.verdict] - RANK[other.verdict]) * Math.sign(one.score - other.score)).toBeGreaterThanOrEqual(0);
    }), RUNS);
  });

  test('the order of the rules changes only the order of the reasons', () => {
    fc.assert(fc.property(anyFacts, inAnyOrder(anyRules), (facts, [rules, otherwise]) => {
      const one = judge(facts, rules);
      const other = judge(facts, otherwise);

      expect({ ...other, reasons: [...other.reasons].sort() }).toEqual({ ...one, reasons: [...one.reasons].sort() });
    }), RUNS);
  });

  test('the order of the context does not change the verdict', () => {
    const read = anyFacts.chain((facts) => fc.record({
      facts: fc.constant(facts),
      otherwise: fc.record({
        history: shuffled(facts.history),
        declines: shuffled(facts.declines),
        cardEvents: shuffled(facts.cardEvents),
        emailEvents: shuffled(facts.emailEvents),
        blocked: shuffled(facts.blocked),
      }).map((parts) => ({ ...facts, ...parts })),
    }));
    fc.assert(fc.property(read, anyRules, ({ facts, otherwise }, rules) => {
      expect(judge(otherwise, rules)).toEqual(judge(facts, rules));
    }), RUNS);
  });

  test('no answer of a function lowers a verdict of the other rules', () => {
    fc.assert(fc.property(anyFacts, anyRules, anyFacts, (facts, rules, { scores }) => {
      const others = judge(facts, rules.filter(({ rule }) => rule !== 'scored-by'));

      expect(RANK[judge({ ...facts, scores }, rules).verdict]).toBeGreaterThanOrEqual(RANK[others.verdict]);
    }), RUNS);
  });

  test('a replay gives the same verdict, and does not change the context or the rules', () => {
    fc.assert(fc.property(anyFacts, anyRules, (facts, rules) => {
      const config = configOf(rules);
      const [factsBefore, configBefore] = [structuredClone(facts), structuredClone(config)];

      const judgments = [applyRules(facts, config), applyRules(facts, config), applyRules(factsBefore, configBefore)];

      expect(judgments).toEqual([judgments[0], judgments[0], judgments[0]]);
      expect([facts, config]).toEqual([factsBefore, configBefore]);
    }), RUNS);
  });

  test('the stored rule set gives the same verdict', () => {
    fc.assert(fc.property(anyFacts, anyRules, (facts, rules) => {
      const config = configOf(rules);
      const { result } = applyRules(facts, config);

      const again = applyRules(facts, JSON.parse(ruleSetOf(config).json) as FraudConfig).result;

      expect({ ...again, reasons: [...again.reasons].sort() }).toEqual({ ...result, reasons: [...result.reasons].sort() });
    }), RUNS);
  });

  test('without a customer, a fingerprint and an email address, only the event itself counts', () => {
    const ofCustomers = [
      'velocity', 'amount-spike', 'repeated-declines', 'new-customer-above', 'duplicate-amount', 'new-card', 'distinct-cards', 'distinct-customers', 'earlier-fraud',
    ];
    fc.assert(fc.property(anyFacts, anyRules, (facts, rules) => {
      const event = { ...facts.detail, customer_id: undefined, card_fingerprint: undefined, email_hash: undefined };
      const { fired } = applyRules({ ...facts, detail: event }, configOf(rules));

      expect(fired.filter((name) => ofCustomers.includes(name))).toEqual([]);
    }), RUNS);
  });

  test('an amount is the same with any exponent', () => {
    const finer = (digits: number) => (amount: bigint | undefined) => (amount === undefined ? undefined : amount * 10n ** BigInt(digits));
    fc.assert(fc.property(anyFacts, anyRules, fc.integer({ min: 1, max: 30 }), (facts, rules, digits) => {
      const { amount_minor: minor, exponent } = facts.detail;
      const counted = (event: PastEvent): PastEvent => ({
        ...event,
        amountMinor: finer(digits)(event.amountMinor),
        exponent: event.exponent === undefined ? undefined : event.exponent + digits,
      });
      const finerFacts: LoadedContext = {
        ...facts,
        detail: {
          ...facts.detail,
          amount_minor: finer(digits)(minor === undefined ? undefined : BigInt(minor))?.toString(),
          exponent: exponent === undefined ? undefined : exponent + digits,
        },
        history: facts.history.map(counted),
        cardEvents: facts.cardEvents.map(counted),
        emailEvents: facts.emailEvents.map(counted),
      };

      expect(judge(finerFacts, rules)).toEqual(judge(facts, rules));
    }), RUNS);
  });
});
