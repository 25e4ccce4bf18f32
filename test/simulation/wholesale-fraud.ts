import { isBusiness, isEstablished, issueCard } from './wholesale-customers';
import type { Card, Customer } from './wholesale-customers';
import { usualTime } from './wholesale-honest';
import { DAY, HOUR, MINUTE, MONTH_DAYS, MONTH_START, SECOND } from './wholesale-ledger';
import type { Ledger, Order } from './wholesale-ledger';
import type { Random, Range } from './wholesale-random';

/** A way to defraud the merchant. */
export interface Pattern {
  readonly name: string;
  /** The number of customers that it affects in a month. */
  readonly hits: Range;
  /** The customer whose account is misused; absent if the fraudster opens one. */
  readonly victim?: (customer: Customer) => boolean;
  readonly commit: (fraud: Fraud) => void;
}

type Purchase = Partial<Omit<Order, 'customer' | 'fraud'>> & Pick<Order, 'at' | 'amount'>;

const STOLEN_CARD_COUNTRIES = ['US', 'US', 'GB', 'FR', 'ES', 'IT', 'BR', 'MX', 'CA', 'AU', 'TR', 'ZA', 'IN', 'JP'];
/** Smaller amounts are not assessed, and fraud is not worthwhile. */
const LEAST_LOOT = 10_050;
const LEAST_LOOT_SCATTER: Range = [0, 2000];
const LOOT_SCATTER = 0.3;
const FIRST_DAYS: Range = [1, MONTH_DAYS - 4];
/** Late enough that some of the build-up is in the month. */
const BUST_DAYS: Range = [9, MONTH_DAYS - 3];
const NIGHT_SHARE = 0.4;

/** One fraudster with one account. A stronger one hurries, takes less care and leaves more traces. */
export class Fraud {
  /** From 0 to 1. */
  public readonly strength: number;

  public constructor(
    public readonly random: Random,
    private readonly ledger: Ledger,
    private readonly pattern: string,
    public readonly customer: Customer,
    leastStrength: number,
    /** The day on which the month of the fraud starts, from the start of the first month. */
    private readonly firstDay: number,
  ) {
    this.strength = random.between([leastStrength, 1]);
  }

  public buy(purchase: Purchase): string {
    return this.ledger.pay(this.order(purchase));
  }

  public fail(purchase: Purchase): void {
    this.ledger.decline(this.order(purchase));
  }

  public takeOut(kind: 'refunded' | 'paid-out', purchase: Purchase, at: number, amount: number, transactionId?: string): void {
    this.ledger.repay(this.order(purchase), { kind, at, amount }, transactionId);
  }

  /** A time in the month, more often at night than for honest customers. */
  public moment(days: Range = FIRST_DAYS): number {
    const hours: Range = this.random.chance(NIGHT_SHARE) ? [0, 5] : [6, 23];
    return MONTH_START + (this.firstDay + this.random.int(days)) * DAY + Math.round(this.random.between([hours[0] * HOUR, (hours[1] + 1) * HOUR]));
  }

  /** A time on a day of the month when the customer would buy. */
  public usualMoment(day: number): number {
    return usualTime(this.random, this.customer, this.firstDay + day);
  }

  /** A worthwhile sum. About half of them are below 16,000. */
  public loot(): number {
    return LEAST_LOOT + this.random.logNormal(3000 + 5000 * this.strength, 0.8);
  }

  /** After a success, fraudsters try about the same sum again. */
  public about(sum: number): number {
    return this.worthIt(this.random.logNormal(sum, LOOT_SCATTER));
  }

  /** Varies the minimum, because a constant sum would be a trace. */
  public worthIt(sum: number): number {
    return sum < LEAST_LOOT ? LEAST_LOOT + this.random.between(LEAST_LOOT_SCATTER) : sum;
  }

  /** Cards are sold by country: a careful thief buys one of the account's own. */
  public stolenCard(foreign = 0.3 + 0.6 * this.strength): Card {
    const home = this.customer.homeCountry;
    return issueCard(this.random, this.random.chance(foreign) ? this.random.pick(STOLEN_CARD_COUNTRIES) : home);
  }

  /** A number between few for the careful and many for the hasty. */
  public count([few, many]: Range): number {
    return Math.round(few + (many - few) * this.random.between([this.strength / 2, this.strength]));
  }

  /** A duration between long for the careful and short for the hasty. */
  public pause(short: number, long: number): number {
    const middle = short * (long / short) ** (1 - this.strength);
    return Math.round(middle * this.random.between([0.5, 1.5]));
  }

  private order(purchase: Purchase): Order {
    return { ...purchase, customer: this.customer, fraud: this.pattern };
  }
}

