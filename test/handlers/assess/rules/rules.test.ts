import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { RULES, evaluate } from '../../../../handlers/assess/rules/rules';
import type { FraudRuleConfig } from '../../../../src/private/contract';
import { factsWith, pastEvent, timeAgo } from '../details';

test.each(Object.keys(RULES))('the rule %s has a test file with its name', (name) => {
  expect(existsSync(join(__dirname, `${name}.test.ts`))).toBe(true);
});

const CARD = { card_fingerprint: 'fp', email_hash: 'hash', risk_score: 90, three_d_secure: 'failed' } as const;
const SHOP = new Map([[0, 100]]);

const MODEL = 'arn:aws:lambda:eu-central-1:123456789012:function:model';

describe('evaluate', () => {
  test.each<[FraudRuleConfig, RegExp]>([
    [{ rule: 'amount-above', score: 1, amount: 10000 }, /^amount .* is over 10,000$/],
    [{ rule: 'amount-rank', score: 1, above: 0.5 }, /^amount .* is above 100 % /],
    [{ rule: 'velocity', score: 1, count: 1, windowSeconds: 60 }, /^2 transactions /],
    [{ rule: 'amount-spike', score: 1, factor: 2, transactions: 1, windowSeconds: 60 }, /^amount .* times the median /],
    [{ rule: 'blocked', score: 1, countries: ['DE'] }, /^blocked country /],
    [{ rule: 'allowed', score: 1, countries: ['DE', 'FR'] }, /^allowed country /],
    [{ rule: 'country-mismatch', score: 1 }, /^country /],
    [{ rule: 'repeated-declines', score: 1, count: 1, windowSeconds: 60 }, /^1 declined payment of /],
    [{ rule: 'new-customer-above', score: 1, amount: 10000, ageSeconds: 60 }, /^amount .* not seen before \(new for 1 minute\)$/],
    [{ rule: 'outside-hours', score: 1, startHour: 8, endHour: 20, timeZone: 'UTC' }, /^05:06 in UTC /],
    [{ rule: 'duplicate-amount', score: 1, count: 1, windowSeconds: 60 }, /^1 transactions of /],
    [{ rule: 'new-card', score: 1, payments: 1 }, /^new card: the customer has 1 earlier payment /],
    [{ rule: 'distinct-cards', score: 1, count: 1, windowSeconds: 60 }, /^2 cards of /],
    [{ rule: 'distinct-customers', score: 1, count: 1, windowSeconds: 60 }, /^2 customers with the card /],
    [{ rule: 'provider-risk', score: 1, minimumScore: 90 }, /^risk score 90 /],
    [{ rule: 'three-d-secure', score: 1, outcomes: ['failed'] }, /^3-D Secure failed$/],
    [{ rule: 'earlier-fraud', score: 1, windowSeconds: 60 }, /^1 earlier payment /],
    [{ rule: 'scorecard', score: 1, facts: [{ fact: 'hourOfDay', intervals: [], missing: 1 }] }, /^not known: /],
    [{ rule: 'scored-by', score: 1, functionArn: MODEL, timeoutMillis: 1, onFailure: 0 }, /^scored by model$/],
  ])('finds the evaluator of %j', (rule, reason) => {
    const facts = factsWith({
      detail: CARD,
      history: [pastEvent(10, { cardFingerprint: 'old', label: 'fraud' })],
      cardEvents: [pastEvent(10, { customer: 'stripe:other' })],
      declines: [{ transactionId: 'stripe:pi_0', occurredAt: timeAgo(5) }],
      shopAmounts: SHOP,
      scores: new Map([[MODEL, { score: 1 }]]),
    });

    expect(evaluate(rule, facts)).toEqual([{ reason: expect.stringMatching(reason), points: 1 }]);
  });

  test('returns nothing if a rule does not apply', () => {
    expect(evaluate({ rule: 'amount-above', score: 1, amount: 1e6 }, factsWith())).toEqual([]);
  });

  test('rejects an unknown rule', () => {
    const rule = { rule: 'phase-of-the-moon', score: 1 } as unknown as FraudRuleConfig;

    expect(() => evaluate(rule, factsWith())).toThrow(new TypeError('the rule phase-of-the-moon is unknown to this version of the fraud detector'));
  });
});
