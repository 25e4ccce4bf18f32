import type { Dice } from './marketplace-random';
import { cardOf, DAY, HOUR, inCents, MINUTE, momentWithin, PAST, priceNear, SECOND, siblingOf, usualOrder } from './marketplace-shop';
import type { Card, Customer, Order, Payment, Shop, Span } from './marketplace-shop';

/** Countries whose stolen card data is traded in bulk. */
const STOLEN_CARD_COUNTRIES = ['US', 'US', 'US', 'GB', 'CA', 'AU', 'BR', 'FR', 'ES', 'MX', 'IN', 'JP'];
const THROWAWAY_DOMAINS = ['throwaway.example', 'ten-minutes.example'];
/** Countries of people who take over accounts, or of their proxies. */
const FAR_COUNTRIES = ['NG', 'RO', 'VN', 'BR', 'US', 'GB', 'NL', 'ID', 'UA', 'MA'];
/** Minimum amount of a large payment. */
const LARGE = 10_000;

function isEarlierLarge({ order, capturedAt }: Payment): boolean {
  return order.amount > LARGE && capturedAt < PAST.end;
}

interface Setting {
  readonly dice: Dice;
  readonly shop: Shop;
  /** Honest customers with their own account. */
  readonly settled: readonly Customer[];
  readonly open: (since: number) => Customer;
  readonly leastBoldness: number;
  readonly months: readonly Span[];
}

/** A customer of the marketplace who pays with stolen means. */
class Culprit {
  /** From 0 to 1. Bold fraudsters hurry, try often and leave traces. The others blend in. */
  readonly boldness: number;

  constructor(
    readonly dice: Dice,
    private readonly shop: Shop,
    readonly customer: Customer,
    private readonly pattern: string,
    private now: number,
    readonly month: Span,
    leastBoldness: number,
  ) {
    this.boldness = dice.real(leastBoldness, 1);
  }

  wait(shortest: number, longest: number): void {
    const latest = shortest + (longest - shortest) * (1.05 - this.boldness);
    this.now += SECOND * Math.max(1, Math.round(this.dice.real(shortest, Math.max(shortest, latest)) / SECOND));
  }

  /** Waits for an hour when the customer would shop. */
  waitForUsualHour(): void {
    this.now = momentWithin(this.dice, this.customer, this.now + MINUTE, this.now + 3 * DAY);
  }

  isBefore(time: number): boolean {
    return this.now < time;
  }

  pay(amount: number, disguise: Partial<Order>): void {
    this.shop.pay(this.customer, this.order(amount, disguise));
  }

  decline(amount: number, disguise: Partial<Order>): void {
    this.shop.decline(this.customer, this.order(amount, disguise));
  }

  /** A number between the bounds, by boldness. */
  count(least: number, most: number): number {
    return Math.min(most, Math.round(least + (most - least) * this.boldness * this.dice.real(0.6, 1.4)));
  }

  /** The amount for goods that can be resold: mostly, but not always, a large sum. */
  loot(): number {
    return priceNear(this.dice, this.dice.logNormal(14_500, 0.35));
  }

  /** Tries a sum, and a smaller one if the card's limit declines it. */
  grab(amount: number, disguise: Partial<Order>): void {
    if (this.dice.chance(0.15 + 0.25 * this.boldness)) {
      this.decline(priceNear(this.dice, amount * this.dice.real(1.1, 1.6)), disguise);
      this.wait(30 * SECOND, 20 * MINUTE);
    }
    this.pay(amount, disguise);
  }

  ownLargeSums(): number[] {
    return this.shop.payments
      .filter((payment) => payment.customer.id === this.customer.id && isEarlierLarge(payment))
      .map(({ order }) => order.amount);
  }

  stolenCard(): Card {
    return cardOf(this.dice, this.dice.pick(STOLEN_CARD_COUNTRIES));
  }

  /** A stolen card from the customer's own country, which is not suspicious. */
  matchingCard(): Card {
    return cardOf(this.dice, this.customer.home);
  }

  private order(amount: number, disguise: Partial<Order>): Order {
    const { countryAsked, currency } = this.customer;
    const order = { ...usualOrder(this.dice, this.customer, this.now, amount), ...disguise, currency, fraud: this.pattern };
    return countryAsked ? order : { ...order, country: undefined };
  }
}

interface Plot {
  readonly pattern: string;
  /** The number of customers who do it or are affected by it. */
  readonly times: number;
  /** The account: one opened for the fraud, or that of an honest customer. */
  readonly cast: 'opened' | 'settled' | 'large-spender';
  readonly act: (culprit: Culprit) => void;
}

