import { Match, type Template } from 'aws-cdk-lib/assertions';
import { WebhookProvider, type WebhookProcessingSystemProps } from '../../../src';
import { templateOf, theResource } from '../../support/system';

function relayEnvironment(props: WebhookProcessingSystemProps): Record<string, unknown> {
  return relayEnvironmentOf(templateOf(props));
}

function relayEnvironmentOf(template: Template): Record<string, unknown> {
  return theResource(template, 'AWS::Lambda::Function', ({ Environment }) => Environment?.Variables.EVENT_SOURCE !== undefined)
    .Properties.Environment.Variables as Record<string, unknown>;
}

test('the relay includes the body in the events only with `includeBody`', () => {
  expect(relayEnvironment({ includeBody: true })).toHaveProperty('INCLUDE_BODY', 'true');
  expect(relayEnvironment({ includeBody: false })).not.toHaveProperty('INCLUDE_BODY');
  expect(relayEnvironment({})).not.toHaveProperty('INCLUDE_BODY');
});

test('the relay links payments by the scheme of each provider, under any name', () => {
  expect(relayEnvironment({ providers: [WebhookProvider.stripe({ name: 'shop-eu' }), WebhookProvider.payPal()] }))
    .toHaveProperty('SCHEMES', '{"shop-eu":"stripe","paypal":"paypal"}');
});

describe('the check of recipients', () => {
  const RIGHT = Match.objectLike({ Action: 'sns:GetTopicAttributes' });

  test('reads the alert topic and no other, and expects every recipient', () => {
    const template = templateOf({ alertEmails: ['a@example.com', 'b@example.com'], alertPhoneNumbers: ['+12025550123'] });
    const [topic] = Object.keys(template.findResources('AWS::SNS::Topic'));

    expect(relayEnvironmentOf(template)).toMatchObject({ ALERT_TOPIC_ARN: { Ref: topic }, ALERT_RECIPIENTS: '3' });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: Match.arrayWith([{ Action: 'sns:GetTopicAttributes', Effect: 'Allow', Resource: { Ref: topic } }]) },
    });
  });

  test('does not exist without `alertEmails`, because other subscriptions need no confirmation', () => {
    const template = templateOf({ alertPhoneNumbers: ['+12025550123'] });

    expect(Object.keys(relayEnvironmentOf(template)).filter((name) => name.startsWith('ALERT_'))).toEqual([]);
    template.resourcePropertiesCountIs('AWS::IAM::Policy', { PolicyDocument: { Statement: Match.arrayWith([RIGHT]) } }, 0);
  });
});
