import type { Stack } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import * as fc from 'fast-check';
import { tierOf } from '../../../handlers/domain/money';
import { AmountTier, AssessmentScope, type WebhookProcessingSystemProps } from '../../../src';
import { CURRENCY_EXPONENTS, type AssessmentScopeConfig, type Tier } from '../../../src/private/contract';
import { assessedBelowHighPattern, tierPattern } from '../../../src/private/tier-patterns';
import { matches, type Pattern } from '../../support/event-pattern';
import { statementsOf, synthesize, templateOf, theResource } from '../../support/system';
import { foreignCase, movementCase, SOURCE, TIER_CONFIGS } from '../../support/tier-cases';

const TIERS: Tier[] = ['high', 'medium', 'low'];

function patternsOf(config: (typeof TIER_CONFIGS)[number]): { tier: Tier; pattern: Pattern }[] {
  return TIERS.map((tier) => {
    const { detailType, ...rest } = tierPattern(tier, SOURCE, config);
    return { tier, pattern: { ...rest, 'detail-type': detailType } };
  });
}

/** The names of the rules of a template that match an event. */
function rulesFor(template: Template, event: object): string[] {
  return Object.values(template.findResources('AWS::Events::Rule'))
    .filter(({ Properties }) => Properties.EventPattern && matches(Properties.EventPattern, event))
    .map(({ Properties }) => Properties.Name);
}

describe('the pattern of what is assessed below the high tier', () => {
  const SCOPES: AssessmentScopeConfig[] = [{ below: 'suspicious', declines: 2, windowSeconds: 3_600 }, { below: 'all' }];

  describe.each(SCOPES.flatMap((scope) => TIER_CONFIGS.map((config) => ({ scope, config }))))('with $scope and thresholds $config', ({ scope, config }) => {
    const { detailType, ...rest } = assessedBelowHighPattern(scope, SOURCE, config);
    const pattern: Pattern = { ...rest, 'detail-type': detailType };
    const [{ pattern: high }] = patternsOf(config);

    test('and that of the high tier match every marked movement exactly once', () => {
      fc.assert(fc.property(movementCase, ({ event }) => {
        const marked = { ...event, detail: { ...event.detail as object, suspicious: true } };

        expect([pattern, high].filter((candidate) => matches(candidate, marked))).toHaveLength(1);
      }), { numRuns: 500 });
    });

    test('needs the mark only if not all are assessed', () => {
      fc.assert(fc.property(movementCase, ({ event }) => {
        expect(matches(pattern, event)).toBe(scope.below === 'all' && !matches(high, event));
      }), { numRuns: 500 });
    });

    test('matches no other event', () => {
      fc.assert(fc.property(foreignCase, ({ event }) => {
        expect(matches(pattern, event)).toBe(false);
      }), { numRuns: 500 });
    });
  });

  const event = (amount: number, suspicious?: true) => ({
    'source': 'webhook-processing-system.test',
    'detail-type': 'transaction.received',
    'detail': { money_movement: true, currency: 'USD', amount, suspicious },
  });

  test.each<[string, AssessmentScope | undefined, string[], string[]]>([
    ['by default', undefined, ['low-value-transactions-test', 'suspicious-transactions-test'], ['low-value-transactions-test']],
    ['with all', AssessmentScope.all(), ['low-value-transactions-test', 'suspicious-transactions-test'], ['low-value-transactions-test', 'suspicious-transactions-test']],
    ['with the high tier only', AssessmentScope.highTier(), ['low-value-transactions-test'], ['low-value-transactions-test']],
  ])('%s, routes a marked and another small payment', (_, assessmentScope, marked, other) => {
    const template = templateOf({ environmentSuffix: 'test', assessmentScope });

    expect(rulesFor(template, event(5, true))).toEqual(marked);
    expect(rulesFor(template, event(5))).toEqual(other);
    expect(rulesFor(template, event(10_001, true))).toEqual(['high-value-transactions-test']);
  });

  test('is on the bus of the user', () => {
    const { template, system } = synthesize((stack) => ({ eventBus: new EventBus(stack, 'Shared') }));

    expect(system.suspiciousRule!.node.id).toBe('SuspiciousRuleOnExistingBus');
    const rule = theResource(template, 'AWS::Events::Rule', ({ Description }) => Description === 'Starts the workflow for suspicious transactions below the high tier');
    expect(rule.Properties.EventBusName).toEqual({ Ref: expect.stringContaining('Shared') });
  });

  test('belongs to no rule if only the high tier is assessed', () => {
    expect(synthesize({ assessmentScope: AssessmentScope.highTier() }).system.suspiciousRule).toBeUndefined();
  });
});