/** Tries stolen numbers with small sums, often from one bank's range, then uses the cards that worked. */
function testCards(culprit: Culprit): void {
  const { dice } = culprit;
  const range = culprit.stolenCard();
  let working = range;
  for (let n = culprit.count(2, 24); n > 0; n--) {
    const card = dice.chance(0.6) ? siblingOf(dice, range) : culprit.stolenCard();
    const sum = inCents(dice.logNormal(4, 0.8) + 0.5);
    if (dice.chance(0.75)) {
      culprit.decline(sum, { card });
    } else {
      culprit.pay(sum, { card });
      working = card;
    }
    culprit.wait(5 * SECOND, 3 * HOUR);
  }
  culprit.wait(5 * MINUTE, 3 * DAY);
  for (let n = culprit.count(1, 3); n > 0; n--) {
    culprit.grab(culprit.loot(), { card: working });
    culprit.wait(3 * MINUTE, 18 * HOUR);
  }
}

/** Uses another customer's account: from a far or near place, with the stored card or another one. */
function releaseClaim(culprit: Culprit): void {
  const { dice, customer, boldness } = culprit;
  const far = dice.chance(0.2 + 0.5 * boldness) ? { country: dice.pick(FAR_COUNTRIES) } : {};
  const stored = customer.cards.length > 0 && dice.chance(0.6);
  const disguise = { ...far, card: stored ? customer.cards[0] : dice.chance(0.5) ? culprit.matchingCard() : culprit.stolenCard() };
  if (boldness < 0.3) culprit.waitForUsualHour();
  if (dice.chance(0.3)) {
    culprit.pay(priceNear(dice, dice.logNormal(60, 0.8)), disguise);
    culprit.wait(10 * MINUTE, 30 * HOUR);
  }
  for (let n = culprit.count(1, 4); n > 0; n--) {
    culprit.grab(culprit.loot(), disguise);
    culprit.wait(4 * MINUTE, 20 * HOUR);
  }
}

/** A new account pays with cards of another country, one after the other until one works. */
function useForeignCards(culprit: Culprit): void {
  const { dice } = culprit;
  for (let n = culprit.count(1, 2); n > 0; n--) {
    for (let failed = culprit.count(0, 5); failed > 0; failed--) {
      culprit.decline(culprit.loot(), { card: culprit.stolenCard() });
      culprit.wait(20 * SECOND, HOUR);
    }
    // Some enter the country of the card, which then does not match their address.
    const card = culprit.stolenCard();
    culprit.pay(culprit.loot(), dice.chance(0.25) ? { card, country: card.country } : { card });
    culprit.wait(10 * MINUTE, 3 * DAY);
  }
}

/** Builds up trust with its own card, then spends up to the limit without paying the bill. */
function bustOut(culprit: Culprit): void {
  const { dice } = culprit;
  const disguise = { card: culprit.matchingCard() };
  const last = culprit.month.start + dice.between(3 * 24, 22 * 24) * HOUR;
  for (let sum = dice.real(20, 60); culprit.isBefore(last); sum = Math.min(1_500, sum * dice.real(1, 1.6))) {
    culprit.waitForUsualHour();
    culprit.pay(priceNear(dice, sum), disguise);
    culprit.wait(DAY, 6 * DAY);
  }
  for (let n = dice.between(3, 5); n > 0; n--) {
    culprit.grab(culprit.loot(), disguise);
    culprit.wait(5 * MINUTE, 14 * HOUR);
  }
  if (dice.chance(0.6)) culprit.decline(culprit.loot(), disguise);
}

/** A new account buys several expensive things in a row, with one card or a few. */
function buyInARow(culprit: Culprit): void {
  let card = culprit.matchingCard();
  for (let n = culprit.count(2, 5); n > 0; n--) {
    culprit.grab(culprit.loot(), { card });
    culprit.wait(90 * SECOND, 8 * HOUR);
    if (culprit.dice.chance(0.3)) card = culprit.matchingCard();
  }
}

/** The same offer repeatedly, often from a seller who takes part in the fraud. */
function repeatAmount(culprit: Culprit): void {
  const { dice } = culprit;
  const sum = dice.between(101, 149) * 100 - dice.pick([0, 1, 10]);
  const disguise = { card: dice.chance(0.5) ? culprit.matchingCard() : culprit.stolenCard() };
  for (let n = dice.between(3, 5); n > 0; n--) {
    culprit.pay(sum, disguise);
    culprit.wait(2 * MINUTE, 2 * DAY);
  }
}

/** One large sum, split into parts just below a round amount that might trigger a check. */
function split(culprit: Culprit): void {
  const { dice } = culprit;
  const disguise = { card: dice.chance(0.7) ? culprit.matchingCard() : culprit.stolenCard() };
  for (let n = dice.between(3, 6); n > 0; n--) {
    culprit.pay(inCents(dice.chance(0.4) ? dice.real(9_700, 9_999) : dice.real(10_000.5, 10_600)), disguise);
    culprit.wait(3 * MINUTE, 26 * HOUR);
  }
}

