import type { Dice } from './marketplace-random';
import { cardOf, DAY, HOUR, inCents, MINUTE, momentWithin, MONTH, PAST, priceNear, SECOND, usualOrder } from './marketplace-shop';
import type { Card, Customer, Order, Payment, Shop } from './marketplace-shop';

/** Where the data of stolen cards are traded in bulk. */
const STOLEN_CARD_COUNTRIES = ['US', 'US', 'US', 'GB', 'CA', 'AU', 'BR', 'FR', 'ES', 'MX', 'IN', 'JP'];
const THROWAWAY_DOMAINS = ['throwaway.example', 'ten-minutes.example'];
/** Who takes over an account sits there, or behind a proxy that leaves from there. */
const FAR_COUNTRIES = ['NG', 'RO', 'VN', 'BR', 'US', 'GB', 'NL', 'ID', 'UA', 'MA'];
/** Above it, a payment is a large one. */
const LARGE = 10_000;

function isEarlierLarge({ order, capturedAt }: Payment): boolean {
  return order.amount > LARGE && capturedAt < MONTH.start;
}

interface Setting {
  readonly dice: Dice;
  readonly shop: Shop;
  /** Honest customers with an account of their own. */
  readonly settled: readonly Customer[];
  readonly open: (since: number) => Customer;
  readonly leastBoldness: number;
}

/** Who pays with what is not his, as a customer of the marketplace. */
class Culprit {
  /** From 0 to 1: the bold hurry, try much and leave traces; the others blend in. */
  readonly boldness: number;

  constructor(
    readonly dice: Dice,
    private readonly shop: Shop,
    readonly customer: Customer,
    private readonly pattern: string,
    private now: number,
    leastBoldness: number,
  ) {
    this.boldness = dice.real(leastBoldness, 1);
  }

  wait(shortest: number, longest: number): void {
    const latest = shortest + (longest - shortest) * (1.05 - this.boldness);
    this.now += SECOND * Math.max(1, Math.round(this.dice.real(shortest, Math.max(shortest, latest)) / SECOND));
  }

  /** Waits for an hour at which the customer would shop. */
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

  /** As many as the boldness makes of it. */
  count(least: number, most: number): number {
    return Math.min(most, Math.round(least + (most - least) * this.boldness * this.dice.real(0.6, 1.4)));
  }

  /** What can be sold on: mostly, but not always, a large sum. */
  loot(): number {
    return priceNear(this.dice, this.dice.logNormal(14_500, 0.35));
  }

  /** Goes for a sum, and for less where the card's limit stops it. */
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

  /** A card of the customer's own country, bought as one that raises no question. */
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
  /** How many customers do it, or suffer it. */
  readonly times: number;
  /** Whose account it is: one opened for the fraud, or that of an honest customer. */
  readonly cast: 'opened' | 'settled' | 'large-spender';
  readonly act: (culprit: Culprit) => void;
}

/** Tries stolen numbers with small sums, often of one bank's range, then uses what worked. */
function testCards(culprit: Culprit): void {
  const { dice } = culprit;
  const range = culprit.stolenCard();
  let working = range;
  for (let n = culprit.count(2, 24); n > 0; n--) {
    const card = dice.chance(0.6) ? range : culprit.stolenCard();
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

/** Uses somebody's account: from afar or near, with the stored card or another one. */
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
    // Some state the country of the card, which their address then does not fit.
    const card = culprit.stolenCard();
    culprit.pay(culprit.loot(), dice.chance(0.25) ? { card, country: card.country } : { card });
    culprit.wait(10 * MINUTE, 3 * DAY);
  }
}

