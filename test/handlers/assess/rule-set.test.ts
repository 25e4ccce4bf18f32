import { ruleSetOf } from '../../../handlers/assess/rule-set';
import type { FraudConfig, FraudRuleConfig } from '../../../src/private/contract';

const RULES: FraudRuleConfig[] = [
  { rule: 'velocity', score: 30, count: 2, windowSeconds: 600, total: { amount: 100, currency: 'EUR' } },
  { rule: 'blocked', score: 100, countries: ['KP', 'IR'] },
];
const CONFIG: FraudConfig = { tiers: { medium: 1_000, high: 10_000 }, review: 40, block: 80, rules: RULES };
const version = (config: FraudConfig) => ruleSetOf(config).version;

describe('ruleSetOf', () => {
  test('writes the rules in a canonical form and hashes it', () => {
    const { version: name, json } = ruleSetOf(CONFIG);

    expect(json).toBe(
      '{"block":80,"review":40,"rules":['
      + '{"count":2,"rule":"velocity","score":30,"total":{"amount":100,"currency":"EUR"},"windowSeconds":600},'
      + '{"countries":["IR","KP"],"rule":"blocked","score":100}],'
      + '"tiers":{"high":10000,"medium":1000}}',
    );
    expect(name).toBe('90df61240894');
  });

  test.each<[string, FraudConfig]>([
    ['another order of members', { rules: RULES, block: 80, tiers: { high: 10_000, medium: 1_000 }, review: 40 }],
    ['with shadow rules', { ...CONFIG, shadow: { review: 1, block: 2, rules: [RULES[0]] } }],
    ['another order of rules', { ...CONFIG, rules: [...RULES].reverse() }],
    ['another order of a list', { ...CONFIG, rules: [RULES[0], { rule: 'blocked', score: 100, countries: ['IR', 'KP'] }] }],
    ['a member with the value undefined', { ...CONFIG, rules: [RULES[0], { rule: 'blocked', score: 100, countries: ['KP', 'IR'], cards: undefined }] }],
    ['its own canonical form', JSON.parse(ruleSetOf(CONFIG).json)],
  ])('%s is the same version', (_, config) => {
    expect(ruleSetOf(config)).toEqual(ruleSetOf(CONFIG));
  });

  test.each<[string, FraudConfig]>([
    ['the threshold of the high tier', { ...CONFIG, tiers: { medium: 1_000, high: 20_000 } }],
    ['the threshold for review', { ...CONFIG, review: 41 }],
    ['a threshold of the amounts', { ...CONFIG, tiers: { medium: 1_000, high: 10_001 } }],
    ['the threshold to block', { ...CONFIG, block: 81 }],
    ['both swapped', { ...CONFIG, review: 80, block: 40 }],
    ['a score', { ...CONFIG, rules: [RULES[0], { rule: 'blocked', score: 99, countries: ['KP', 'IR'] }] }],
    ['a value of a list', { ...CONFIG, rules: [RULES[0], { rule: 'blocked', score: 100, countries: ['KP', 'IQ'] }] }],
    ['the list of a value', { ...CONFIG, rules: [RULES[0], { rule: 'blocked', score: 100, customers: ['KP', 'IR'] }] }],
    ['a rule less', { ...CONFIG, rules: RULES.slice(1) }],
    ['a rule twice', { ...CONFIG, rules: [...RULES, RULES[1]] }],
  ])('%s gives another version', (_, config) => {
    expect(version(config)).not.toBe(version(CONFIG));
  });

  test('does not change its argument', () => {
    const before = JSON.stringify(CONFIG);

    ruleSetOf(CONFIG);

    expect(JSON.stringify(CONFIG)).toBe(before);
  });
});
