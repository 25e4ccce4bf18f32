import { Lazy } from 'aws-cdk-lib';
import { TransactionKind, WebhookProvider, type WebhookProviderProps } from '../../src';
import { NEVER_A_MOVEMENT, SCHEME_EVENTS, type Kind, type SchemeName } from '../../src/private/contract';
import { validateMoneyMovementEvents } from '../../src/providers/money-movement-events';
import { ALL_SAMPLES } from '../handlers/support/all-samples';

/** The schemes that define events. */
const SCHEMES = (Object.entries(SCHEME_EVENTS) as [SchemeName, Readonly<Record<string, Kind>>][])
  .filter(([, events]) => Object.keys(events).length > 0);

const FIELDS = { eventName: 'type', amount: 'amount' };
const KINDS = { paid: TransactionKind.CAPTURED, declined: TransactionKind.FAILED };

const hmac = (props: WebhookProviderProps, kinds?: typeof KINDS) => (
  () => WebhookProvider.hmac({ ...props, signatureHeader: 'X-Signature', fields: { ...FIELDS, kinds } })
);
const mapped = (props: WebhookProviderProps, kinds?: typeof KINDS) => (
  () => WebhookProvider.standardWebhooks({ ...props, fields: { ...FIELDS, kinds } })
);
const canonical = (props: WebhookProviderProps) => () => WebhookProvider.standardWebhooks(props);

describe.each(SCHEMES)('of the known events of %s', (scheme, events) => {
  const movable = Object.keys(events).filter((event) => !NEVER_A_MOVEMENT.includes(events[event]));
  const immovable = Object.keys(events).filter((event) => NEVER_A_MOVEMENT.includes(events[event]));

  test('accepts all that can move money', () => {
    expect(() => validateMoneyMovementEvents(scheme, { moneyMovementEvents: movable })).not.toThrow();
  });

  test('rejects all that failed or were canceled', () => {
    expect(immovable.length).toBeGreaterThan(0);
    for (const event of immovable) {
      expect(() => validateMoneyMovementEvents(scheme, { moneyMovementEvents: [event] }))
        .toThrow(`got: '${event}', which is of the kind ${events[event]}.`);
    }
  });

  test('lists those of all samples that have a name', () => {
    const sent = ALL_SAMPLES[scheme].events.flatMap((sample) => sample.events.map(({ event }) => event)).filter((event) => event !== 'unknown');

    expect(sent.length).toBeGreaterThan(0);
    expect(sent.filter((event) => !Object.hasOwn(events, event))).toEqual([]);
  });
});

test.each<[string, () => WebhookProvider, string]>([
  [
    'an event that failed', () => WebhookProvider.stripe({ moneyMovementEvents: ['charge.succeeded', 'charge.failed'] }),
    "`moneyMovementEvents` must not contain events of the kinds failed and canceled, because they move no money, got: 'charge.failed', which is of the kind failed. Remove it.",
  ],
  [
    'an event that was canceled', () => WebhookProvider.payPal({ moneyMovementEvents: ['PAYMENT.AUTHORIZATION.VOIDED'] }),
    "got: 'PAYMENT.AUTHORIZATION.VOIDED', which is of the kind canceled. Remove it.",
  ],
  [
    'an event that failed, even if it is called unlisted', () => WebhookProvider.stripe({ moneyMovementEvents: ['charge.failed'], unlistedEvents: ['charge.failed'] }),
    "got: 'charge.failed', which is of the kind failed. Remove it.",
  ],
  [
    'an unknown name', () => WebhookProvider.stripe({ moneyMovementEvents: ['refund.created', 'charge.suceeded'] }),
    "`moneyMovementEvents` must contain names of events of stripe, got: 'charge.suceeded'. Did you mean 'charge.succeeded'? "
    + 'If the provider sends an event with this name, add the name to `unlistedEvents`, too.',
  ],
  ['a known name in another case', () => WebhookProvider.adyen({ moneyMovementEvents: ['Capture'] }), "got: 'Capture'. Did you mean 'CAPTURE'?"],
  ['the name of a member of every object', () => WebhookProvider.mollie({ moneyMovementEvents: ['constructor'] }), "got: 'constructor'. If the provider"],
  ['a name without a similar one', () => WebhookProvider.shopify({ moneyMovementEvents: ['paid'] }), "got: 'paid'. If the provider"],
  [
    'an unknown name beside an unlisted one', () => WebhookProvider.stripe({ moneyMovementEvents: ['charge.new', 'payuot.paid'], unlistedEvents: ['charge.new'] }),
    "got: 'payuot.paid'. Did you mean 'payout.paid'?",
  ],
  [
    'an unlisted name that is not chosen', () => WebhookProvider.stripe({ moneyMovementEvents: ['charge.new'], unlistedEvents: ['charge.nwe'] }),
    "`unlistedEvents` must contain only names that `moneyMovementEvents` contains too, got: 'charge.nwe'. Add it there, or remove it.",
  ],
  ['an unlisted name alone', () => WebhookProvider.stripe({ unlistedEvents: ['charge.new'] }), "contains too, got: 'charge.new'."],
  [
    'an unlisted name of an HMAC', hmac({ moneyMovementEvents: ['new'], unlistedEvents: ['new'] }),
    "`unlistedEvents` must not be set for a provider whose events this library does not list, got: 'new'. Leave it out.",
  ],
  [
    'a name of an HMAC that has no kind', hmac({ moneyMovementEvents: ['piad'] }, KINDS),
    "`moneyMovementEvents` must contain names from `fields.kinds`, got: 'piad'. Did you mean 'paid'? "
    + 'If the sender sends an event with this name, add the name to `fields.kinds`.',
  ],
  ['a name of Standard Webhooks that has no kind', mapped({ moneyMovementEvents: ['piad'] }, KINDS), "from `fields.kinds`, got: 'piad'."],
  ['a name of a failed kind', mapped({ moneyMovementEvents: ['declined'] }, KINDS), "got: 'declined', which is of the kind failed. Remove it."],
  [
    'a name that is no kind of the canonical transaction', canonical({ moneyMovementEvents: ['capture'] }),
    "`moneyMovementEvents` must contain kinds of the canonical transaction, got: 'capture'. Did you mean 'captured'? "
    + 'The kinds are authorized, captured, failed, canceled, refunded, disputed, paid-out, other.',
  ],
])('%s is rejected', (_, act, message) => {
  expect(act).toThrow(message);
});

test.each<[string, () => WebhookProvider]>([
  ['an unlisted name', () => WebhookProvider.stripe({ moneyMovementEvents: ['charge.succeeded', 'charge.new'], unlistedEvents: ['charge.new'] })],
  ['an unlisted name that is listed by now', () => WebhookProvider.stripe({ moneyMovementEvents: ['payout.paid'], unlistedEvents: ['payout.paid'] })],
  ['a name that is known only at deployment', () => WebhookProvider.stripe({ moneyMovementEvents: [Lazy.string({ produce: () => 'payuot.paid' })] })],
  ['a kind of the canonical transaction', canonical({ moneyMovementEvents: ['captured', 'other'] })],
  ['any name of an HMAC without kinds', hmac({ moneyMovementEvents: ['Charge.Succeeded', 'charge.failed', 'failed'] })],
  ['any name of Standard Webhooks without kinds', mapped({ moneyMovementEvents: ['Charge.Succeeded', 'charge.failed', 'failed'] })],
  ['a name of an HMAC with its kind', hmac({ moneyMovementEvents: ['paid'] }, KINDS)],
])('%s is accepted', (_, act) => {
  expect(act).not.toThrow();
});
