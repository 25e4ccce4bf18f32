import { WebhookProvider, type WebhookProcessingSystemProps } from '../../../src';
import { templateOf, theResource } from '../../support/system';

function relayEnvironment(props: WebhookProcessingSystemProps): Record<string, unknown> {
  return theResource(templateOf(props), 'AWS::Lambda::Function', ({ Environment }) => Environment?.Variables.EVENT_SOURCE !== undefined)
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
