import { withLabelTimes } from './label-times';
import type { MonthGenerator } from './labeled-event';
import { plantFraud, ACCOUNTS_OPENED_FOR_FRAUD } from './marketplace-fraud';
import { Dice } from './marketplace-random';
import { cardOf, DAY, HOUR, inCents, MINUTE, momentWithin, monthsFromJune, newCustomer, PAST, priceNear, SECOND, Shop, usualOrder } from './marketplace-shop';
import type { Customer, Order } from './marketplace-shop';

/** The number of customers: at most 2 % of the payments of a month are then fraud. */
const CUSTOMERS = 3_500;
/** The highest price on offer. */
const MOST = 140_000;

/** Customers of one kind, with the frequency and the amounts of their purchases. */
interface Segment {
  readonly size: number;
  readonly business?: boolean;
  readonly paymentsAMonth: readonly [least: number, most: number];
  /** Median of the amounts of the whole segment. Each customer has their own median near it. */
  readonly median: number;
  readonly sigma: number;
}

const REGULARS: Segment = { size: 790, paymentsAMonth: [2, 8], median: 45, sigma: 0.8 };
const FURNISHERS: Segment = { size: 280, paymentsAMonth: [0.5, 3], median: 420, sigma: 0.9 };
const COLLECTORS: Segment = { size: 210, paymentsAMonth: [0.7, 3], median: 2_600, sigma: 0.8 };
const CONNOISSEURS: Segment = { size: 45, paymentsAMonth: [0.8, 3], median: 8_500, sigma: 0.6 };
const DEALERS: Segment = { size: 63, business: true, paymentsAMonth: [8, 20], median: 3_200, sigma: 0.8 };
const CAR_DEALERS: Segment = { size: 18, business: true, paymentsAMonth: [5, 11], median: 9_500, sigma: 0.45 };

/** Honest customers of a month who buy something expensive as soon as they have an account. */
const DEAR_FIRST_PURCHASES = 32;

const SETTLED = [REGULARS, FURNISHERS, COLLECTORS, CONNOISSEURS, DEALERS, CAR_DEALERS];
const OCCASIONALS: Segment = {
  size: CUSTOMERS - DEAR_FIRST_PURCHASES - ACCOUNTS_OPENED_FOR_FRAUD - SETTLED.reduce((sum, { size }) => sum + size, 0),
  paymentsAMonth: [0.3, 1.5],
  median: 70,
  sigma: 1,
};

/** Banks check large sums more strictly, and cards have limits. */
function declineRate({ amount, card }: Order): number {
  if (!card) return 0;
  if (amount < 1_000) return 0.03;
  return amount < 5_000 ? 0.06 : 0.14;
}

/** The currency of payments for the same thing, which is the same for all of them. */
function inOwnCurrency({ currency }: Customer): Partial<Order> {
  return { currency };
}

/** The honest customers of the marketplace. */
class Marketplace {
  constructor(private readonly dice: Dice, private readonly shop: Shop, private readonly end: number) {}

  /** Buys at the customer's own hours, throughout the simulated time. */
  liveOn(customer: Customer, { paymentsAMonth: [least, most], median, sigma }: Segment): void {
    const own = this.dice.logNormal(median, 0.4);
    const from = Math.max(customer.since, PAST.start);
    const months = (this.end - from) / (30 * DAY);
    const count = Math.max(1, Math.round(this.dice.real(least, most) * months));
    for (let n = 0; n < count; n++) {
      // The last days are left out for one purchase, so that every customer has a purchase that completes.
      const at = momentWithin(this.dice, customer, from, n === 0 ? this.end - 2 * DAY : this.end);
      this.buy(customer, at, priceNear(this.dice, Math.min(MOST, this.dice.logNormal(own, sigma))));
    }
  }

  /** A purchase that succeeds, perhaps after declines, and that can be returned. */
  buy(customer: Customer, at: number, amount: number, agreed: Partial<Order> = {}): void {
    const order = this.settle(customer, { ...usualOrder(this.dice, customer, at, amount), ...agreed });
    if (!order) return;
    const payment = this.shop.pay(customer, order);
    if (!this.dice.chance(amount < 2_000 ? 0.05 : 0.03)) return;
    const back = this.dice.chance(0.75) ? amount : inCents(amount * this.dice.real(0.1, 0.6));
    this.shop.refund(payment, payment.capturedAt + this.dice.between(2 * 24, 20 * 24) * HOUR, back);
  }

  /** The car itself, after a deposit, or in parts if the price exceeds the card's limit. */
  buyCar(customer: Customer): void {
    const at = momentWithin(this.dice, customer, PAST.end, this.end);
    const price = priceNear(this.dice, this.dice.logNormal(15_000, 0.35));
    const way = this.dice.weighted([55, 30, 15]);
    if (way === 0) return this.buy(customer, at, price);
    const first = way === 1 ? this.dice.pick([200, 500, 1_000]) : inCents(price / 2);
    const pause = way === 1 ? this.dice.between(20, 160) * HOUR : this.dice.between(2, 50) * MINUTE;
    this.buy(customer, at, first, inOwnCurrency(customer));
    this.buy(customer, at + pause, inCents(price - first), inOwnCurrency(customer));
  }

