import type { ProviderDelivery } from './request';

/** `payment.updated` for a completed payment. */
export function squarePayment(name: string, now: Date, money: { readonly amount: number; readonly currency: string }): ProviderDelivery {
  const id = `sq-local-${name}`;
  return {
    provider: 'square',
    id,
    body: JSON.stringify({
      merchant_id: 'LOCALMERCHANT',
      type: 'payment.updated',
      event_id: id,
      created_at: now.toISOString(),
      data: {
        type: 'payment',
        id: `payment-local-${name}`,
        object: {
          payment: {
            id: `payment-local-${name}`,
            amount_money: money,
            total_money: money,
            status: 'COMPLETED',
            source_type: 'CARD',
            customer_id: `customer-local-${name}`,
            created_at: now.toISOString(),
            version: 3,
          },
        },
      },
    }),
  };
}
