import type { ProviderDelivery } from './request';

/** The fields of the canonical transaction that the scenario uses. */
export interface CanonicalFields {
  readonly kind?: string;
  readonly amount_minor?: number | string;
  readonly currency?: string;
  readonly customer_id?: string;
  readonly country?: string;
  readonly card_country?: string;
  readonly card_fingerprint?: string;
}

/** A webhook from the user's own system: the canonical transaction, delivered by Standard Webhooks. */
export function canonical(name: string, now: Date, fields: CanonicalFields): ProviderDelivery {
  return {
    provider: 'standard-webhooks',
    id: `msg_local_${name}`,
    body: JSON.stringify({
      transaction_id: `order-${name}`,
      kind: 'captured',
      customer_id: `customer-${name}`,
      event_time: now.toISOString(),
      ...fields,
    }),
  };
}