  /** An expensive first purchase that the customer opened the account for. */
  arrive(customer: Customer): void {
    this.buy(customer, customer.since + this.dice.between(5, 2 * 24 * 60) * MINUTE, priceNear(this.dice, this.dice.logNormal(13_000, 0.3)));
    if (this.dice.chance(0.4)) this.buy(customer, momentWithin(this.dice, customer, customer.since + 3 * DAY, this.end), this.dice.between(20, 400));
  }

  /** The same sum each week or each month, on a day of the customer's choice. */
  payInstallments(customer: Customer): void {
    const every = this.dice.chance(0.4) ? 7 * DAY : 30 * DAY;
    const sum = this.dice.chance(0.35) ? this.dice.between(101, 130) * 100 : this.dice.between(12, 160) * 25;
    const first = momentWithin(this.dice, customer, PAST.start, PAST.start + 60 * DAY);
    for (let at = first; at < this.end; at += every) {
      this.buy(customer, at + this.dice.between(0, 180) * MINUTE, sum, inOwnCurrency(customer));
    }
  }

  /** Two of the same watch, or of the same chair: for a couple, or for a gift. */
  buyPair(customer: Customer): void {
    const at = momentWithin(this.dice, customer, PAST.end, this.end);
    const price = priceNear(this.dice, this.dice.logNormal(10_500, 0.25));
    this.buy(customer, at, price, inOwnCurrency(customer));
    this.buy(customer, at + this.dice.between(4, 26 * 60) * MINUTE, price, inOwnCurrency(customer));
  }

  /** The customer furnishes a flat or spends an inheritance within a day or two. */
  goOnSpree(customer: Customer): void {
    let at = momentWithin(this.dice, customer, PAST.end, this.end);
    for (let n = this.dice.between(3, 7); n > 0; n--) {
      this.buy(customer, at, priceNear(this.dice, this.dice.logNormal(3_500, 0.9)));
      at += this.dice.between(6, 7 * 60) * MINUTE;
    }
  }

  sell(customer: Customer): void {
    for (let n = this.dice.between(1, 5); n > 0; n--) {
      const at = momentWithin(this.dice, customer, PAST.start, this.end);
      this.shop.payOut(customer, usualOrder(this.dice, customer, at, inCents(this.dice.logNormal(400, 1.2))));
    }
  }

  /** Tries until the order is accepted. Returns undefined if the customer stops trying. */
  private settle(customer: Customer, order: Order): Order | undefined {
    if (!this.dice.chance(declineRate(order))) return order;
    let { at } = order;
    do {
      this.shop.decline(customer, { ...order, at });
      at += this.dice.between(20, 15 * 60) * SECOND;
    } while (this.dice.chance(0.35));
    if (this.dice.chance(0.12)) return undefined;
    // A call to the bank takes longer than a second try. Another card is faster than both.
    if (this.dice.chance(0.2)) return { ...order, at: at + this.dice.between(1, 20) * HOUR };
    return { ...order, at, card: this.dice.chance(0.35) ? cardOf(this.dice, customer.home) : order.card };
  }
}

/** A quarter of the accounts are opened in the history and one month. With more months, there are more of them. */
function openedAt(dice: Dice, end: number): number {
  const last = end - 6 * DAY;
  return dice.chance(0.25 * (last - PAST.start) / (114 * DAY)) ? dice.between(PAST.start, last) : PAST.start;
}

/** Payments that only some customers make, at most once each. */
function liveThroughOccasions(
  dice: Dice, marketplace: Marketplace, people: readonly Customer[], { oddities, months }: { readonly oddities: number; readonly months: number },
): void {
  const rest = dice.shuffled(people);
  const odd = (most: number) => rest.splice(0, Math.round(most * oddities * months));
  odd(84).forEach((customer) => marketplace.buyCar(customer));
  rest.splice(0, 56).forEach((customer) => marketplace.payInstallments(customer));
  odd(14).forEach((customer) => marketplace.buyPair(customer));
  odd(32).forEach((customer) => marketplace.goOnSpree(customer));
  rest.splice(0, 160).forEach((customer) => marketplace.sell(customer));
}

/** June 2026 of a marketplace for new and used goods, or several months from June on. */
export const marketplaceMonth: MonthGenerator = (seed, { leastBoldness, oddities }, count = 1) => {
  const dice = new Dice(seed);
  const months = monthsFromJune(count);
  const end = months[count - 1].end;
  const shop = new Shop(dice, end);
  const marketplace = new Marketplace(dice, shop, end);
  const numbers = dice.shuffled(Array.from({ length: CUSTOMERS * count }, (_, index) => index + 1));
  const open = (since: number, business?: boolean) => newCustomer(dice, numbers.pop()!, { months, since, business });

  const settled = [...SETTLED, OCCASIONALS].flatMap((segment) => Array.from({ length: segment.size }, () => {
    const customer = open(openedAt(dice, end), segment.business);
    marketplace.liveOn(customer, segment);
    return customer;
  }));
  for (let n = 0; n < DEAR_FIRST_PURCHASES * oddities * count; n++) {
    marketplace.arrive(open(dice.between(PAST.end, end - 5 * DAY)));
  }
  liveThroughOccasions(dice, marketplace, settled.filter(({ business, since }) => !business && since < PAST.end), { oddities, months: count });
  plantFraud({ dice, shop, settled, open, leastBoldness, months });
  return withLabelTimes(shop.history(), seed);
};
