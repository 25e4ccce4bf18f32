import type { PaymentTemplate } from './simulated-webhook';
import { exponentOf, minorUnits, parseMajor } from '../../handlers/domain/money';
import type { ProviderSimulator, SimulatedEvent } from '../../handlers/providers/shared/simulators/provider-simulator';
import type { ProviderConfig } from '../../src/private/contract';
import { UsageError } from '../terminal/usage-error';

/** The options that describe the payment, as they are given. */
export interface PaymentOptions {
  readonly amount?: string;
  readonly currency?: string;
  readonly customer?: string;
  readonly reference?: string;
  readonly payment?: string;
  readonly test?: boolean;
}

const DEFAULT_AMOUNT = '100';
const DEFAULT_CURRENCY = 'EUR';
const PAYMENT_ID = /^[0-9a-f]{12}$/;
/** The stored length of an identifier. */
const MAX_TEXT = 256;

/** Reads the options. If the provider sends no currency, its configured one counts. */
export function paymentTemplate(options: PaymentOptions, { exponents }: ProviderSimulator, config: ProviderConfig): PaymentTemplate {
  const { amount = DEFAULT_AMOUNT, payment: id, test = false } = options;
  const currency = (options.currency ?? config.currency ?? config.fields?.defaultCurrency ?? DEFAULT_CURRENCY).toUpperCase();
  if (exponentOf(currency) === undefined) {
    throw new UsageError(`--currency must be a code of ISO 4217 such as EUR, got '${currency}'`);
  }
  const exponent = minorUnits(currency, exponents);
  const minor = parseMajor(amount, exponent);
  if (minor === undefined || minor < 0n || minor > Number.MAX_SAFE_INTEGER) {
    throw new UsageError(`--amount must be a decimal number of ${currency} with at most ${exponent} decimals, from 0 to 2^53 of its smallest unit, got '${amount}'`);
  }
  if (id !== undefined && !PAYMENT_ID.test(id)) {
    throw new UsageError(`--payment must be the id that \`send\` printed for the payment, 12 hexadecimal digits, got '${id}'`);
  }
  return { minor, exponent, currency, id, customer: checkedText('--customer', options.customer), reference: checkedText('--reference', options.reference), live: !test };
}

function checkedText(option: string, text: string | undefined): string | undefined {
  if (text !== undefined && (text === '' || text.length > MAX_TEXT)) {
    throw new UsageError(`${option} must have 1 to ${MAX_TEXT} characters`);
  }
  return text;
}

const PARTS = ['amount', 'currency', 'customer', 'reference'] as const;

/** The options that the provider sends no value for in an event. */
export function ignoredOptions(options: PaymentOptions, { omits = [] }: SimulatedEvent): string[] {
  return PARTS.filter((part) => options[part] !== undefined && omits.includes(part)).map((part) => `--${part}`);
}

/** The first option that has no effect on a body from a file. */
export function paymentOption(options: PaymentOptions): string | undefined {
  const name = ([...PARTS, 'payment', 'test'] as const).find((each) => options[each] !== undefined);
  return name && `--${name}`;
}