/** Buys the orders of a fake shop's customers, each with another stolen card. */
function triangulate(culprit: Culprit): void {
  const { dice } = culprit;
  for (let n = dice.between(5, 8); n > 0; n--) {
    const card = dice.chance(0.4) ? culprit.matchingCard() : culprit.stolenCard();
    culprit.waitForUsualHour();
    culprit.grab(dice.chance(0.35) ? culprit.loot() : priceNear(dice, dice.logNormal(1_500, 0.9)), { card });
    culprit.wait(4 * HOUR, 2 * DAY);
  }
}

/** A single payment that is not unusual: similar to an earlier one by the customer. */
function copyCustomer(culprit: Culprit): void {
  culprit.waitForUsualHour();
  culprit.pay(priceNear(culprit.dice, culprit.dice.pick(culprit.ownLargeSums()) * culprit.dice.real(1.02, 1.25)), {});
}

/** The customer, who will claim that the order never arrived. */
function denyReceipt(culprit: Culprit): void {
  culprit.waitForUsualHour();
  culprit.pay(culprit.loot(), {});
}

const PLOTS: readonly Plot[] = [
  { pattern: 'card-testing', times: 4, cast: 'opened', act: testCards },
  { pattern: 'foreign-cards', times: 4, cast: 'opened', act: useForeignCards },
  { pattern: 'bust-out', times: 2, cast: 'opened', act: bustOut },
  { pattern: 'new-account-row', times: 3, cast: 'opened', act: buyInARow },
  { pattern: 'repeated-amount', times: 2, cast: 'opened', act: repeatAmount },
  { pattern: 'split', times: 1, cast: 'opened', act: split },
  { pattern: 'triangulation', times: 2, cast: 'opened', act: triangulate },
  { pattern: 'split', times: 1, cast: 'settled', act: split },
  { pattern: 'takeover', times: 5, cast: 'settled', act: releaseClaim },
  { pattern: 'denied-receipt', times: 2, cast: 'settled', act: denyReceipt },
  { pattern: 'copied-customer', times: 4, cast: 'large-spender', act: copyCustomer },
];

export const ACCOUNTS_OPENED_FOR_FRAUD = PLOTS.reduce((sum, { cast, times }) => sum + (cast === 'opened' ? times : 0), 0);

/** An account opened for the fraud: mostly just before it, otherwise with some small earlier purchases. */
function openAccount({ dice, shop, open }: Setting, start: number, trusted: number): Customer {
  const aged = dice.chance(0.3);
  const opened = open(aged ? Math.max(PAST.start, start - dice.between(20, 80) * DAY) : start - dice.between(3, 6 * 24 * 60) * MINUTE);
  const customer = dice.chance(0.35) ? { ...opened, emailDomain: dice.pick(THROWAWAY_DOMAINS) } : opened;
  for (let n = aged && customer.since < trusted - DAY ? dice.between(1, 4) : 0; n > 0; n--) {
    const at = momentWithin(dice, customer, customer.since, Math.min(start, trusted));
    shop.pay(customer, usualOrder(dice, customer, at, priceNear(dice, dice.logNormal(35, 0.7))));
  }
  return customer;
}

/** Adds each plot as often as configured in each month, with at most one for each customer. */
export function plantFraud(setting: Setting): void {
  const { dice, shop, settled, leastBoldness, months } = setting;
  const idsOfLargeSpenders = new Set(shop.payments.filter(isEarlierLarge).map(({ customer }) => customer.id));
  const victims = dice.shuffled(settled.filter(({ since }) => since === PAST.start));
  const largeSpenders = victims.filter(({ id }) => idsOfLargeSpenders.has(id));
  const others = victims.filter(({ id }) => !idsOfLargeSpenders.has(id));
  const planned = months.flatMap((month) => PLOTS.flatMap((plot) => Array.from({ length: plot.times }, () => ({ ...plot, month }))));
  for (const { month, pattern, cast, act } of planned) {
    // Trust is built up before the month. All other plots have time to end within it.
    const start = act === bustOut
      ? month.start - dice.between(5 * 24, 45 * 24) * HOUR
      : month.start + dice.between(12 * 60, 22 * 24 * 60) * MINUTE;
    const victim = () => (cast === 'settled' ? others : largeSpenders).pop()!;
    const customer = cast === 'opened' ? openAccount(setting, start, month.start) : victim();
    act(new Culprit(dice, shop, customer, pattern, start, month, leastBoldness));
  }
}
