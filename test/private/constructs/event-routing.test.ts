import type { Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import * as fc from 'fast-check';
import { tierOf } from '../../../handlers/domain/money';
import { AmountTier, type WebhookProcessingSystemProps } from '../../../src';
import { CURRENCY_EXPONENTS, type Tier } from '../../../src/private/contract';
import { tierPattern } from '../../../src/private/tier-patterns';
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

    const matched = Object.values(template.findResources('AWS::Events::Rule'))
      .filter(({ Properties }) => Properties.EventPattern && matches(Properties.EventPattern, event))
      .map(({ Properties }) => Properties.Name);

    expect(matched).toEqual([`${tier}-value-transactions-test`]);
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

    const targets = ['high', 'medium'].map((tier) => theResource(
      template, 'AWS::Events::Rule', ({ Name }) => Name === `${tier}-value-transactions-test`,
    ).Properties.Targets);

    expect(targets).toEqual(Array(2).fill([expect.objectContaining({
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
