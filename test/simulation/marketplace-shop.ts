import type { LabeledEvent } from './labeled-event';
import type { Dice } from './marketplace-random';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A time from its start to its end, which is excluded. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const FIRST_OF_JUNE = Date.UTC(2026, 5, 1);
const MONTH_LENGTH = 30 * DAY;
/** The history before the first month. */
export const PAST: Span = { start: FIRST_OF_JUNE - 90 * DAY, end: FIRST_OF_JUNE };

/** Months of 30 days, from June 2026 on, UTC. */
export function monthsFromJune(count: number): Span[] {
  return Array.from({ length: count }, (_, index) => ({ start: PAST.end + index * MONTH_LENGTH, end: PAST.end + (index + 1) * MONTH_LENGTH }));
}

interface Country {
  /** Percentage of customers. */
  readonly share: number;
  readonly currency: string;
  /** Hours ahead of UTC in summer, of one time zone or several. */
  readonly zones: readonly number[];
}

const COUNTRIES: Readonly<Record<string, Country>> = {
  DE: { share: 26, currency: 'EUR', zones: [2] },
  FR: { share: 13, currency: 'EUR', zones: [2] },
  IT: { share: 9, currency: 'EUR', zones: [2] },
  NL: { share: 8, currency: 'EUR', zones: [2] },
  ES: { share: 8, currency: 'EUR', zones: [2] },
  AT: { share: 4, currency: 'EUR', zones: [2] },
  BE: { share: 3, currency: 'EUR', zones: [2] },
  PL: { share: 3, currency: 'EUR', zones: [2] },
  IE: { share: 2, currency: 'EUR', zones: [1] },
  FI: { share: 2, currency: 'EUR', zones: [3] },
  GB: { share: 9, currency: 'GBP', zones: [1] },
  US: { share: 10, currency: 'USD', zones: [-4, -5, -6, -7] },
  CH: { share: 3, currency: 'CHF', zones: [2] },
};

/** Countries of holidays and trade fairs. */
const DESTINATIONS = ['ES', 'IT', 'FR', 'GR', 'PT', 'HR', 'TR', 'US', 'TH', 'AE', 'CH', 'GB'];
/** Countries of online banks that issue cards for customers all over Europe. */
const ONLINE_BANK_COUNTRIES = ['LT', 'IE', 'BE', 'DE'];
const EMAIL_DOMAINS = ['mail.example', 'post.example', 'web.example', 'inbox.example', 'provider.example', 'alias.example'];

/** The weight of each hour of the local day. */
const LEISURE_HOURS = [2, 1, 1, 1, 1, 1, 2, 4, 6, 7, 7, 7, 8, 7, 6, 6, 7, 8, 10, 12, 13, 12, 8, 4];
const OFFICE_HOURS = [0, 0, 0, 0, 0, 0, 1, 4, 9, 10, 10, 9, 6, 8, 9, 9, 8, 5, 2, 1, 1, 0, 0, 0];
/** Some customers shop some hours later. */
const NIGHT_OWL_SHIFT = -5;

/** Large sums are often sent by bank transfer, which has no card data. */
const TRANSFER_FROM = 8_000;
/** Payments for expensive goods are often captured when the seller has sent them. */
const CAPTURED_WHEN_SENT_FROM = 1_000;

export interface Card {
  readonly country: string;
  readonly bin: string;
  readonly fingerprint: string;
}

export interface Customer {
  readonly id: string;
  readonly home: string;
  readonly currency: string;
  readonly business: boolean;
  /** The customer's offset from UTC in hours. */
  readonly clock: number;
  /** The usual one first. Empty if the customer pays only by bank transfer. */
  readonly cards: readonly Card[];
  readonly emailDomain: string;
  /** Whether the customer's checkout records a country. */
  readonly countryAsked: boolean;
  readonly trip?: { readonly from: number; readonly to: number; readonly country: string };
  /** Time when the account was opened. */
  readonly since: number;
}