/** Builds up trust with a card of its own, then spends all that it gives, with no mind to settle it. */
function bustOut(culprit: Culprit): void {
  const { dice } = culprit;
  const disguise = { card: culprit.matchingCard() };
  const last = MONTH.start + dice.between(3 * 24, 22 * 24) * HOUR;
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

/** A new account buys several dear things in a row, with one card or a few. */
function buyInARow(culprit: Culprit): void {
  let card = culprit.matchingCard();
  for (let n = culprit.count(2, 5); n > 0; n--) {
    culprit.grab(culprit.loot(), { card });
    culprit.wait(90 * SECOND, 8 * HOUR);
    if (culprit.dice.chance(0.3)) card = culprit.matchingCard();
  }
}

/** The same offer again and again, often of a seller who is in the game. */
function repeatAmount(culprit: Culprit): void {
  const { dice } = culprit;
  const sum = dice.between(101, 149) * 100 - dice.pick([0, 1, 10]);
  const disguise = { card: dice.chance(0.5) ? culprit.matchingCard() : culprit.stolenCard() };
  for (let n = dice.between(3, 5); n > 0; n--) {
    culprit.pay(sum, disguise);
    culprit.wait(2 * MINUTE, 2 * DAY);
  }
}

/** One large sum in parts near a round one, below which it is thought that nobody looks. */
function split(culprit: Culprit): void {
  const { dice } = culprit;
  const disguise = { card: dice.chance(0.7) ? culprit.matchingCard() : culprit.stolenCard() };
  for (let n = dice.between(3, 6); n > 0; n--) {
    culprit.pay(inCents(dice.chance(0.4) ? dice.real(9_700, 9_999) : dice.real(10_000.5, 10_600)), disguise);
    culprit.wait(3 * MINUTE, 26 * HOUR);
  }
}

/** Buys, with another stolen card each time, what customers of a false shop have ordered. */
function triangulate(culprit: Culprit): void {
  const { dice } = culprit;
  for (let n = dice.between(5, 8); n > 0; n--) {
    const card = dice.chance(0.4) ? culprit.matchingCard() : culprit.stolenCard();
    culprit.waitForUsualHour();
    culprit.grab(dice.chance(0.35) ? culprit.loot() : priceNear(dice, dice.logNormal(1_500, 0.9)), { card });
    culprit.wait(4 * HOUR, 2 * DAY);
  }
}

/** A single payment with nothing strange about it: like one that the customer has made before. */
function copyCustomer(culprit: Culprit): void {
  culprit.waitForUsualHour();
  culprit.pay(priceNear(culprit.dice, culprit.dice.pick(culprit.ownLargeSums()) * culprit.dice.real(1.02, 1.25)), {});
}

/** The customer himself, who will say that he has never received it. */
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

/** An account opened for the fraud: mostly just before it, else with some small purchases in its past. */
function openAccount({ dice, shop, open }: Setting, start: number): Customer {
  const aged = dice.chance(0.3);
  const opened = open(aged ? Math.max(PAST.start, start - dice.between(20, 80) * DAY) : start - dice.between(3, 6 * 24 * 60) * MINUTE);
  const customer = dice.chance(0.35) ? { ...opened, emailDomain: dice.pick(THROWAWAY_DOMAINS) } : opened;
  for (let n = aged && customer.since < PAST.end - DAY ? dice.between(1, 4) : 0; n > 0; n--) {
    const at = momentWithin(dice, customer, customer.since, Math.min(start, PAST.end));
    shop.pay(customer, usualOrder(dice, customer, at, priceNear(dice, dice.logNormal(35, 0.7))));
  }
  return customer;
}

/** Plants each plot as often as it says, at customers who suffer from one at most. */
export function plantFraud(setting: Setting): void {
  const { dice, shop, settled, leastBoldness } = setting;
  const idsOfLargeSpenders = new Set(shop.payments.filter(isEarlierLarge).map(({ customer }) => customer.id));
  const victims = dice.shuffled(settled.filter(({ since }) => since === PAST.start));
  const largeSpenders = victims.filter(({ id }) => idsOfLargeSpenders.has(id));
  const others = victims.filter(({ id }) => !idsOfLargeSpenders.has(id));
  for (const { pattern, times, cast, act } of PLOTS) {
    for (let n = 0; n < times; n++) {
      // Trust is built up from before the month; all else has time to end within it.
      const start = act === bustOut
        ? MONTH.start - dice.between(5 * 24, 45 * 24) * HOUR
        : MONTH.start + dice.between(12 * 60, 22 * 24 * 60) * MINUTE;
      const victim = () => (cast === 'settled' ? others : largeSpenders).pop()!;
      const customer = cast === 'opened' ? openAccount(setting, start) : victim();
      act(new Culprit(dice, shop, customer, pattern, start, leastBoldness));
    }
  }
}
