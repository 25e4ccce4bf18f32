import { presentEvent } from '../../handlers/assess/rules/rule-context';
import type { TransactionDetail } from '../../src/private/contract';

const MONTH_MILLIS = 30 * 86_400_000;

/**
 * Counts the customers with a payment in each month of 30 days, from the first payment on, and adds up the months. A payment
 * without a customer belongs to its card or email address, or is a customer of its own. The payments are in order of receipt.
 */
export function customerMonths(payments: readonly TransactionDetail[]): number {
  const start = payments.length > 0 ? Date.parse(payments[0].received_at) : 0;
  const monthOfPayment = ({ received_at: receivedAt }: TransactionDetail) => Math.floor((Date.parse(receivedAt) - start) / MONTH_MILLIS);
  return new Set(payments.map((detail) => JSON.stringify([payerOf(detail), monthOfPayment(detail)]))).size;
}

function payerOf(detail: TransactionDetail): readonly string[] {
  const { customer } = presentEvent(detail);
  if (customer !== undefined) {
    return ['customer', customer];
  }
  const { card_fingerprint: card, email_hash: email, transaction_id: id } = detail;
  return card !== undefined ? ['card', card] : email !== undefined ? ['email', email] : ['payment', id];
}
