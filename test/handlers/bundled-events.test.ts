import { readFileSync } from 'node:fs';
import { bundleOf } from './support/bundle-process';
import { SCHEME_EVENTS, type HandlerName } from '../../src/private/contract';

const EVENT = 'payment_intent.amount_capturable_updated' satisfies keyof typeof SCHEME_EVENTS.stripe;

/** How often each bundle contains the event's name: only the validator does, in the code of the provider. */
const OCCURRENCES: Readonly<Record<HandlerName, number>> = {
  'webhook-validator': 1,
  'event-relay': 0,
  'fraud-detector': 0,
  'transaction-archival': 0,
};

test.each(Object.entries(OCCURRENCES) as [HandlerName, number][])('the bundle of the %s contains no events for synthesis', (handler, occurrences) => {
  expect(readFileSync(bundleOf(handler), 'utf8').split(EVENT)).toHaveLength(occurrences + 1);
});
