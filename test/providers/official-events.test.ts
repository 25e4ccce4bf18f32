import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { NotificationRequestItem } from '@adyen/api-library/lib/src/typings/notification/notificationRequestItem';
import { SCHEME_EVENTS, type SchemeName } from '../../src/private/contract';

// eslint-disable-next-line @typescript-eslint/no-require-imports -- the library has no types
const { WebhookNotification } = require('braintree') as { readonly WebhookNotification: { readonly Kind: Readonly<Record<string, string>> } };

const PACKAGES = join(__dirname, '../../node_modules');

/** All matches of the first group in the declarations of a package. */
function declared(folder: string, files: RegExp, name: RegExp): string[] {
  return readdirSync(join(PACKAGES, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => files.test(file))
    .flatMap((file) => [...readFileSync(join(PACKAGES, folder, file), 'utf8').matchAll(name)].map(([, event]) => event));
}

/** The names in the libraries of the providers, and at least how many there are. */
const OFFICIAL: ReadonlyArray<readonly [scheme: SchemeName, names: readonly string[], atLeast: number]> = [
  ['stripe', declared('stripe/cjs/resources', /^(?:WebhookEndpoints|Events)\.d\.ts$/, /'([a-z0-9_]+(?:\.[a-z0-9_]+)+)'/g), 270],
  ['adyen', Object.values(NotificationRequestItem.EventCodeEnum), 40],
  ['adyen', declared('@adyen/api-library/lib/src/typings', /Webhooks\/.*\.d\.ts$/, /^ +\w+ = "(\w+(?:\.\w+)+)"/gm), 45],
  ['braintree', Object.values(WebhookNotification.Kind), 40],
  ['paddle', declared('@paddle/paddle-node-sdk/dist/types/notifications/helpers', /types\.d\.ts$/, /= "([a-z_]+\.[a-z_]+)"/g), 55],
  ['square', declared('square/api/types', /Event\.d\.ts$/, /type of (?:this )?(?:webhook )?event[^`]*`"?([a-z0-9_.]+)"?`/gi), 130],
];

test.each(OFFICIAL)('lists every event in the library of %s', (scheme, names, atLeast) => {
  expect(new Set(names).size).toBeGreaterThanOrEqual(atLeast);
  expect(names.filter((name) => !Object.hasOwn(SCHEME_EVENTS[scheme], name))).toEqual([]);
});
