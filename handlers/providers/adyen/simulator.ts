import { createHmac, randomBytes } from 'node:crypto';
import { adyen } from '.';
import type { Kind } from '../../../src/private/contract';
import { JSON_CONTENT, type ProviderSimulator, type SimulatedEvent, type SimulatedPayment } from '../shared/simulators/provider-simulator';

/** A notification before it is signed (https://docs.adyen.com/development-resources/webhooks/webhook-types/). */
interface UnsignedItem {
  readonly additionalData: { readonly [name: string]: string };
  readonly amount: { readonly currency: string; readonly value: number };
  readonly eventCode: string;
  readonly eventDate: string;
  readonly merchantAccountCode: string;
  readonly merchantReference: string;
  readonly originalReference?: string;
  readonly paymentMethod: string;
  readonly pspReference: string;
  readonly success: 'true' | 'false';
}

interface Notification {
  readonly live: string;
  readonly notificationItems: readonly { readonly NotificationRequestItem: UnsignedItem }[];
}

function notification(eventCode: string, kind: Kind, more: (payment: SimulatedPayment) => Partial<UnsignedItem> = () => ({})): SimulatedEvent {
  return {
    kind,
    // It is not signed.
    omits: ['customer'],
    body: (payment): Notification => ({
      live: String(payment.live),
      notificationItems: [{
        NotificationRequestItem: {
          additionalData: { cardSummary: '1111', issuerCountry: 'DE', shopperReference: payment.customer },
          amount: { currency: payment.currency, value: Number(payment.minor) },
          eventCode,
          eventDate: payment.at.toISOString(),
          merchantAccountCode: 'ExampleMerchant',
          merchantReference: payment.reference,
          paymentMethod: 'visa',
          pspReference: pspReferenceOf(payment.id),
          success: 'true',
          ...more(payment),
        },
      }],
    }),
  };
}

/** Refers to the payment, with a reference of its own. */
const modification = ({ id, eventId }: SimulatedPayment): Partial<UnsignedItem> => (
  { originalReference: pspReferenceOf(id), pspReference: pspReferenceOf(eventId) }
);

/** 16 upper-case characters. */
function pspReferenceOf(id: string): string {
  return `TEST${id.toUpperCase()}`;
}

/** https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures */
function signatureOf(item: UnsignedItem, key: string): string {
  const { pspReference, originalReference = '', merchantAccountCode, merchantReference, amount, eventCode, success } = item;
  const signed = [pspReference, originalReference, merchantAccountCode, merchantReference, amount.value, amount.currency, eventCode, success];
  return createHmac('sha256', Buffer.from(key, 'hex')).update(signed.join(':')).digest('base64');
}

export const simulator = {
  events: {
    AUTHORISATION: notification('AUTHORISATION', 'authorized'),
    CAPTURE: notification('CAPTURE', 'captured', modification),
    REFUND: notification('REFUND', 'refunded', modification),
    CHARGEBACK: notification('CHARGEBACK', 'disputed', modification),
    CAPTURE_FAILED: notification('CAPTURE_FAILED', 'failed', modification),
    CANCELLATION: notification('CANCELLATION', 'canceled', modification),
    PAYOUT_THIRDPARTY: notification('PAYOUT_THIRDPARTY', 'paid-out'),
  },
  exponents: adyen.exponents,
  signsNoMode: true,

  /** The signature of each notification is in the notification. Other bodies are those of the platform, which are signed as a whole. */
  sign(body, { secret }) {
    const json = JSON.parse(body.toString()) as Partial<Notification>;
    if (!json.notificationItems) {
      const signature = createHmac('sha256', Buffer.from(secret, 'hex')).update(body).digest('base64');
      return { body, headers: { ...JSON_CONTENT, Protocol: 'HmacSHA256', HmacSignature: signature } };
    }
    const notificationItems = json.notificationItems.map(({ NotificationRequestItem: item }) => ({
      NotificationRequestItem: { ...item, additionalData: { ...item.additionalData, hmacSignature: signatureOf(item, secret) } },
    }));
    return { body: Buffer.from(JSON.stringify({ ...json, notificationItems })), headers: JSON_CONTENT };
  },

  newSecret: () => randomBytes(32).toString('hex').toUpperCase(),
} satisfies ProviderSimulator;
