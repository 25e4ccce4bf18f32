import { createHash } from 'node:crypto';
import type { SimulatedPayment } from './provider-simulator';
import { toDecimal } from '../../../domain/money';

/** The amount in major units, with the decimals of the currency: `100.00`. */
export function majorAmount({ minor, exponent }: Pick<SimulatedPayment, 'minor' | 'exponent'>): string {
  return toDecimal(minor, exponent);
}

/** The amount as a JSON number in major units. */
export function majorNumber(payment: SimulatedPayment): number {
  return Number(majorAmount(payment));
}

/** The email address of a customer, who has the same one in each payment. */
export function emailOf({ customer }: Pick<SimulatedPayment, 'customer'>): string {
  return `jane.${customerDigest('email', customer).slice(0, 8)}@example.com`;
}

/** The fingerprint of a customer's card: 32 hexadecimal digits, the same in each payment. */
export function fingerprintOf({ customer }: Pick<SimulatedPayment, 'customer'>): string {
  return customerDigest('card', customer).slice(0, 32);
}

function customerDigest(purpose: string, customer: string): string {
  return createHash('sha256').update(`${purpose} of ${customer}`).digest('hex');
}

/** A UUID that follows from 12 hexadecimal digits. */
export function uuidOf(id: string): string {
  return `${id.slice(0, 8)}-${id.slice(8)}-4000-8000-${id}`;
}

/** A number that follows from 12 hexadecimal digits. It has no leading zero and is exact in JSON. */
export function numberOf(id: string): number {
  return 1e15 + Number.parseInt(id, 16);
}