interface Account {
  /** The months in which the customer can travel. */
  readonly months: readonly Span[];
  readonly since: number;
  readonly business?: boolean;
}

/** An order of a customer. */
export interface Order {
  readonly at: number;
  readonly amount: number;
  readonly currency: string;
  readonly country?: string;
  readonly card?: Card;
  readonly emailDomain: string;
  readonly fraud?: string;
}

/** A payment that was captured. */
export interface Payment {
  readonly customer: Customer;
  readonly order: Order;
  readonly transactionId: string;
  readonly capturedAt: number;
}

export function cardOf(dice: Dice, country: string): Card {
  // A scheme, a country and a bank: not a real numbering, but with the same granularity.
  const [first, second] = [...country].map((letter) => letter.charCodeAt(0) - 'A'.charCodeAt(0));
  const bin = `${dice.pick([4, 4, 5])}${100 + first * 26 + second}${dice.between(10, 29)}`;
  return { country, bin: dice.chance(0.3) ? `${bin}${dice.between(10, 99)}` : bin, fingerprint: newFingerprint(dice) };
}

/** Another card of the same bank. */
export function siblingOf(dice: Dice, card: Card): Card {
  return { ...card, fingerprint: newFingerprint(dice) };
}

function newFingerprint(dice: Dice): string {
  return `card-${dice.between(0, 2 ** 31 - 1).toString(36)}`;
}

export function newCustomer(dice: Dice, number: number, account: Account): Customer {
  const codes = Object.keys(COUNTRIES);
  const home = codes[dice.weighted(codes.map((code) => COUNTRIES[code].share))];
  const business = account.business ?? false;
  const tripFrom = dice.pick(account.months).start + dice.between(-10, 25) * DAY;
  return {
    id: `c-${String(number).padStart(4, '0')}`,
    home,
    currency: COUNTRIES[home].currency,
    business,
    clock: dice.pick(COUNTRIES[home].zones) + (!business && dice.chance(0.05) ? NIGHT_OWL_SHIFT : 0),
    cards: dice.chance(0.08) ? [] : walletOf(dice, home),
    emailDomain: business ? 'trade.example' : dice.pick(EMAIL_DOMAINS),
    countryAsked: dice.chance(0.94),
    trip: dice.chance(0.1 * account.months.length)
      ? { from: tripFrom, to: tripFrom + dice.between(4, 16) * DAY, country: dice.pick(DESTINATIONS) }
      : undefined,
    since: account.since,
  };
}

function walletOf(dice: Dice, home: string): Card[] {
  // Customers who moved from abroad can have kept the card of a bank there.
  const usual = cardOf(dice, dice.chance(0.03) ? dice.pick(Object.keys(COUNTRIES)) : home);
  if (dice.chance(0.7)) return [usual];
  return [usual, cardOf(dice, dice.chance(0.3) ? dice.pick(ONLINE_BANK_COUNTRIES) : home)];
}

/** A time in the span, which is at least a day, when the customer would shop. */
export function momentWithin(dice: Dice, customer: Customer, from: number, to: number): number {
  for (;;) {
    const day = Math.floor(dice.real(from, to) / DAY) * DAY;
    const at = day + hourOf(dice, customer) + dice.between(0, 3_599) * SECOND;
    if (at >= from && at < to && dice.chance(dayWeight(new Date(day), customer.business))) return at;
  }
}

function hourOf(dice: Dice, { business, clock }: Customer): number {
  return (dice.weighted(business ? OFFICE_HOURS : LEISURE_HOURS) - clock) * HOUR;
}

/** Businesses buy on working days. Others buy in their free time or just after payday. */
function dayWeight(day: Date, business: boolean): number {
  const weekend = day.getUTCDay() === 0 || day.getUTCDay() === 6;
  if (business) return weekend ? 0.04 : 1;
  const payday = day.getUTCDate() >= 26 || day.getUTCDate() <= 3;
  return (weekend ? 0.85 : 0.65) + (payday ? 0.15 : 0);
}

export function inCents(sum: number): number {
  return Math.round(sum * 100) / 100;
}

