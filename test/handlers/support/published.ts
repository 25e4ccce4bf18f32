import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * Test vectors and payloads that providers publish lie beside the repository,
 * not in it. Without them the same properties are shown with the providers'
 * libraries; the tests that need them say so and stand aside.
 */
const FOLDER = resolve(__dirname, '..', '..', '..', '..', 'shared', 'providers');

/** Describes tests over published material; where that is absent, the report names them as skipped, with the reason. */
export function describePublished(name: string, tests: () => void): void {
  if (existsSync(FOLDER)) {
    describe(name, tests);
  } else {
    process.stderr.write(`${name}: skipped, for there is no ${FOLDER}\n`);
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
  /** Adyen: the key, and an item beside its signature. */
  readonly secretHex?: string;
  readonly item?: { readonly additionalData?: object };
  readonly expectedSignature?: string;
  /** Braintree: a form, or the check of an endpoint. */
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

/** The providers of whom there are vectors, by the names of their files. */
export function vectorProviders(): string[] {
  return readdirSync(join(FOLDER, 'vectors')).filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -'.json'.length)).sort();
}

/** The providers of whom there are payloads, by the names of their folders. */
export function payloadProviders(): string[] {
  return readdirSync(join(FOLDER, 'fixtures')).sort();
}

export function vectors(name: string): PublishedVector[] {
  return JSON.parse(readFileSync(join(FOLDER, 'vectors', `${name}.json`), 'utf8')) as PublishedVector[];
}

/** The published payloads of a provider: name and bytes. */
export function payloads(provider: string): [string, Buffer][] {
  const folder = join(FOLDER, 'fixtures', provider);
  return readdirSync(folder).sort().map((file) => [file, readFileSync(join(folder, file))]);
}
