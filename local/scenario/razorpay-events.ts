import { createHash } from 'node:crypto';
import type { ProviderDelivery } from './request';

/** `payment.captured`. Razorpay does not sign an event id, so the bytes of the body identify the event. */
export function razorpayPayment(name: string, now: Date, paise: number): ProviderDelivery {
  const seconds = Math.floor(now.getTime() / 1000);
  const body = JSON.stringify({
    entity: 'event',
    account_id: 'acc_local',
    event: 'payment.captured',
    contains: ['payment'],
    payload: {
      payment: {
        entity: {
          id: `pay_local_${name}`,
          entity: 'payment',
          amount: paise,
          currency: 'INR',
          status: 'captured',
          order_id: `order_local_${name}`,
          method: 'upi',
          captured: true,
          created_at: seconds,
        },
      },
    },
    created_at: seconds,
  });
  return { provider: 'razorpay', id: `body-sha256:${createHash('sha256').update(body).digest('hex')}`, body };
}
