import { notificationBatch, withSignature, type NotificationItem } from '../../../handlers/providers/adyen/samples';
import { braintreeForm } from '../../../handlers/providers/braintree/samples';
import type { Headers, SignedWebhook } from '../../../handlers/providers/shared/samples/provider-samples';
import { isSignedByAny } from '../../../handlers/providers/shared/signature';
import { SecretField, type ProviderConfig, type SchemeName } from '../../../src/private/contract';
import { ALL_SAMPLES } from '../support/all-samples';
import { payPalHeaders } from '../support/paypal-headers';
import type { PublishedVector } from '../support/published';

/** A row of the published vectors as a webhook for the validator. Each row has its own provider, with the secret of the row. */
export interface VectorCase {
  readonly name: string;
  readonly config: ProviderConfig;
  readonly secret: string;
  /** The time of arrival. */
  readonly at?: Date;
  readonly webhook?: () => SignedWebhook | Promise<SignedWebhook>;
  /** An endpoint check by GET, with the response that the provider expects. */
  readonly challenge?: { readonly query: Readonly<Record<string, string>>; readonly answer: string };
  /** For a row about a single step, which HTTP cannot test: whether the computation has the published result. */
  readonly isComputed?: boolean;
  readonly certificate?: { readonly url: string; readonly pem: string };
  /** The reason for the rejection, if the row must be rejected. */
  readonly rejection?: RegExp;
  /** The reason why a valid row is rejected. */
  readonly because?: string;
}

const SCHEME_OF_FILE: Readonly<Record<string, SchemeName>> = { 'generic-hmac': 'hmac' };

export function schemeOfFile(file: string): SchemeName | undefined {
  return SCHEME_OF_FILE[file] ?? (Object.hasOwn(ALL_SAMPLES, file) ? file as SchemeName : undefined);
}

/** Our rejection reasons, by the reasons of the published vectors. */
const REJECTIONS: Readonly<Record<string, RegExp>> = { signature: /^signature_mismatch$/, timestamp: /^timestamp_out_of_tolerance$/ };
const ANY_REJECTION = /^(signature_|timestamp_|certificate_|not_a_)/;

/** Empty in a row that is not a whole delivery. */
const PAYPAL_FOLDER = /^$|^https:\/\/api(?:\.sandbox)?\.paypal\.com\/v1\/notifications\/certs\//;

/** Rows that the provider accepts and that this library rejects on purpose. */
const STRICTER: readonly {
  readonly scheme: SchemeName;
  readonly applies: (row: PublishedVector) => boolean;
  readonly rejection: RegExp;
  readonly because: string;
}[] = [
  {
    scheme: 'paypal',
    applies: ({ headers }) => !PAYPAL_FOLDER.test(header(headers, 'paypal-cert-url')),
    rejection: /^certificate_untrusted$/,
    because: 'its certificate is not from the folder where PayPal publishes certificates',
  },
];

/** The case of a row; undefined if the row is of an unknown kind. */
export function vectorCase(scheme: SchemeName, row: PublishedVector, index: number): VectorCase | undefined {
  const sent = sentOf(scheme, row);
  const stricter = STRICTER.find((rule) => row.valid && rule.scheme === scheme && rule.applies(row));
  const name = `${scheme}-vector-${index}`;
  if (!sent) {
    return undefined;
  }
  const { testMode, hmac, ...rest } = sent;
  return {
    name: row.name,
    config: { ...ALL_SAMPLES[scheme].config, name, secretArns: [`arn:${name}`], testMode, ...hmac && { hmac } },
    secret: row.secret ?? row.secretHex ?? row.publicKey ?? ALL_SAMPLES[scheme].secret,
    at: arrivalOf(row),
    rejection: row.valid ? stricter?.rejection : REJECTIONS[row.reason ?? ''] ?? ANY_REJECTION,
    because: stricter?.because,
    ...rest,
  };
}

/** The time in the row, or else the signed time; undefined if no time is signed. */
function arrivalOf({ now, headers }: PublishedVector): Date | undefined {
  const signed = /\bt=(\d+)/.exec(header(headers, 'stripe-signature'))?.[1] ?? (header(headers, 'webhook-timestamp') || undefined);
  const seconds = now ?? (signed === undefined ? undefined : Number(signed));
  return seconds === undefined ? undefined : new Date(seconds * 1000);
}

function header(headers: Headers | undefined, name: string): string {
  return Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1] ?? '';
}

type Sent = Partial<Omit<VectorCase, 'name' | 'config' | 'rejection' | 'because'>> & Pick<ProviderConfig, 'hmac' | 'testMode'>;

/** The webhook of a row. The kind of a row follows from its fields, because no field names it. */
function sentOf(scheme: SchemeName, row: PublishedVector): Sent | undefined {
  const { mode, headers, rawBody = '', secret = '' } = row;
  const body = Buffer.from(rawBody);
  if (mode === 'hmac-primitive') {
    return { isComputed: isSignedByAny('sha256', [secret], [body], [Buffer.from(row.expectedHex, 'hex')]) === row.valid };
  }
  const keyPair = JSON.stringify({ [SecretField.PUBLIC_KEY]: row.publicKey, [SecretField.PRIVATE_KEY]: row.privateKey });
  if (row.challenge !== undefined) {
    return { secret: keyPair, challenge: { query: { bt_challenge: row.challenge }, answer: row.expected! } };
  }
  if (row.bt_payload !== undefined) {
    const { bt_signature = '', bt_payload } = row;
    return { secret: keyPair, webhook: () => braintreeForm({ bt_signature, bt_payload }) };
  }
  if (row.item !== undefined) {
    return { webhook: () => notificationBatch({ live: 'false' }, [withSignature(row.item as NotificationItem, row.expectedSignature!)]) };
  }
  if (scheme === 'hmac' && row.algo !== undefined) {
    const hmac = { signatureHeader: 'X-Signature', algorithm: row.algo, encoding: row.encoding, prefix: row.prefix };
    return { hmac, webhook: () => ({ body, headers: { 'X-Signature': row.signature } }) };
  }
  if (row.notificationUrl !== undefined) {
    const endpoint = { [SecretField.SIGNATURE_KEY]: secret, [SecretField.NOTIFICATION_URL]: row.notificationUrl };
    return { secret: JSON.stringify(endpoint), webhook: () => ({ body, headers }) };
  }
  if (row.webhookId !== undefined) {
    return sentByPayPal(row, body, row.webhookId);
  }
  return headers && { webhook: () => ({ body, headers }) };
}

/** Uses the time of the delivery, because PayPal's certificates have expired. Signs a text that has no signature. */
function sentByPayPal({ headers, certPem, expectedSignedString: signed }: PublishedVector, body: Buffer, webhookId: string): Sent {
  return {
    secret: JSON.stringify({ [SecretField.WEBHOOK_ID]: webhookId }),
    // All rows are from the sandbox or the simulator.
    testMode: true,
    at: new Date(header(headers, 'paypal-transmission-time')),
    webhook: async () => ({ body, headers: signed === undefined ? headers : await payPalHeaders(signed) }),
    certificate: certPem === undefined ? undefined : { url: header(headers, 'paypal-cert-url'), pem: certPem },
  };
}
