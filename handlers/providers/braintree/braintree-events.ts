import type { EventTable } from '../shared/event-table';

/**
 * From https://developer.paypal.com/braintree/docs/reference/general/webhooks: every other kind is `other`.
 *
 * Money movements: `transaction_disbursed` is a part of a disbursement, and a
 * retried transaction settles later. A local payment is reversed if the merchant
 * made no transaction of it in time
 * (https://developer.paypal.com/braintree/docs/guides/local-payment-methods/server-side).
 *
 * Declines: a bank debit that was not settled, and a subscription that was not paid.
 */
export const EVENTS: EventTable = {
  local_payment_completed: { kind: 'authorized' },
  local_payment_funded: { kind: 'captured', moneyMovement: true },
  subscription_charged_successfully: { kind: 'captured', moneyMovement: true },
  transaction_settled: { kind: 'captured', moneyMovement: true },
  disbursement_exception: { kind: 'failed' },
  refund_failed: { kind: 'failed' },
  subscription_charged_unsuccessfully: { kind: 'failed', declined: true },
  transaction_settlement_declined: { kind: 'failed', declined: true },
  local_payment_expired: { kind: 'canceled' },
  local_payment_reversed: { kind: 'canceled' },
  dispute_accepted: { kind: 'disputed' },
  dispute_auto_accepted: { kind: 'disputed' },
  dispute_disputed: { kind: 'disputed' },
  dispute_expired: { kind: 'disputed' },
  dispute_lost: { kind: 'disputed' },
  dispute_opened: { kind: 'disputed', moneyMovement: true },
  dispute_under_review: { kind: 'disputed' },
  dispute_won: { kind: 'disputed' },
  disbursement: { kind: 'paid-out', moneyMovement: true },
  transaction_disbursed: { kind: 'paid-out' },
};