/** Several purchases, one after the other. */
function spree(fraud: Fraud, count: number, from: number, pause: Range, purchase: () => Omit<Purchase, 'at'>): void {
  let at = from;
  for (let bought = 0; bought < count; bought++) {
    fraud.buy({ ...purchase(), at });
    at += fraud.pause(...pause);
  }
}

/** Tests a list of stolen numbers with small sums, then uses the cards that work up to their limit. */
function testCards(fraud: Fraud): void {
  const { random } = fraud;
  const card = fraud.stolenCard();
  let at = fraud.moment();
  for (let left = fraud.count([2, 18]); left > 0; left--) {
    const last = left === 1;
    const test = { at, card: last ? card : fraud.stolenCard(), amount: random.between([0.5, 9.99]) };
    if (last || random.chance(0.25)) fraud.buy(test);
    else fraud.fail(test);
    at += fraud.pause(8 * SECOND, 10 * MINUTE);
  }
  spree(fraud, random.int([1, 3]), at + fraud.pause(10 * MINUTE, 2 * DAY), [5 * MINUTE, 12 * HOUR], () => ({ card, amount: fraud.loot() }));
}

function releaseClaim(fraud: Fraud): void {
  const { random, customer, strength } = fraud;
  const card = fraud.stolenCard();
  const sum = Math.max(fraud.loot(), customer.level * random.between([2, 3 + 5 * strength]));
  const country = customer.country && random.chance(0.4 * strength) ? card.country : customer.country;
  let at = fraud.moment();
  for (let left = fraud.count([0, 4]); left > 0; left--) {
    fraud.fail({ at, card: fraud.stolenCard(), country, amount: sum });
    at += fraud.pause(MINUTE, HOUR);
  }
  spree(fraud, fraud.count([1, 5]), at, [4 * MINUTE, 10 * HOUR], () => ({ card, country, amount: fraud.about(sum) }));
}

/** The account of a former customer, who no longer reads confirmations. */
function wakeUp(fraud: Fraud): void {
  const card = fraud.random.chance(0.3) ? fraud.customer.card ?? fraud.stolenCard() : fraud.stolenCard();
  spree(fraud, fraud.random.int([1, 2]), fraud.moment(), [20 * MINUTE, 2 * DAY], () => ({ card, amount: fraud.loot() }));
}

/** Small paid orders until the account is trusted, then large ones at once. */
function bustOut(fraud: Fraud): void {
  const { random } = fraud;
  const card = fraud.stolenCard(0.1);
  const bust = fraud.moment(BUST_DAYS);
  let amount = random.between([80, 500]);
  for (let at = bust - Math.round(random.between([15, 50]) * DAY); at < bust - DAY; at += Math.round(random.between([2, 7]) * DAY)) {
    fraud.buy({ at, card, amount });
    amount *= random.between([1, 1.5]);
  }
  spree(fraud, random.int([2, 5]), bust, [10 * MINUTE, 14 * HOUR], () => ({ card, amount: fraud.loot() }));
}

function useStolenCard(fraud: Fraud): void {
  const card = fraud.stolenCard(0.75);
  let at = fraud.moment();
  for (let left = fraud.count([0, 3]); left > 0; left--) {
    fraud.fail({ at, card: fraud.stolenCard(0.75), amount: fraud.loot() });
    at += fraud.pause(30 * SECOND, 30 * MINUTE);
  }
  spree(fraud, fraud.random.int([1, 3]), at, [10 * MINUTE, 5 * DAY], () => ({ card, amount: fraud.loot() }));
}

/** Vouchers or pallets that can be resold, the same each time. */
function repeatPurchase(fraud: Fraud): void {
  const { random } = fraud;
  const amount = Math.ceil(fraud.loot() / 100) * 100;
  const card = fraud.stolenCard();
  const next = (): Card => (random.chance(0.3) ? fraud.stolenCard() : card);
  spree(fraud, random.int([3, 5]), fraud.moment(), [2 * MINUTE, 20 * HOUR], () => ({ card: next(), amount }));
}

/** An impostor makes the customer's office pay a forged invoice by transfer, perhaps twice. */
function forgeInvoice(fraud: Fraud): void {
  const { random, customer } = fraud;
  const amount = Math.ceil(Math.max(fraud.loot(), customer.level * random.between([1, 4])) / 10) * 10;
  const currency = random.chance(0.25) ? 'USD' : customer.currency;
  const day = random.int([1, MONTH_DAYS - 8]);
  fraud.buy({ at: fraud.usualMoment(day), amount, currency });
  if (random.chance(0.5)) fraud.buy({ at: fraud.usualMoment(day + random.int([1, 7])), amount, currency });
}

