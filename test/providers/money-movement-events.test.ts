import { Annotations, Lazy, Stack } from 'aws-cdk-lib';
import { Annotations as AnnotationsOf, Match } from 'aws-cdk-lib/assertions';
import { WebhookProvider, type WebhookProviderProps } from '../../src';
import { NEVER_A_MOVEMENT, SCHEME_EVENTS, type Kind, type SchemeName } from '../../src/private/contract';
import { validateMoneyMovementEvents, warnOfSimilarEvents } from '../../src/providers/money-movement-events';
import { synthesize } from '../support/system';

/** The schemes that define events. */
const SCHEMES = (Object.entries(SCHEME_EVENTS) as [SchemeName, Readonly<Record<string, Kind>>][])
  .filter(([, events]) => Object.keys(events).length > 0);

const FIELDS = { eventName: 'type', amount: 'amount' };

/** The factories whose events the user defines. */
const OWN_EVENTS: ReadonlyArray<readonly [string, (props: WebhookProviderProps) => WebhookProvider]> = [
  ['the canonical body', (props) => WebhookProvider.standardWebhooks(props)],
  ['Standard Webhooks with fields', (props) => WebhookProvider.standardWebhooks({ ...props, fields: FIELDS })],
  ['an HMAC', (props) => WebhookProvider.hmac({ ...props, signatureHeader: 'X-Signature', fields: FIELDS })],
];

/** The warnings of a system with one provider. */
function warningsOf(provider: WebhookProvider): readonly unknown[] {
  return AnnotationsOf.fromStack(synthesize({ providers: [provider] }).stack).findWarning('*', Match.stringLikeRegexp('moneyMovementEvents'))
    .map(({ entry }) => entry.data);
}

describe.each(SCHEMES)('of the known events of %s', (scheme, events) => {
  const movable = Object.keys(events).filter((event) => !NEVER_A_MOVEMENT.includes(events[event]));
  const immovable = Object.keys(events).filter((event) => NEVER_A_MOVEMENT.includes(events[event]));

  test('accepts all that can move money, without a warning', () => {
    const stack = new Stack();

    expect(() => validateMoneyMovementEvents(scheme, movable)).not.toThrow();
    warnOfSimilarEvents(stack, 'shop', scheme, movable);

    expect(stack.node.metadata.filter(({ type }) => type === 'aws:cdk:warning')).toEqual([]);
  });

  test('rejects all that failed or were canceled', () => {
    expect(immovable.length).toBeGreaterThan(0);
    for (const event of immovable) {
      expect(() => validateMoneyMovementEvents(scheme, [event])).toThrow(`got: '${event}', which is of the kind ${events[event]}.`);
    }
  });
});

test.each<[string, () => WebhookProvider, string]>([
  [
    'an event that failed', () => WebhookProvider.stripe({ moneyMovementEvents: ['charge.succeeded', 'charge.failed'] }),
    "`moneyMovementEvents` must not contain events of the kinds failed and canceled, because they move no money, got: 'charge.failed', which is of the kind failed. Remove it.",
  ],
  [
    'an event that was canceled', () => WebhookProvider.payPal({ moneyMovementEvents: ['PAYMENT.AUTHORIZATION.VOIDED'] }),
    "`moneyMovementEvents` must not contain events of the kinds failed and canceled, because they move no money, got: 'PAYMENT.AUTHORIZATION.VOIDED', which is of the kind canceled. Remove it.",
  ],
  [
    'an event that failed, in another case', () => WebhookProvider.mollie({ moneyMovementEvents: ['Payment.Failed'] }),
    "got: 'Payment.Failed', which is of the kind failed. Remove it.",
  ],
  [
    'a known name in another case', () => WebhookProvider.adyen({ moneyMovementEvents: ['Capture'] }),
    "`moneyMovementEvents` must contain event names in the case of the provider, got: 'Capture'. Use 'CAPTURE'.",
  ],
])('%s is rejected', (_, act, message) => {
  expect(act).toThrow(message);
});

describe('a name that is similar to a known one', () => {
  const TYPO = () => WebhookProvider.stripe({ name: 'shop', moneyMovementEvents: ['charge.succeeded', 'payuot.paid'] });
  const ID = 'cdk-webhook-processing-system:moneyMovementEvents:payuot.paid';

  test('causes a warning with the known one', () => {
    expect(warningsOf(TYPO())).toEqual([
      "`moneyMovementEvents` of the provider 'shop' contains 'payuot.paid', which is no known event of stripe but similar to 'payout.paid'. "
      + `Correct the name, or acknowledge this warning if the provider sends an event with this name. [ack: ${ID}]`,
    ]);
  });

  test('causes no warning after it is acknowledged', () => {
    const { stack, system } = synthesize({ providers: [TYPO()] });

    Annotations.of(system).acknowledgeWarning(ID, 'Stripe sends it');

    expect(AnnotationsOf.fromStack(stack).findWarning('*', Match.stringLikeRegexp('moneyMovementEvents'))).toEqual([]);
  });

  test.each([
    ['is off by three characters', WebhookProvider.stripe({ moneyMovementEvents: ['payouuuut.paid'] })],
    ['is similar to two known ones', WebhookProvider.checkoutCom({ moneyMovementEvents: ['paymout_paid'] })],
    ['is similar only to one that was canceled', WebhookProvider.adyen({ moneyMovementEvents: ['ORDER_CLOSED'] })],
    ['is known only at deployment', WebhookProvider.stripe({ moneyMovementEvents: [Lazy.string({ produce: () => 'payuot.paid' })] })],
  ])('causes no warning if it %s', (_, provider) => {
    expect(warningsOf(provider)).toEqual([]);
  });
});

test.each(OWN_EVENTS)('%s can have any names', (_, factory) => {
  expect(warningsOf(factory({ moneyMovementEvents: ['Charge.Succeeded', 'charge.failed', 'payuot.paid', 'failed', 'Captured'] }))).toEqual([]);
});
