import { PROVIDER_NAMES, otherSecret, type ProviderName } from '../genuine-webhooks';
import { LARGE_PADDING, TOO_LARGE_BODY } from '../large-bodies';
import type { Scenario } from '../scenario';
import { BURST_LIMIT, RECONCILED_PROVIDERS, SILENCE_HOURS } from '../simulated-template';

let unique = 0;
const nextId = () => `unparsed-${unique += 1}`;

/** Authentic bodies without what tells the event. */
const UNPARSED: { readonly [provider in ProviderName]: () => object } = {
  stripe: () => ({ id: nextId(), object: 'event' }),
  adyen: () => ({ environment: 'live', id: nextId() }),
  paypal: () => ({ id: nextId() }),
};

const isReconciled = (provider: ProviderName) => RECONCILED_PROVIDERS.some(({ name }) => name === provider);
const named = (provider: ProviderName) => isReconciled(provider) ? `${provider} with reconciliation` : provider;
/** The reconciliation fetches what is not accepted. */
const missedEvents = (provider: ProviderName) => isReconciled(provider) ? [`events-missed-${provider}`] : [];

export const PROVIDER_FAULTS: readonly Scenario[] = [
  ...PROVIDER_NAMES.flatMap((provider): Scenario[] => [
    {
      fault: `wrong secret of ${named(provider)}`,
      rings: [`mostly-rejected-${provider}`, ...missedEvents(provider)],
      start: ({ secrets }) => { secrets.set(provider, otherSecret(provider)); },
      minutes: 60,
    },
    {
      fault: `unknown format of the events of ${provider}`,
      rings: [`unparsed-${provider}`],
      start: (_, { changes }) => { changes.set(provider, () => ({ payload: UNPARSED[provider]() })); },
    },
    {
      fault: `secret of ${named(provider)} not set`,
      rings: [`secret-not-set-${provider}`, 'server-errors', ...missedEvents(provider)],
      start: ({ secrets }) => { secrets.set(provider, undefined); },
    },
  ]),
  {
    fault: `no webhooks of stripe for ${SILENCE_HOURS} hours`,
    rings: ['silent-stripe'],
    start: (_, traffic) => traffic.stop('stripe'),
    minutes: SILENCE_HOURS * 60 + 60,
  },
  {
    fault: 'endpoint of stripe disabled at the provider for 4 hours',
    rings: ['events-missed-stripe'],
    start: (_, traffic) => traffic.disableEndpoint('stripe'),
    minutes: 4 * 60,
  },
  {
    fault: `endpoint of stripe disabled at the provider for ${SILENCE_HOURS} hours`,
    // Fetched events do not end the silence.
    rings: ['events-missed-stripe', 'silent-stripe'],
    start: (_, traffic) => traffic.disableEndpoint('stripe'),
    minutes: SILENCE_HOURS * 60 + 60,
  },
  {
    fault: 'API key of stripe revoked',
    rings: ['reconciliation-stopped-stripe'],
    start: ({ reconciliation }) => { reconciliation.apiKey = 'rk_live_revoked_00'; },
    minutes: 6 * 60,
  },
  {
    fault: 'rule of the reconciliation of stripe disabled',
    rings: ['reconciliation-stopped-stripe'],
    start: ({ reconciliation }) => { reconciliation.ruleDisabled = true; },
    minutes: 6 * 60,
  },
  {
    fault: 'writes to the table fail',
    rings: ['server-errors'],
    start: ({ faults }) => {
      faults.table.set('PutItem', Array<string>(10_000).fill('InternalServerError'));
      faults.table.set('TransactWriteItems', Array<string>(10_000).fill('InternalServerError'));
    },
  },
  {
    fault: 'more requests to the path of stripe than the limit',
    rings: ['throttled'],
    start: async (system) => system.burst('stripe', Array(BURST_LIMIT + 1).fill({ body: Buffer.from('{}'), headers: {} })),
    minutes: 20,
  },
  {
    fault: 'request to the path of stripe that is larger than Lambda can receive',
    rings: ['too-large'],
    start: async (system) => { await system.post('stripe', { body: TOO_LARGE_BODY, headers: {} }); },
    minutes: 20,
  },
  {
    fault: 'archive refuses objects, and bodies of stripe do not fit an item',
    rings: ['server-errors', 'archival-late', 'archival-stopped'],
    start: ({ faults }, { changes }) => {
      faults.bucketFails = true;
      changes.set('stripe', () => ({ padding: LARGE_PADDING }));
    },
  },
];