describe('the patterns of the three tiers', () => {
  describe.each(TIER_CONFIGS.map((config) => ({ config })))('with thresholds $config', ({ config }) => {
    const patterns = patternsOf(config);

    test('match every routed transaction exactly once, in the tier that the validator computes', () => {
      fc.assert(fc.property(movementCase, ({ event }) => {
        const matched = patterns.filter(({ pattern }) => matches(pattern, event)).map(({ tier }) => tier);

        const { amount, currency } = event.detail as { amount: number; currency: string };
        expect(matched).toEqual([tierOf(amount, currency, config)]);
      }), { numRuns: 2_000 });
    });

    test('match no other event', () => {
      fc.assert(fc.property(foreignCase, ({ event }) => {
        expect(patterns.filter(({ pattern }) => matches(pattern, event))).toEqual([]);
      }), { numRuns: 500 });
    });
  });

  test.each([
    [999.99, 'low'], [1_000, 'medium'], [1_000.01, 'medium'], [9_999.99, 'medium'], [10_000, 'medium'], [10_000.01, 'high'], [5e9, 'high'], [0, 'low'],
  ])('put %d into %s by default', (amount, tier) => {
    const template = templateOf({ environmentSuffix: 'test' });
    const event = {
      'source': 'webhook-processing-system.test',
      'detail-type': 'transaction.received',
      'detail': { money_movement: true, currency: 'USD', amount },
    };

    expect(rulesFor(template, event)).toEqual([`${tier}-value-transactions-test`]);
  });

  test('group currencies with the same thresholds', () => {
    const pattern = JSON.stringify(tierPattern('high', SOURCE, TIER_CONFIGS[2]));

    expect(pattern).toContain('"currency":["JPY","KRW"],"amount":[{"numeric":[">",1000000]}]');
  });

  test('that are longer than EventBridge accepts are rejected with a remedy', () => {
    const codes = [...CURRENCY_EXPONENTS.keys()].slice(0, 56);
    const currencies = Object.fromEntries(codes.map((currency, index) => [currency, { medium: index, high: 1_000 + index }]));

    expect(() => synthesize({ thresholds: { currencies } })).toThrow(
      /`thresholds.currencies` must fit an event pattern of 2048 characters, got: \d+; give more currencies the same thresholds/,
    );
  });
});

describe('the rules', () => {
  test('deliver with retries and a dead-letter queue, with their own role', () => {
    const template = templateOf({ environmentSuffix: 'test' });

    const targets = ['high-value', 'medium-value', 'suspicious'].map((name) => theResource(
      template, 'AWS::Events::Rule', ({ Name }) => Name === `${name}-transactions-test`,
    ).Properties.Targets);

    expect(targets).toEqual(Array(3).fill([expect.objectContaining({
      DeadLetterConfig: { Arn: expect.anything() },
      RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
      RoleArn: expect.anything(),
    })]));
    expect(statementsOf(template, 'eventbridge-targets-test').map(({ Action }) => Action)).toEqual(['states:StartExecution', 'sns:Publish']);
  });

  const mediumTarget = (props: WebhookProcessingSystemProps | ((stack: Stack) => WebhookProcessingSystemProps)) => theResource(
    synthesize(props).template, 'AWS::Events::Rule', ({ Description }) => Description?.startsWith('Alerts people'),
  ).Properties.Targets[0];

  test('send people only the text and the link that the relay wrote for alerts', () => {
    expect(mediumTarget({ alertEmails: ['payments@example.com'] })).toMatchObject({
      InputTransformer: {
        InputPathsMap: { 'detail-alert_sms': '$.detail.alert_sms', 'detail-payment_url': '$.detail.payment_url' },
        InputTemplate: '"<detail-alert_sms> <detail-payment_url>"',
      },
    });
  });

  test.each<[string, WebhookProcessingSystemProps | ((stack: Stack) => WebhookProcessingSystemProps)]>([
    ['a phone gets alerts', { alertPhoneNumbers: ['+15555550100'] }],
    ['the topic is an existing one', (stack) => ({ alertTopic: new Topic(stack, 'Existing') })],
  ])('send only the text that fits an SMS if %s', (_, props) => {
    expect(mediumTarget(props)).toMatchObject({ InputPath: '$.detail.alert_sms' });
  });

  test('leave the low tier to targets of your own', () => {
    const synthesized = synthesize();

    synthesized.system.addTarget(AmountTier.LOW, new SqsQueue(new Queue(synthesized.stack, 'Own')));

    const low = theResource(synthesized.template, 'AWS::Events::Rule', ({ Description }) => Description?.startsWith('Low-value'));
    expect(low.Properties.Targets).toHaveLength(1);
  });

  test('of two systems on one bus have different sources', () => {
    const { template, system } = synthesize((stack) => ({ eventBus: new EventBus(stack, 'Shared') }));

    expect(system.eventSource).toMatch(/^webhook-processing-system\.Stack-Payments-[0-9A-F]{8}$/);
    template.resourceCountIs('AWS::Events::EventBus', 1);
  });
});
