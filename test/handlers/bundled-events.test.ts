import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundleOf } from './support/bundle-process';
import { HANDLER_ENTRIES } from '../../projenrc/handler-entries';
import { SCHEME_EVENTS, type HandlerName } from '../../src/private/contract';

const EVENT = 'payment_intent.amount_capturable_updated' satisfies keyof typeof SCHEME_EVENTS.stripe;

const occurrencesIn = (file: string) => readFileSync(file, 'utf8').split(EVENT).length - 1;

test.each(Object.keys(HANDLER_ENTRIES) as HandlerName[])('the bundle of the %s contains no events', (handler) => {
  expect(occurrencesIn(bundleOf(handler))).toBe(0);
});

test('the file of a provider contains its events once, and none for synthesis', () => {
  expect(occurrencesIn(join(dirname(bundleOf('webhook-validator')), 'stripe.js'))).toBe(1);
});
