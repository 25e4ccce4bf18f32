import { App, Duration, Stack } from 'aws-cdk-lib';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { FraudRule, type WebhookProcessingSystemProps } from '../../src';
import { resolveFraudRules, withShadowRules, type ShadowProps } from '../../src/private/settings/fraud-config';
import { synthesize, templateOf, theResource } from '../support/system';

const mismatch = (score: number) => FraudRule.countryMismatch({ score });
const shadowOf = (props: ShadowProps, live = resolveFraudRules()) => withShadowRules(live, props).shadow;
const model = LambdaFunction.fromFunctionArn(new Stack(new App(), 'Stack'), 'Model', 'arn:aws:lambda:eu-central-1:111111111111:function:model');
const scored = (millis: number) => FraudRule.scoredBy({ function: model, score: 90, timeout: Duration.millis(millis) });
const manyRules = (count: number) => Array.from({ length: count }, (_, n) => FraudRule.amountAbove({ amount: n, score: 80 }));
const detectorOf = (props: WebhookProcessingSystemProps) => theResource(templateOf(props), 'AWS::Lambda::Function', ({ Environment }) => (
  Environment?.Variables && ('FRAUD_RULES' in Environment.Variables || 'FRAUD_RULES_PARAMETER' in Environment.Variables)
)).Properties;

describe('shadow rules', () => {
  test('are missing by default', () => {
    expect(withShadowRules(resolveFraudRules(), {})).toEqual(resolveFraudRules());
  });

  test('have the thresholds of the live rules by default', () => {
    expect(shadowOf({ shadowFraudRules: [mismatch(100)] }, resolveFraudRules(undefined, 30, 90))).toEqual({
      review: 30, block: 90, rules: [{ rule: 'country-mismatch', score: 100 }],
    });
  });

  test('can have separate thresholds', () => {
    expect(shadowOf({ shadowFraudRules: [mismatch(10)], shadowFraudReviewScore: 5, shadowFraudBlockScore: 10 })).toEqual({
      review: 5, block: 10, rules: [{ rule: 'country-mismatch', score: 10 }],
    });
  });

  test('do not change the live rules', () => {
    const { shadow: _, ...live } = withShadowRules(resolveFraudRules(), { shadowFraudRules: [mismatch(100)], shadowFraudReviewScore: 1 });

    expect(live).toEqual(resolveFraudRules());
  });

  test('can contain rules of the live set, and a function with the same time-out', () => {
    const both = shadowOf({ shadowFraudRules: [...FraudRule.defaults(), scored(500)] }, resolveFraudRules([scored(500)]));

    expect(both!.rules).toHaveLength(FraudRule.defaults().length + 1);
    expect(shadowOf({ shadowFraudRules: [scored(700)] })!.rules).toHaveLength(1);
  });

  test.each<[string, ShadowProps, string]>([
    ['a review score without rules', { shadowFraudReviewScore: 30 }, '`shadowFraudReviewScore` must come with `shadowFraudRules`, got no shadow rules. Pass `shadowFraudRules` or leave it out.'],
    ['a block score without rules', { shadowFraudBlockScore: 30 }, '`shadowFraudBlockScore` must come with `shadowFraudRules`, got no shadow rules.'],
    ['a block score out of reach', { shadowFraudRules: [mismatch(79)] }, '`shadowFraudBlockScore` must be at most the highest score that the rules can give one transaction (79), got: 80'],
    ['a block score below the review score', { shadowFraudRules: [mismatch(100)], shadowFraudBlockScore: 40 }, '`shadowFraudBlockScore` must be greater than `shadowFraudReviewScore` (40), or nothing is ever reviewed, got: 40'],
    ['a review score of zero', { shadowFraudRules: [], shadowFraudReviewScore: 0 }, '`shadowFraudReviewScore` must be a whole number from 1 to 1000000, got: 0'],
    ['the same rule twice', { shadowFraudRules: [mismatch(90), mismatch(90)] }, "`shadowFraudRules` must have unique entries, got duplicate: '{\"rule\":\"country-mismatch\",\"score\":90}'"],
    ['a rule that is not a FraudRule', { shadowFraudRules: ['velocity' as any] }, '`shadowFraudRules` must contain values from a factory of FraudRule'],
    ['a function twice', { shadowFraudRules: [scored(500), scored(501)] }, '`shadowFraudRules` must use each scoring function in one rule, got two rules with Stack/Model.'],
  ])('are rejected: %s', (_, props, message) => {
    expect(() => shadowOf(props)).toThrow(message);
  });

  test('are rejected if a function has another time-out than in the live rules', () => {
    expect(() => shadowOf({ shadowFraudRules: [scored(700)] }, resolveFraudRules([mismatch(80), scored(500)]))).toThrow(
      '`timeout` of a scoring function must be the same in `fraudRules` (500 ms) and `shadowFraudRules`, because both use one answer, got: 700 ms',
    );
  });
});

describe('a system with shadow rules', () => {
  test('passes them to the fraud detector beside the live rules', () => {
    const detector = detectorOf({ shadowFraudRules: [mismatch(100)], shadowFraudReviewScore: 20, shadowFraudBlockScore: 60 });
    const { FRAUD_RULES: rules } = detector.Environment.Variables;

    expect(JSON.parse(rules)).toEqual({
      ...JSON.parse(JSON.stringify(resolveFraudRules())), shadow: { review: 20, block: 60, rules: [{ rule: 'country-mismatch', score: 100 }] },
    });
  });

  test('stores both in a parameter if they do not fit the environment together', () => {
    const rules = manyRules(40);

    expect(detectorOf({ fraudRules: rules }).Environment.Variables).toHaveProperty('FRAUD_RULES');
    expect(detectorOf({ fraudRules: rules, shadowFraudRules: rules }).Environment.Variables).toHaveProperty('FRAUD_RULES_PARAMETER');
  });

  test('is rejected if they do not fit a parameter together', () => {
    const rules = manyRules(100);

    expect(() => synthesize({ fraudRules: rules })).not.toThrow();
    expect(() => synthesize({ fraudRules: rules, shadowFraudRules: rules })).toThrow('`fraudRules` with `shadowFraudRules` must fit the 8192 bytes of an SSM parameter');
  });

  test('has the widgets of shadow rules on its dashboard, and another system does not', () => {
    const dashboardOf = (props: WebhookProcessingSystemProps) => JSON.stringify(theResource(templateOf(props), 'AWS::CloudWatch::Dashboard').Properties);

    for (const title of ['Verdicts of the shadow rules', 'Shadow rules that applied (1 of 2)', 'ShadowVerdicts', 'ShadowRulesFired', 'Not evaluated']) {
      expect(dashboardOf({ shadowFraudRules: [] })).toContain(title);
      expect(dashboardOf({})).not.toContain(title);
    }
  });
});
