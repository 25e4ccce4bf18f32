import { randomUUID } from 'node:crypto';
import { DEFAULT_REFERENCE_KEY, type Kind } from '../../../src/private/contract';
import type { ProviderSimulator, SimulatedEvent } from '../shared/simulators/provider-simulator';
import { signBody } from '../shared/simulators/sign-body';
import { majorAmount, numberOf, uuidOf } from '../shared/simulators/simulated-values';

const MINUTE = 60_000;

/** An event of a charge with the statuses of its timeline, the last one now (https://docs.cloud.coinbase.com/commerce/docs/webhooks-events). */
function event(name: string, kind: Kind, statuses: readonly string[], { isPaid }: { readonly isPaid: boolean }): SimulatedEvent {
  return {
    kind,
    name,
    body: (payment, { referenceKey = DEFAULT_REFERENCE_KEY }) => {
      const { id, eventId, at, currency, customer, reference } = payment;
      const local = { amount: majorAmount(payment), currency };
      const timeOf = (minutesBefore: number) => new Date(at.getTime() - minutesBefore * MINUTE).toISOString();
      return {
        id: `attempt-${eventId}`,
        scheduled_for: at.toISOString(),
        attempt_number: 1,
        event: {
          id: uuidOf(eventId),
          resource: 'event',
          type: name,
          api_version: '2018-03-22',
          created_at: at.toISOString(),
          data: {
            id: uuidOf(id),
            code: numberOf(id).toString(36).toUpperCase(),
            name: 'Order',
            pricing_type: 'fixed_price',
            pricing: { local },
            timeline: statuses.map((status, index) => ({ status, time: timeOf(statuses.length - 1 - index) })),
            metadata: { [referenceKey]: reference, customer_id: customer },
            payments: isPaid ? [{
              network: 'ethereum',
              transaction_id: `0x${id.padStart(64, '0')}`,
              status: 'CONFIRMED',
              value: { local, crypto: { amount: '1.000000000', currency: 'ETH' } },
            }] : [],
            created_at: timeOf(statuses.length),
          },
        },
      };
    },
  };
}

export const simulator = {
  events: {
    'charge:confirmed': event('charge:confirmed', 'captured', ['NEW', 'PENDING', 'COMPLETED'], { isPaid: true }),
    'charge:pending': event('charge:pending', 'authorized', ['NEW', 'PENDING'], { isPaid: true }),
    'charge:failed': event('charge:failed', 'failed', ['NEW', 'PENDING', 'UNRESOLVED'], { isPaid: true }),
    'charge:failed/expired': event('charge:failed', 'canceled', ['NEW', 'EXPIRED'], { isPaid: false }),
    'charge:resolved': event('charge:resolved', 'captured', ['NEW', 'PENDING', 'UNRESOLVED', 'RESOLVED'], { isPaid: true }),
  },
  signsNoMode: true,

  /** https://docs.cloud.coinbase.com/commerce/docs/webhooks-fields-and-security */
  sign: signBody({ header: 'X-CC-Webhook-Signature' }),

  newSecret: () => randomUUID(),
} satisfies ProviderSimulator;
