import type { PastEvent } from './rule-context';
import { NO_CURRENCY, type FraudRuleConfig } from '../../../src/private/contract';
import { exponentOf, withThousands, parseMajor, toDecimal } from '../../domain/money';
import { PAYMENT_KINDS } from '../../domain/payment-kinds';

/**
 * Amounts are compared, added and halved as integers of this many decimals:
 * one more than any stored amount has, so that half of a sum is exact too.
 */
const DECIMALS = 39;

/** The amount of an event without its sign; undefined if it has no amount. */
export function amountOf({ amountMinor, exponent }: PastEvent): bigint | undefined {
  if (amountMinor === undefined || exponent === undefined) {
    return undefined;
  }
  return (amountMinor < 0n ? -amountMinor : amountMinor) * 10n ** BigInt(DECIMALS - exponent);
}

/** The largest number of decimals whose power of ten is exact as a float. */
const EXACT_POWER = 22;

/**
 * The amount of an event in major units without its sign, as the nearest float; undefined if it has no amount. The same
 * amount is the same float with any exponent.
 */
export function majorOf({ amountMinor, exponent }: Pick<PastEvent, 'amountMinor' | 'exponent'>): number | undefined {
  if (amountMinor === undefined || exponent === undefined) {
    return undefined;
  }
  const minor = Math.abs(Number(amountMinor));
  return minor <= Number.MAX_SAFE_INTEGER && exponent <= EXACT_POWER
    ? minor / 10 ** exponent
    : Math.abs(Number(toDecimal(amountMinor, exponent)));
}

/** Whether the event is a payment with a known currency. Amounts without a currency cannot be compared. */
export function isPayment({ kind, currency }: PastEvent): boolean {
  return PAYMENT_KINDS.has(kind) && currency !== NO_CURRENCY;
}

/**
 * The amounts that the customer spent in one currency, by transaction. An
 * authorization and its capture are the same money, so each transaction counts
 * with its largest event. Refunds are not subtracted. Otherwise repeated payments
 * and refunds would never fire a rule.
 */
export function spentByTransaction(events: readonly PastEvent[], currency: string): ReadonlyMap<string, bigint> {
  const spent = new Map<string, bigint>();
  for (const event of events.filter((candidate) => isPayment(candidate) && candidate.currency === currency)) {
    const amount = amountOf(event);
    const before = spent.get(event.transactionId);
    if (amount !== undefined && (before === undefined || amount > before)) {
      spent.set(event.transactionId, amount);
    }
  }
  return spent;
}

/** A rule's number for comparison with amounts. Synthesis rejects numbers that this cannot convert. */
export function toScaled(rule: FraudRuleConfig['rule'], number: number): bigint {
  const exact = parseMajor(String(number), DECIMALS);
  if (exact === undefined) {
    throw new RangeError(`the rule ${rule} has a number that cannot be compared exactly: ${number}`);
  }
  return exact;
}

/** Whether an amount exceeds a multiple of another one. `times` is a result of `toScaled`. */
export function exceedsMultiple(amount: bigint, times: bigint, other: bigint): boolean {
  return amount * 10n ** BigInt(DECIMALS) > times * other;
}

/** `12,345.67 EUR`: the decimals of the currency, and more only if the amount has more. */
export function moneyText(amount: bigint, currency: string): string {
  const [whole, decimals] = toDecimal(amount, DECIMALS).split('.');
  const shown = decimals.replace(/0+$/, '').padEnd(exponentOf(currency) ?? 0, '0');
  return `${withThousands(`${whole}${shown && `.${shown}`}`)} ${currency}`;
}

