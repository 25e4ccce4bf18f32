import type { Kind } from '../../src/private/contract';

/**
 * The kinds of payments by a customer. `other` is one of them, because users who
 * map events without a kind usually mean payments, and rules would otherwise
 * never fire. Refunds, disputes and payouts are not payments, and neither are
 * declined or canceled payments.
 */
export const PAYMENT_KINDS: ReadonlySet<Kind> = new Set(['authorized', 'captured', 'other']);
