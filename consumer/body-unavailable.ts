/**
 * Why a body cannot be read:
 *
 * - `erased`: the data of the customer was erased.
 * - `expired`: the item or the object does not exist. It has expired or was deleted, or the table is that of another system.
 * - `archived`: the object is in Glacier and must be restored first.
 * - `not-allowed`: the function lacks a right.
 * - `damaged`: the bytes are not those that the provider sent.
 */
export type BodyUnavailableReason = 'erased' | 'expired' | 'archived' | 'not-allowed' | 'damaged';

/** The body of a webhook cannot be read. A retry does not help. */
export class BodyUnavailableError extends Error {
  public readonly name: string = 'BodyUnavailableError';
  public readonly reason: BodyUnavailableReason;

  public constructor(reason: BodyUnavailableReason, message: string, cause?: unknown) {
    super(message, { cause });
    this.reason = reason;
  }
}
