import { isUtf8 } from 'node:buffer';
import { createHmac } from 'node:crypto';
import { hmacValidator as HmacValidator } from '@adyen/api-library';
import type { SignedWebhook } from '../../../handlers/providers/shared/samples/provider-samples';

type Item = Parameters<HmacValidator['validateHMAC']>[0];
export type Json = Readonly<Record<string, unknown>>;

export const ADYEN_KEY = '8f2b4c6d1e3a5079b8d7c6e5f4a3921008172635445362718090a1b2c3d4e5f6';
const HEADER = 'HmacSignature';

/** An unsigned notification. */
export const NOTIFICATION = {
  pspReference: 'NC6HT9CRT65ZGN82',
  originalReference: '',
  merchantAccountCode: 'AnExampleShop',
  merchantReference: 'order-1001',
  amount: { value: 123456, currency: 'EUR' },
  eventCode: 'AUTHORISATION',
  success: 'true',
  eventDate: '2026-01-31T12:00:00+01:00',
  paymentMethod: 'visa',
  reason: '073104:1111:03/2030',
  operations: ['CANCEL', 'CAPTURE', 'REFUND'],
};
/** Its signed text. */
export const SIGNED_TEXT = 'NC6HT9CRT65ZGN82::AnExampleShop:order-1001:123456:EUR:AUTHORISATION:true';

/** A webhook of the platform. */
export const TRANSFER = {
  type: 'balancePlatform.transfer.updated',
  environment: 'live',
  timestamp: '2026-01-31T13:00:00+01:00',
  data: {
    id: '4S6TWX5VQ0LW90K1',
    amount: { value: 250000, currency: 'EUR' },
    category: 'bank',
    creationDate: '2026-01-30T13:00:00+01:00',
    direction: 'outgoing',
    sequenceNumber: 3,
    status: 'booked',
    type: 'bankTransfer',
  },
};

const library = new HmacValidator();

export function withSignature(item: Json, hmacSignature: unknown): Json {
  return { ...item, additionalData: { ...item.additionalData as object, hmacSignature } };
}

/** Signed by Adyen's own library. */
export function signed(item: Json, key = ADYEN_KEY): Json {
  return withSignature(item, library.calculateHmac(item as unknown as Item, key));
}

/** A notification of a batch, without headers. */
export function notification(item: Json): SignedWebhook {
  return { body: Buffer.from(JSON.stringify(item)), headers: {} };
}

export function mac(bytes: Buffer | string, key = ADYEN_KEY): string {
  return createHmac('sha256', Buffer.from(key, 'hex')).update(bytes).digest('base64');
}

/** A webhook of the platform. Adyen's library signs text; `node:crypto` signs bytes that are not valid text. */
export function platformWebhook(body: Buffer | string): SignedWebhook {
  const bytes = Buffer.from(body);
  return { body: bytes, headers: { [HEADER]: isUtf8(bytes) ? library.calculateHmac(bytes.toString(), ADYEN_KEY) : mac(bytes) } };
}

/** Whether Adyen's own library accepts a notification. */
export function adyenAccepts(item: Json, key = ADYEN_KEY): boolean {
  try {
    return library.validateHMAC(item as unknown as Item, key);
  } catch {
    return false;
  }
}

/** Whether Adyen's own library accepts a webhook of the platform. */
export function adyenAcceptsPlatform({ body, headers }: SignedWebhook, key = ADYEN_KEY): boolean {
  return library.validateHMACSignature(key, headers[HEADER], body.toString());
}
