import { App, Duration, Lazy, Stack, Token } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { WebhookProvider, type Reconciliation } from '../../src';
import { synthesize } from '../support/system';

const stack = new Stack(new App(), 'Stack');
const apiKey = new Secret(stack, 'ApiKey');
const stripe = (more: Partial<Reconciliation>) => () => WebhookProvider.stripe({ reconciliation: { apiKey, ...more } });

test.each([
  ['an interval that is too short', { every: Duration.minutes(14) }, '`reconciliation.every` must be from 15 minutes to 1 day, got: 14 minutes'],
  ['an interval that is too long', { every: Duration.hours(25) }, '`reconciliation.every` must be from 15 minutes to 1 day, got: 1 day 1 hour'],
  ['a part of a minute', { every: Duration.seconds(1_000) }, '`reconciliation.every` must be a whole number of minutes, got: 16 minutes 40 seconds'],
  [
    'an unknown interval', { every: Duration.seconds(Token.asNumber(Lazy.number({ produce: () => 900 }))) },
    '`reconciliation.every` must be known at synthesis, because it is a part of a schedule, got: a token',
  ],
  ['no key', { apiKey: undefined }, '`reconciliation.apiKey` must be an object, got: undefined'],
  ['no names', { eventNames: [] }, '`reconciliation.eventNames` must contain at least one name, got an empty list. Leave it out for the default.'],
  [
    'the same name twice', { eventNames: ['charge.succeeded', 'charge.succeeded'] },
    "`reconciliation.eventNames` must have unique entries, got duplicate: 'charge.succeeded'. Remove one of them.",
  ],
  [
    'a misspelled name', { eventNames: ['charge.suceeded'] },
    "`reconciliation.eventNames` must contain names of events of stripe, got: 'charge.suceeded'. Did you mean 'charge.succeeded'?"
    + ' If the provider sends an event with this name, add the name to `moneyMovementEvents` and `unlistedEvents`, or leave it out.',
  ],
  [
    'an unknown list', { eventNames: Token.asList('names') },
    '`reconciliation.eventNames` must be known at synthesis, because each entry becomes a part of the template, got: a list token',
  ],
])('%s is rejected', (_, more, message) => {
  expect(stripe(more as Partial<Reconciliation>)).toThrow(new Error(message));
});

test('a value that is no reconciliation is rejected', () => {
  expect(() => WebhookProvider.square({ reconciliation: true as never })).toThrow('`reconciliation` must be an object, got: true');
});

test('a signing secret is no API key', () => {
  expect(() => WebhookProvider.payPal({ secrets: [apiKey], reconciliation: { apiKey } })).toThrow(
    '`reconciliation.apiKey` must be another secret than those in `secrets`, because the function that the internet reaches can read these, '
    + 'got: Stack/ApiKey in both. Store the key in a secret of its own.',
  );
});

test('names that are known, chosen as money movements, or known only at deployment are accepted', () => {
  expect(() => WebhookProvider.stripe({
    moneyMovementEvents: ['charge.instantly_settled'],
    unlistedEvents: ['charge.instantly_settled'],
    reconciliation: { apiKey, eventNames: ['charge.succeeded', 'charge.instantly_settled', Lazy.string({ produce: () => 'name' })] },
  })).not.toThrow();
});

test('a key in another Region is rejected', () => {
  const elsewhere = new Stack(new App(), 'Elsewhere', { env: { account: '111111111111', region: 'eu-west-1' } });

  expect(() => synthesize(
    { providers: [WebhookProvider.stripe({ reconciliation: { apiKey: Secret.fromSecretNameV2(elsewhere, 'Key', 'key') } })] },
    { env: { account: '111111111111', region: 'us-east-1' } },
  )).toThrow('`reconciliation.apiKey` of the provider stripe must be in the region of the stack (us-east-1), got a resource of region eu-west-1.');
});
