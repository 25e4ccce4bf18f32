import { isUtf8 } from 'node:buffer';
import { createHmac } from 'node:crypto';
import { hmacValidator as HmacValidator } from '@adyen/api-library';
import { changed, changedByte, type Headers, type SignedWebhook } from './webhooks';
import { SecretField, type HmacConfig, type ProviderConfig, type SchemeName } from '../../../src/private/contract';

export interface Signing {
  readonly at?: Date;
  /** Instead of the provider's own. */
  readonly secret?: string;
  /** What the payload is called, where a header says so: a topic or an identifier. */
  readonly name?: string;
}

/** One change, wherever it is made. */
export interface Change {
  readonly position: number;
  /** To be added to a byte. */
  readonly difference: number;
  /** To be put for a character. */
  readonly character: string | ((found: string) => string);
}

/** A provider as its webhooks arrive. */
export interface Provider {
  readonly config: ProviderConfig;
  readonly secret: string;
  /**
   * Signs a payload as the provider does, with headers in the case that it
   * sends: by its own library where that signs, by node:crypto where none
   * does, or where a library takes text alone and the payload is none.
   */
  readonly sign: (payload: Buffer, signing?: Signing) => SignedWebhook | Promise<SignedWebhook>;
  /** The same webhook with one change, once in each part that is signed and in each signature. */
  readonly altered: (webhook: SignedWebhook, change: Change) => SignedWebhook[];
  /** The provider's secret with one change that makes it another. */
  readonly otherSecret: (change: Change) => string;
}

export const HEX = '0123456789abcdef';
export const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const JSON_TYPE: Headers = { 'Content-Type': 'application/json' };

/** Every provider's endpoint is named after its scheme, and has one secret. */
export function providerConfig(scheme: SchemeName, more: Partial<ProviderConfig> = {}): ProviderConfig {
  return { name: scheme, scheme, secretArns: [`arn:${scheme}`], ...more };
}

/** One change in the body, and one in each of these headers. */
export function alteredIn(...names: string[]): Provider['altered'] {
  return (webhook, change) => [
    ...webhook.body.length > 0 ? [{ ...webhook, body: changedByte(webhook.body, change.position, change.difference) }] : [],
    ...names.map((name) => withHeader(webhook, name, otherCharacter(webhook.headers[name], change))),
  ];
}

function otherCharacter(text: string, { position, character }: Change): string {
  return changed(text, position, typeof character === 'string' ? character : character(text[position % text.length]));
}

export function otherText(secret: string): Provider['otherSecret'] {
  return (change) => otherCharacter(secret, change);
}

/** Another character of an alphabet in which each means something else. */
export function otherCode(text: string, { position, difference }: Change, alphabet: string): string {
  const index = position % text.length;
  const code = (alphabet.indexOf(text[index]) + 1 + difference % (alphabet.length - 1)) % alphabet.length;
  return text.slice(0, index) + alphabet[code] + text.slice(index + 1);
}

/** A secret that is a JSON object, with one change in one of these fields. */
export function otherField(secret: object, ...names: string[]): Provider['otherSecret'] {
  const fields = secret as Readonly<Record<string, string>>;
  return (change) => {
    const name = names[change.difference % names.length];
    return JSON.stringify({ ...fields, [name]: otherCharacter(fields[name], change) });
  };
}

export interface BodySignature {
  readonly header: string;
  readonly algorithm?: HmacConfig['algorithm'];
  readonly encoding?: HmacConfig['encoding'];
  readonly prefix?: string;
  readonly secret: string;
  /** What is sent beside it and is not signed. */
  readonly unsigned?: (signing: Signing) => Headers;
  readonly library?: (text: string, secret: string) => string;
}

/** A provider that sends the HMAC of the raw body in one header. */
export function bodyHmac(scheme: SchemeName, signature: BodySignature): Provider {
  const { header, algorithm = 'sha256', encoding = 'hex', prefix = '', secret: own, unsigned = () => ({}), library } = signature;
  return {
    config: providerConfig(scheme),
    secret: own,
    sign(payload, signing = {}) {
      const { secret = own } = signing;
      const value = library && isUtf8(payload) ? library(payload.toString(), secret) : createHmac(algorithm, secret).update(payload).digest(encoding);
      return { body: payload, headers: { ...JSON_TYPE, ...unsigned(signing), [header]: prefix + value } };
    },
    altered: alteredIn(header),
    otherSecret: otherText(own),
  };
}

/** Square signs the URL of the endpoint before the body. Its library only verifies. */
export function squareWebhook(payload: Buffer, secret: string): SignedWebhook {
  const fields = JSON.parse(secret) as Record<string, string>;
  const hmac = createHmac('sha256', fields[SecretField.SIGNATURE_KEY]).update(fields[SecretField.NOTIFICATION_URL]).update(payload);
  return { body: payload, headers: { ...JSON_TYPE, 'x-square-hmacsha256-signature': hmac.digest('base64') } };
}

