import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * Test vectors and payloads that providers publish are in a folder outside the
 * repository. Without them, the tests that need them are skipped with a message.
 * Other tests show the same properties with the libraries of the providers.
 */
const FOLDER = resolve(__dirname, '..', '..', '..', '..', 'shared', 'providers');

/** Describes tests with published material. If it is absent, the tests are reported as skipped, with the reason. */
export function describePublished(name: string, tests: () => void): void {
  if (existsSync(FOLDER)) {
    describe(name, tests);
  } else {
    process.stderr.write(`${name}: skipped, because ${FOLDER} does not exist\n`);
    test.skip(`${name}: the published material is absent (${FOLDER})`, () => undefined);
  }
}

export interface PublishedVector {
  readonly name: string;
  readonly mode?: string;
  readonly secret?: string;
  readonly publicKey?: string;
  readonly rawBody: string;
  readonly headers: { readonly [name: string]: string };
  readonly now: number;
  readonly valid: boolean;
  readonly reason?: string;
  readonly expectedHex: string;
  readonly algo: 'sha1' | 'sha256' | 'sha512';
  readonly encoding: 'hex' | 'base64';
  readonly prefix: string;
  readonly signature: string;
  /** Adyen: the key, and an item with a separate signature. */
  readonly secretHex?: string;
  readonly item?: { readonly additionalData?: object };
  readonly expectedSignature?: string;
  /** Braintree: a form, or an endpoint check. */
  readonly privateKey?: string;
  readonly bt_signature?: string;
  readonly bt_payload?: string;
  readonly challenge?: string;
  readonly expected?: string;
  /** PayPal. */
  readonly webhookId?: string;
  readonly certPem?: string;
  readonly expectedSignedString?: string;
  /** Square. */
  readonly notificationUrl?: string;
}

/** The providers with vectors, by the names of their files. */
export function vectorProviders(): string[] {
  return readdirSync(join(FOLDER, 'vectors')).filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -'.json'.length)).sort();
}

/** The providers with payloads, by the names of their folders. */
export function payloadProviders(): string[] {
  return readdirSync(join(FOLDER, 'fixtures')).sort();
}

export function vectors(name: string): PublishedVector[] {
  return JSON.parse(readFileSync(join(FOLDER, 'vectors', `${name}.json`), 'utf8')) as PublishedVector[];
}

/** The published payloads of a provider, as names and bytes. */
export function payloads(provider: string): [string, Buffer][] {
  const folder = join(FOLDER, 'fixtures', provider);
  return readdirSync(folder).sort().map((file) => [file, readFileSync(join(folder, file))]);
}
