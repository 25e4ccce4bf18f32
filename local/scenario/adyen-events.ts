import type { ProviderDelivery } from './request';

/** The relevant part of a notification. The other fields of a real one are not signed. */
export interface AdyenItem {
  readonly pspReference: string;
  readonly originalReference?: string;
  readonly merchantAccountCode: string;
  readonly merchantReference: string;
  readonly amount: { readonly value: number; readonly currency: string };
  readonly eventCode: string;
  readonly eventDate: string;
  readonly success: 'true' | 'false';
}

/** A request from Adyen. */
export interface AdyenBatch {
  readonly live: 'true' | 'false';
  readonly notificationItems: ReadonlyArray<{ readonly NotificationRequestItem: AdyenItem }>;
}

/** A delivery with the ids of the events in it. */
export interface AdyenDelivery extends ProviderDelivery {
  readonly eventIds: readonly string[];
}

/** Several notifications in one request. */
export function adyenBatch(items: readonly AdyenItem[]): AdyenDelivery {
  const batch: AdyenBatch = { live: 'true', notificationItems: items.map((item) => ({ NotificationRequestItem: item })) };
  const eventIds = items.map(({ pspReference, eventCode, success }) => `${pspReference}:${eventCode}:${success}`);
  return { provider: 'adyen', id: eventIds[0], eventIds, body: JSON.stringify(batch) };
}

/** `AUTHORISATION`: with automatic capture, the only event of a payment. */
export function authorisation(name: string, now: Date, amount: AdyenItem['amount']): AdyenItem {
  return notification('AUTHORISATION', `PSP-LOCAL-${name}`, now, amount);
}

/** `REFUND` of an earlier payment. */
export function refund(name: string, now: Date, amount: AdyenItem['amount']): AdyenItem {
  return { ...notification('REFUND', `PSP-LOCAL-${name}-REFUND`, now, amount), originalReference: `PSP-LOCAL-${name}` };
}

function notification(eventCode: string, pspReference: string, now: Date, amount: AdyenItem['amount']): AdyenItem {
  return {
    pspReference, eventCode, amount, merchantAccountCode: 'LocalShop', merchantReference: `order ${pspReference}`, eventDate: now.toISOString(), success: 'true',
  };
}