/** Finds the limit of a stolen card, with decreasing sums until one is accepted. */
function probeLimit(fraud: Fraud): void {
  const { random } = fraud;
  const card = fraud.stolenCard();
  let at = fraud.moment();
  let sum = fraud.loot() * random.between([1, 1.3]);
  for (const factor of [1.8, 1.4, 1.15].slice(-fraud.count([1, 3]))) {
    fraud.fail({ at, card, amount: Math.ceil(sum * factor) });
    at += fraud.pause(30 * SECOND, HOUR);
  }
  spree(fraud, random.int([1, 3]), at, [2 * MINUTE, DAY], () => {
    const amount = Math.ceil(sum);
    sum = fraud.worthIt(sum * random.between([0.8, 1]));
    return { card, amount };
  });
}

/** Pays with a stolen card, cancels, and requests the refund to another account, twice. */
function overpay(fraud: Fraud): void {
  const { random } = fraud;
  const card = fraud.stolenCard();
  const amount = fraud.loot();
  const purchase = { at: fraud.moment([1, MONTH_DAYS - 8]), card, amount };
  const transactionId = fraud.buy(purchase);
  const outAt = purchase.at + fraud.pause(HOUR, 3 * DAY);
  const out = amount * random.between([0.5, 0.9]);
  if (random.chance(0.5)) fraud.takeOut('paid-out', purchase, outAt, out);
  else fraud.takeOut('refunded', purchase, outAt, out, transactionId);
  if (random.chance(0.7)) fraud.buy({ at: outAt + fraud.pause(HOUR, 3 * DAY), card, amount: fraud.about(amount) });
}

/** One large order split over several cards, because no single card covers it. */
function splitOverCards(fraud: Fraud): void {
  const { random } = fraud;
  let at = fraud.moment();
  for (let left = random.int([3, 5]); left > 0; left--) {
    const card = fraud.stolenCard(0.7);
    const amount = LEAST_LOOT + random.between([0, 5000]);
    if (random.chance(0.4)) fraud.fail({ at: at - 20 * SECOND, card: fraud.stolenCard(0.7), amount });
    fraud.buy({ at, card, amount });
    at += fraud.pause(2 * MINUTE, 90 * MINUTE);
  }
}

/** A fake travel agency that sells cheaply and pays for each journey with another stolen card. */
function resell(fraud: Fraud): void {
  const { random } = fraud;
  const days = Array.from({ length: random.int([5, 9]) }, () => fraud.moment([-20, MONTH_DAYS - 2]));
  for (const at of days) {
    const amount = Math.ceil(random.chance(0.35) ? fraud.loot() : random.logNormal(2500, 0.5));
    fraud.buy({ at, card: fraud.stolenCard(), amount });
  }
}

/** With the customer's own card, at its hours, for about its usual sum. Only its complaint shows the fraud. */
function useSavedCard(fraud: Fraud): void {
  const { random, customer } = fraud;
  for (let left = random.int([1, 2]); left > 0; left--) {
    const amount = fraud.worthIt(random.logNormal(customer.level, customer.spread));
    fraud.buy({ at: fraud.usualMoment(random.int(FIRST_DAYS)), card: customer.card, amount });
  }
}

export const PATTERNS: readonly Pattern[] = [
  { name: 'card-testing', hits: [2, 3], commit: testCards },
  {
    name: 'account-takeover',
    hits: [3, 5],
    victim: (customer) => isBusiness(customer) && isEstablished(customer) && customer.level > 1000 && customer.level < 8000,
    commit: releaseClaim,
  },
  { name: 'dormant-takeover', hits: [1, 2], victim: (customer) => isBusiness(customer) && customer.active[1] < -30, commit: wakeUp },
  { name: 'bust-out', hits: [2, 3], commit: bustOut },
  { name: 'stolen-card', hits: [3, 4], commit: useStolenCard },
  { name: 'same-amount', hits: [2, 2], commit: repeatPurchase },
  {
    name: 'forged-invoice',
    hits: [1, 2],
    victim: (customer) => isBusiness(customer) && isEstablished(customer) && customer.level > 2000 && !customer.card,
    commit: forgeInvoice,
  },
  { name: 'limit-probing', hits: [1, 2], commit: probeLimit },
  { name: 'overpayment', hits: [1, 2], commit: overpay },
  { name: 'split-over-cards', hits: [1, 1], commit: splitOverCards },
  { name: 'stolen-card-reseller', hits: [1, 2], commit: resell },
  {
    name: 'saved-card',
    hits: [3, 3],
    victim: (customer) => isBusiness(customer) && isEstablished(customer) && customer.level > 6000 && customer.card !== undefined,
    commit: useSavedCard,
  },
];
