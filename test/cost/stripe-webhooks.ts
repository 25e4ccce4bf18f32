import { createHash } from 'node:crypto';
import { SHARES } from '../../cli/cost/workload';
import type { SignedWebhook } from '../../handlers/providers/shared/samples/provider-samples';
import { stripeWebhook } from '../handlers/support/webhooks';

/** The number of webhooks that contains each share of the workload in whole numbers. */
const CYCLE = 20;
/** Half of the webhooks are payments. */
export const CUSTOMERS = 40;

/** The sort of a webhook. */
export type Sort = 'high' | 'medium' | 'low' | 'other';

/** Every other webhook moves money. The larger amounts come first in each cycle. */
export function sortOf(number: number): Sort {
  const position = number % CYCLE;
  const movement = position / 2;
  if (position % 2 >= SHARES.moneyMovements * 2) {
    return 'other';
  }
  return movement < SHARES.high * CYCLE ? 'high' : movement < (SHARES.high + SHARES.medium) * CYCLE ? 'medium' : 'low';
}

const AMOUNTS: Readonly<Record<Sort, number>> = { high: 1_250_000, medium: 250_000, low: 4_990, other: 4_990 };

/** Text that compresses like identifiers and is the same in each run. */
function random(label: string, length: number): string {
  return createHash('sha512').update(label).digest('base64').replace(/[^A-Za-z0-9]/g, '').slice(0, length);
}

/**
 * A webhook of 2.7 KB in the shape of Stripe's `charge` (https://docs.stripe.com/api/charges/object), as it is sent:
 * with line breaks and indentation. The customers have earlier payments from the start.
 */
export function stripeCharge(number: number, created: Date, signedAt: Date): SignedWebhook {
  const sort = sortOf(number);
  const seconds = Math.floor(created.getTime() / 1000);
  const amount = AMOUNTS[sort] + number % 997;
  const id = (prefix: string) => `${prefix}_3${random(`${prefix}${number}`, 23)}`;
  const customer = random(`customer${number % CUSTOMERS}`, 14);
  const charge = {
    id: id('ch'),
    object: 'charge',
    amount,
    amount_captured: amount,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    balance_transaction: id('txn'),
    billing_details: {
      address: { city: 'Berlin', country: 'DE', line1: `${random(`street${customer}`, 10)}str. 5`, line2: null, postal_code: '10115', state: null },
      email: `${customer.toLowerCase()}@example.com`,
      name: `${random(`first${customer}`, 6)} ${random(`last${customer}`, 8)}`,
      phone: null,
    },
    calculated_statement_descriptor: 'EXAMPLE',
    captured: true,
    created: seconds,
    currency: 'eur',
    customer: `cus_${customer}`,
    description: null,
    disputed: false,
    failure_code: null,
    failure_message: null,
    livemode: true,
    metadata: { order_id: `order-${random(`order${number}`, 12)}` },
    outcome: { network_status: 'approved_by_network', reason: null, risk_level: 'normal', seller_message: 'Payment complete.', type: 'authorized' },
    paid: true,
    payment_intent: id('pi'),
    payment_method: `pm_1${random(`pm${customer}`, 23)}`,
    payment_method_details: {
      card: {
        amount_authorized: amount,
        brand: 'visa',
        checks: { address_line1_check: 'pass', address_postal_code_check: 'pass', cvc_check: 'pass' },
        country: 'DE',
        exp_month: 8,
        exp_year: 2030,
        fingerprint: random(`card${customer}`, 16),
        funding: 'credit',
        last4: '4242',
        network: 'visa',
        network_transaction_id: random(`network${number}`, 15),
      },
      type: 'card',
    },
    receipt_email: null,
    receipt_number: null,
    receipt_url: `https://pay.stripe.com/receipts/payment/${random(`receipt${number}`, 60)}`,
    refunded: false,
    review: null,
    shipping: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'succeeded',
  };
  return stripeWebhook(JSON.stringify({
    id: id('evt'),
    object: 'event',
    api_version: '2025-06-30.basil',
    created: seconds,
    data: { object: charge },
    livemode: true,
    pending_webhooks: 1,
    request: { id: `req_${random(`request${number}`, 14)}`, idempotency_key: random(`idempotency${number}`, 36) },
    // The names of events that repeat the amount without moving money.
    type: sort === 'other' ? 'charge.updated' : 'charge.succeeded',
  }, null, 2), signedAt);
}