/** Typical prices are 24.99 and 12,950.00. Postage or several things in a basket give other sums. */
export function priceNear(dice: Dice, sum: number): number {
  if (dice.chance(0.3)) return inCents(Math.max(1, sum));
  if (sum < 200) return inCents(Math.max(1, Math.round(sum)) - dice.pick([0, 0.01, 0.01, 0.05, 0.1, 0.5]));
  const step = sum < 2_000 ? 10 : dice.pick([50, 100, 250]);
  return inCents(Math.round(sum / step) * step - dice.pick([0, 0, 0, 1, 5, 0.01]));
}

/** A typical order of this customer. */
export function usualOrder(dice: Dice, customer: Customer, at: number, amount: number): Order {
  return {
    at,
    amount,
    currency: dice.chance(0.03) ? dice.pick(['EUR', 'USD', 'GBP']) : customer.currency,
    country: countryAt(dice, customer, at),
    card: cardFor(dice, customer, amount),
    emailDomain: customer.emailDomain,
  };
}

function cardFor(dice: Dice, { cards }: Customer, amount: number): Card | undefined {
  if (cards.length === 0 || (amount > TRANSFER_FROM && dice.chance(0.25))) return undefined;
  return dice.chance(0.8) ? cards[0] : dice.pick(cards);
}

function countryAt(dice: Dice, { countryAsked, trip, home }: Customer, at: number): string | undefined {
  if (!countryAsked || dice.chance(0.015)) return undefined;
  const away = trip !== undefined && trip.from <= at && at < trip.to;
  return away && dice.chance(0.7) ? trip.country : home;
}

/** Turns orders into the events that the marketplace would send. */
export class Shop {
  readonly payments: Payment[] = [];
  private readonly events: LabeledEvent[] = [];
  private orders = 0;

  constructor(private readonly dice: Dice, private readonly end: number) {}

  /** All events from the start of the history until the end of the last month, oldest first. */
  history(): LabeledEvent[] {
    return this.events
      .filter(({ at }) => at.getTime() >= PAST.start && at.getTime() < this.end)
      .sort((one, other) => one.at.getTime() - other.at.getTime());
  }

  decline(customer: Customer, order: Order): void {
    this.record('failed', customer, order, this.nextId());
  }

  pay(customer: Customer, order: Order): Payment {
    const transactionId = this.nextId();
    if (order.card) this.record('authorized', customer, order, transactionId);
    const capturedAt = order.at + this.captureDelay(order);
    this.record('captured', customer, { ...order, at: capturedAt }, transactionId);
    const payment = { customer, order, transactionId, capturedAt };
    this.payments.push(payment);
    return payment;
  }

  refund({ customer, order, transactionId }: Payment, at: number, amount: number): void {
    this.record('refunded', customer, { ...order, at, amount }, transactionId);
  }

  /** A customer who has sold something gets the money. */
  payOut(customer: Customer, order: Order): void {
    this.record('paid-out', customer, { ...order, card: undefined }, this.nextId());
  }

  private captureDelay({ amount }: Order): number {
    const whenSent = amount >= CAPTURED_WHEN_SENT_FROM && this.dice.chance(0.25);
    return whenSent ? this.dice.between(2 * 60, 36 * 60) * MINUTE : this.dice.between(2, 15) * SECOND;
  }

  private nextId(): string {
    return `pay-${String(++this.orders).padStart(6, '0')}`;
  }

  private record(kind: LabeledEvent['kind'], customer: Customer, order: Order, transactionId: string): void {
    const { at, amount, currency, country, card, emailDomain, fraud } = order;
    this.events.push({
      at: new Date(at),
      transactionId,
      kind,
      amount,
      currency,
      customerId: customer.id,
      ...(country && { country }),
      ...(card && { cardCountry: card.country, cardBin: card.bin, cardFingerprint: card.fingerprint }),
      emailDomain,
      // Fraud before the first month has not been discovered yet.
      ...(fraud && at >= PAST.end && { fraud }),
    });
  }
}
