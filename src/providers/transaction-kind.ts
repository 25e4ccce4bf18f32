/** The kinds of transactions, which are the same for every provider. */
export enum TransactionKind {
  /** Money is reserved. */
  AUTHORIZED = 'authorized',
  /** Money was taken from the customer. */
  CAPTURED = 'captured',
  /** The payment was declined or failed. */
  FAILED = 'failed',
  /** The payment, authorization, checkout, order or payout was canceled, was voided or expired. It was not declined. */
  CANCELED = 'canceled',
  /** Money went back to the customer. */
  REFUNDED = 'refunded',
  /** The customer disputes the payment. */
  DISPUTED = 'disputed',
  /** Money went to the merchant's bank. */
  PAID_OUT = 'paid-out',
  /** Another kind, or an unknown one. */
  OTHER = 'other',
}
