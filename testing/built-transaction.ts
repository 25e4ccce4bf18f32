import { randomBytes } from 'node:crypto';
import { majorToMinor, requireCurrency, type MinorAmount } from './simulated-amount';
import type { TransactionReceivedDetail } from '../events/index';
import { paymentUrl } from '../handlers/alerts/payment-pages';
import { eventAmount, minorUnits, tierOf } from '../handlers/domain/money';
import type { ProviderSimulator } from '../handlers/providers/shared/simulators/provider-simulator';
import { SIMULATORS } from '../handlers/providers/simulators';
import { NO_CURRENCY, SCHEMA_VERSION, type Kind, type SchemeName, type Tier, type TransactionDetail } from '../src/private/contract';

/** The default thresholds of the construct. */
const TIERS = { medium: 1000, high: 10_000 } as const;
/** An amount of each tier. */
const AMOUNT_OF: { readonly [tier in Tier]: number } = { low: 42, medium: 4200, high: 25_000 };
const MOVING_KINDS: readonly Kind[] = ['captured', 'refunded', 'disputed', 'paid-out'];
const SECOND = 1000;

/** The values that a builder decides. */
export interface BuiltDefaults {
  readonly receivedAt: string;
  /** In major units. */
  readonly amount: number;
}

export type BuiltTransaction = Omit<TransactionDetail, 'alert_subject' | 'alert_text' | 'alert_sms'>;

/** A transaction whose fields agree with the overrides and with each other. */
export function builtTransaction(overrides: Partial<TransactionReceivedDetail>, { receivedAt, amount }: BuiltDefaults): BuiltTransaction {
  const id = randomBytes(6).toString('hex');
  const provider = overrides.provider ?? overrides.transaction_id?.split(':', 1)[0] ?? 'stripe';
  const kind = overrides.kind ?? 'captured';
  const money = builtMoney(overrides, amount);
  const time = builtTime(overrides, receivedAt);
  const transaction = {
    schema_version: SCHEMA_VERSION,
    transaction_id: `${provider}:${provider === 'stripe' ? 'pi_' : ''}${id}`,
    ...time,
    provider,
    provider_event: providerEventOf(provider, kind),
    kind,
    live: true,
    money_movement: MOVING_KINDS.includes(kind) && money.amount !== undefined,
    ...money,
    reference: `order-${id}`,
    customer_id: `${provider === 'stripe' ? 'cus_' : 'customer-'}${id}`,
    payment_method: 'card',
    country: 'DE',
    card_country: 'DE',
    card_bin: '424242',
    email_domain: 'example.com',
    received_at: receivedAt,
    ...overrides,
  };
  return { payment_url: paymentUrl(transaction, { [provider]: provider as SchemeName }), ...transaction };
}

type BuiltMoney = Pick<TransactionDetail, 'amount' | 'amount_minor' | 'exponent' | 'currency' | 'tier'>;

/** The forms of the amount, its currency and its tier. An amount that is `undefined` leaves out all forms. */
function builtMoney(overrides: Partial<TransactionReceivedDetail>, usual: number): BuiltMoney {
  const isLeftOut = 'amount' in overrides && overrides.amount === undefined && overrides.amount_minor === undefined;
  const currency = overrides.currency ?? (isLeftOut ? NO_CURRENCY : 'EUR');
  requireCurrency(currency);
  if (isLeftOut) {
    return { currency };
  }
  const usualOfTier = overrides.tier === undefined ? usual : AMOUNT_OF[overrides.tier];
  const { minor, exponent } = statedMoney(overrides, currency) ?? majorToMinor(usualOfTier, currency);
  const amount = eventAmount(minor, exponent);
  if (overrides.amount !== undefined && overrides.amount !== amount) {
    throw new TypeError(`\`amount\` must be ${amount}, as \`amount_minor\` and \`exponent\` are, got ${overrides.amount}. Leave out one of them`);
  }
  return { amount, amount_minor: minor.toString(), exponent, currency, tier: tierOf(amount, currency, TIERS) };
}

function statedMoney({ amount, amount_minor: minor, exponent }: Partial<TransactionReceivedDetail>, currency: string): MinorAmount | undefined {
  if (minor !== undefined) {
    return { minor: BigInt(minor), exponent: exponent ?? minorUnits(currency) };
  }
  return amount === undefined ? undefined : majorToMinor(amount, currency);
}

/** The key of the event, and what it consists of. */
function builtTime(overrides: Partial<TransactionReceivedDetail>, receivedAt: string): Pick<TransactionDetail, 'timestamp' | 'event_id' | 'event_time'> {
  const [statedTime, ...statedId] = overrides.timestamp?.split('#') ?? [];
  const usualTime = new Date(Date.parse(receivedAt) - SECOND).toISOString();
  const time = 'event_time' in overrides ? overrides.event_time : statedTime === undefined ? usualTime : statedTime;
  const eventTime = time === '-' ? undefined : time;
  const eventId = overrides.event_id ?? (statedId.length > 0 ? statedId.join('#') : `evt_${randomBytes(6).toString('hex')}`);
  return { timestamp: `${eventTime ?? '-'}#${eventId}`, event_id: eventId, event_time: eventTime };
}

/** A provider of the user can have any name. */
const simulatorsByName: { readonly [provider: string]: ProviderSimulator | undefined } = { ...SIMULATORS };

/** The provider's name of an event of this kind. */
function providerEventOf(provider: string, kind: Kind): string {
  const events = Object.entries(simulatorsByName[provider]?.events ?? {});
  const [key, event] = events.find(([, each]) => each.kind === kind) ?? [kind];
  return event?.name ?? key;
}

/** The same object without the members that are undefined, as JSON would have it. */
export function withoutUndefined(object: object): object {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