interface BraintreeLibrary {
  readonly BraintreeGateway: new (options: object) => { readonly webhookTesting: { sampleSignature: (payload: string) => string } };
  readonly Environment: { readonly Sandbox: object };
}

/** Braintree's form, signed by its library: base64 in lines of 60 characters, as Ruby writes it. */
export function braintreeWebhook(xml: Buffer, secret: string): SignedWebhook {
  const { BraintreeGateway, Environment } = jest.requireActual<BraintreeLibrary>('braintree');
  const { [SecretField.PUBLIC_KEY]: publicKey, [SecretField.PRIVATE_KEY]: privateKey } = JSON.parse(secret) as Record<string, string>;
  const gateway = new BraintreeGateway({ environment: Environment.Sandbox, merchantId: 'a-merchant', publicKey, privateKey });
  const payload = xml.toString('base64').replace(/.{1,60}/g, '$&\n');
  return braintreeForm({ bt_signature: gateway.webhookTesting.sampleSignature(payload), bt_payload: payload });
}

export function braintreeForm(fields: Record<string, string>): SignedWebhook {
  return { body: Buffer.from(String(new URLSearchParams(fields))), headers: { 'Content-Type': 'application/x-www-form-urlencoded' } };
}

export const braintreeAltered: Provider['altered'] = ({ body }, change) => {
  const fields = Object.fromEntries(new URLSearchParams(body.toString()));
  return Object.keys(fields).filter((name) => fields[name] !== '')
    .map((name) => braintreeForm({ ...fields, [name]: otherCharacter(fields[name], change) }));
};

/** What Adyen signs of an item, in its order. */
const ADYEN_SIGNED = [
  'pspReference', 'originalReference', 'merchantAccountCode', 'merchantReference', 'value', 'currency', 'eventCode', 'success',
] as const;

export type AdyenItem = Parameters<HmacValidator['validateHMAC']>[0];
interface AdyenNotification {
  readonly notificationItems?: { readonly NotificationRequestItem: AdyenItem }[];
}

const adyenLibrary = new HmacValidator();

/**
 * Adyen's two families, signed by its library: a batch whose items are signed
 * each, and any other body, signed whole in a header. A single item travels in
 * a batch of its own.
 */
export function adyenWebhook(payload: Buffer, key: string): SignedWebhook {
  return signedItems(payload, key) ?? signedWhole(payload, key);
}

/** Undefined where the library cannot sign what is there. */
function signedItems(payload: Buffer, key: string): SignedWebhook | undefined {
  try {
    const json = JSON.parse(payload.toString()) as AdyenNotification & AdyenItem;
    const items = json.notificationItems?.map(({ NotificationRequestItem: item }) => item) ?? (json.eventCode ? [json] : undefined);
    return items && adyenBatch(
      json.notificationItems ? json : { live: 'false' },
      // Without an amount, whose two fields are empty then, the library throws.
      items.map((item) => withSignature(item, adyenLibrary.calculateHmac({ ...item, amount: item.amount ?? {} }, key))),
    );
  } catch {
    return undefined;
  }
}

function signedWhole(payload: Buffer, key: string): SignedWebhook {
  const signature = isUtf8(payload)
    ? adyenLibrary.calculateHmac(payload.toString(), key)
    : createHmac('sha256', Buffer.from(key, 'hex')).update(payload).digest('base64');
  return { body: payload, headers: { ...JSON_TYPE, Protocol: 'HmacSHA256', HmacSignature: signature } };
}

/** A batch of items that are signed, or not. */
export function adyenBatch(envelope: object, items: readonly AdyenItem[]): SignedWebhook {
  const notificationItems = items.map((item) => ({ NotificationRequestItem: item }));
  return { body: Buffer.from(JSON.stringify({ ...envelope, notificationItems })), headers: JSON_TYPE };
}

export function withSignature(item: AdyenItem, hmacSignature: string): AdyenItem {
  return { ...item, additionalData: { ...item.additionalData, hmacSignature } };
}

export const adyenAltered: Provider['altered'] = (webhook, change) => {
  if (webhook.headers.HmacSignature !== undefined) {
    return alteredIn('HmacSignature')(webhook, change);
  }
  const { notificationItems, ...envelope } = JSON.parse(webhook.body.toString()) as Required<AdyenNotification>;
  const [{ NotificationRequestItem: item }, ...others] = notificationItems;
  const other = (value: unknown) => otherCharacter(String(value ?? ' '), change);
  const signature = item.additionalData!.hmacSignature;
  return [
    ...ADYEN_SIGNED.map((name) => name === 'value' || name === 'currency'
      ? { ...item, amount: { ...item.amount, [name]: other(item.amount[name]) } }
      : { ...item, [name]: other(item[name]) }),
    withSignature(item, other(signature)),
  ].map((altered) => adyenBatch(envelope, [altered, ...others.map(({ NotificationRequestItem: next }) => next)]));
};

function withHeader(webhook: SignedWebhook, name: string, value: string): SignedWebhook {
  return { ...webhook, headers: { ...webhook.headers, [name]: value } };
}
