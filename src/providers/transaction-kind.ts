/** What a transaction is, whatever its provider calls it. */
export enum TransactionKind {
  /** Money is reserved. */
  AUTHORIZED = 'authorized',
  /** Money was taken from the customer. */
  CAPTURED = 'captured',
  /** The payment was declined or failed. */
  FAILED = 'failed',
  /** The payment, authorization, checkout, order or payout was canceled, was voided or expired. Nobody declined it. */
  CANCELED = 'canceled',
  /** Money went back to the customer. */
  REFUNDED = 'refunded',
  /** The customer disputes the payment. */
  DISPUTED = 'disputed',
  /** Money went to the merchant's bank. */
  PAID_OUT = 'paid-out',
  /** None of these, or not known. */
  OTHER = 'other',
}
