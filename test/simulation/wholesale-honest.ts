import { honestCard, isBusiness, issueCard } from './wholesale-customers';
import type { Customer, Habits } from './wholesale-customers';
import { DAY, HISTORY_DAYS, HOUR, MINUTE, MONTH_START } from './wholesale-ledger';
import type { Ledger, Order } from './wholesale-ledger';
import type { Random, Range, Weighted } from './wholesale-random';

const EASTER = Date.UTC(2026, 3, 5);
const EASTER_TRADE_DAYS = 18;
const EASTER_FACTOR = 1.2;

const SUNDAY = 0;
const OFFICE_HOURS: Range = [6, 17];
const LATE_HOURS: Range = [18, 22];
const BUSINESS_ORDERS_LATE = 0.07;
const TRAVELERS_HOURS: Range = [7, 22];

/** A customer must buy at least once in the history and the month. */
const LONGEST_WAIT = HISTORY_DAYS + 25;
/** With a longer interval, orders are not regular and cannot be skipped. */
const LONGEST_HABIT = 14;
const SKIPS_AN_ORDER = 0.08;
const JITTER: Range = [-1, 1];
/** A large order: stock for a season, a new branch, a journey with the staff. */
const STOCKS_UP = 0.008;
const STOCK_UP_FACTOR: Range = [3, 10];
const SHIPS_BEFORE_CAPTURE = 0.3;
const SHIPPING_TIME: Range = [14 * HOUR, 3 * DAY];

const JOURNEY_OF_A_LIFETIME = 0.05;
const JOURNEY_SUM: Range = [8500, 24_000];
const PAYS_DEPOSIT = 0.4;
const DEPOSIT_SHARE = 0.25;
const UNTIL_BALANCE: Range = [14, 40];
const INSTALLMENTS: Weighted<number> = [[1, 3], [2, 4], [3, 2], [4, 1]];
const BETWEEN_INSTALLMENTS: Range = [6, 15];

const USES_OTHER_CARD = 0.02;
const BOOKS_FROM_ABROAD = 0.01;
const DOLLAR_SHARE = 0.3;

/** Above this amount, a card's limit applies. */
const LARGE_FOR_A_CARD = 4000;
const DECLINES = { usual: 0.025, large: 0.09 };
const DECLINED_AGAIN = 0.3;
const CARD_LIMIT_SPLITS = 0.05;

const GIVES_BACK = { all: 0.012, part: 0.03 };
const PART_GIVEN_BACK: Range = [0.03, 0.4];
const UNTIL_REFUND: Range = [0.1, 14];
const GETS_BONUS = 0.12;
const BONUS_SHARE: Range = [0.05, 0.3];
const BONUS_DAYS: readonly number[] = [-55, -24, 4];

/** Writes the events of an honest customer in the months and before. */
export function trade(random: Random, ledger: Ledger, customer: Customer, habits: Habits): void {
  for (const placed of orders(random, customer, habits)) settle(random, ledger, placed);
  if (isBusiness(customer) && random.chance(GETS_BONUS)) payBonus(random, ledger, customer);
}

/** The usual time of the customer's orders on that day. */
export function usualTime(random: Random, customer: Customer, day: number): number {
  const business = isBusiness(customer);
  const businessHours = random.chance(BUSINESS_ORDERS_LATE) ? LATE_HOURS : OFFICE_HOURS;
  const hours = business ? businessHours : TRAVELERS_HOURS;
  const weekday = ((day % 7) + 7) % 7;
  const openDay = business && weekday === SUNDAY ? day + 1 : day;
  return MONTH_START + openDay * DAY + Math.round(random.between([hours[0] * HOUR, (hours[1] + 1) * HOUR]));
}

function* orders(random: Random, customer: Customer, { oddities, days }: Habits): Generator<Order> {
  if (customer.openingOrder) yield place(random, customer, customer.active[0], customer.openingOrder);
  for (const day of orderDays(random, customer, days)) {
    switch (customer.segment) {
      case 'standing-order':
        // The same hour too, because the payment is automatic.
        yield { customer, card: customer.card, at: MONTH_START + day * DAY + 5 * HOUR, amount: customer.level };
        break;
      case 'traveler':
        yield* journey(random, customer, day, oddities);
        break;
      case 'group':
        yield* installments(random, customer, day);
        break;
      default:
        yield place(random, customer, day, goodsSum(random, customer, day, oddities));
    }
  }
}

function* orderDays(random: Random, { segment, cycle, active }: Customer, days: number): Generator<number> {
  const isNew = active[0] > -HISTORY_DAYS;
  const firstDue = active[0] + (isNew ? 2 : random.int([0, Math.min(cycle, LONGEST_WAIT) - 1]));
  for (let due = firstDue; due < Math.min(active[1], days); due += cycle) {
    if (segment === 'standing-order') yield due;
    else if (cycle > LONGEST_HABIT || !random.chance(SKIPS_AN_ORDER)) yield due + random.int(JITTER);
  }
}

function goodsSum(random: Random, { level, spread }: Customer, day: number, oddities: number): number {
  const daysToEaster = (EASTER - MONTH_START) / DAY - day;
  const season = daysToEaster >= 0 && daysToEaster <= EASTER_TRADE_DAYS ? EASTER_FACTOR : 1;
  const stock = random.chance(STOCKS_UP * oddities) ? random.between(STOCK_UP_FACTOR) : 1;
  return random.logNormal(level, spread) * season * stock;
}

/** Journeys have prices in whole units. */
function* journey(random: Random, customer: Customer, day: number, oddities: number): Generator<Order> {
  const sum = random.chance(JOURNEY_OF_A_LIFETIME * oddities) ? random.between(JOURNEY_SUM) : random.logNormal(customer.level, customer.spread);
  const price = Math.ceil(sum);
  if (!random.chance(PAYS_DEPOSIT)) {
    yield place(random, customer, day, price);
    return;
  }
  const deposit = price * DEPOSIT_SHARE;
  yield place(random, customer, day, deposit);
  yield place(random, customer, day + random.int(UNTIL_BALANCE), price - deposit);
}

function* installments(random: Random, customer: Customer, day: number): Generator<Order> {
  const count = random.weighted(INSTALLMENTS);
  const amount = Math.ceil(random.logNormal(customer.level, customer.spread) / count);
  const pause = random.int(BETWEEN_INSTALLMENTS);
  for (let paid = 0; paid < count; paid++) yield place(random, customer, day + paid * pause, amount);
}

function place(random: Random, customer: Customer, day: number, amount: number): Order {
  const fromAbroad = !isBusiness(customer) && customer.country !== undefined && random.chance(BOOKS_FROM_ABROAD);
  return {
    customer,
    at: usualTime(random, customer, day),
    amount,
    ...(customer.card && { card: random.chance(USES_OTHER_CARD) ? honestCard(random, customer.homeCountry) : customer.card }),
    ...(customer.buysInDollars && random.chance(DOLLAR_SHARE) && { currency: 'USD' }),
    ...(fromAbroad && { country: random.pick(['ES', 'IT', 'GR', 'PT', 'TH', 'US']) }),
    ...(isBusiness(customer) && random.chance(SHIPS_BEFORE_CAPTURE) && { captureDelay: Math.round(random.between(SHIPPING_TIME)) }),
  };
}

function settle(random: Random, ledger: Ledger, placed: Order): void {
  const large = placed.amount > LARGE_FOR_A_CARD;
  const accepted = placed.card && random.chance(large ? DECLINES.large : DECLINES.usual) ? retry(random, ledger, placed) : placed;
  if (accepted.card && large && random.chance(CARD_LIMIT_SPLITS)) {
    paySplit(random, ledger, accepted);
    return;
  }
  giveBack(random, ledger, accepted, ledger.pay(accepted));
}

/** A limit or a mistyped code: retried with the same card or the other one. */
function retry(random: Random, ledger: Ledger, placed: Order): Order {
  ledger.decline(placed);
  const again = { ...placed, at: placed.at + Math.round(random.between([MINUTE, 25 * MINUTE])) };
  if (random.chance(DECLINED_AGAIN)) return retry(random, ledger, again);
  return random.chance(0.3) ? { ...again, card: issueCard(random, placed.customer.homeCountry) } : again;
}

function paySplit(random: Random, ledger: Ledger, placed: Order): void {
  const half = { ...placed, amount: placed.amount / 2 };
  ledger.pay(half);
  ledger.pay({ ...half, at: placed.at + Math.round(random.between([2 * MINUTE, 3 * HOUR])) });
}

function giveBack(random: Random, ledger: Ledger, paid: Order, transactionId: string): void {
  const share = random.weighted([
    [1, GIVES_BACK.all],
    [random.between(PART_GIVEN_BACK), GIVES_BACK.part],
    [0, 1 - GIVES_BACK.all - GIVES_BACK.part],
  ]);
  if (share === 0) return;
  const at = paid.at + (paid.captureDelay ?? 0) + Math.round(random.between(UNTIL_REFUND) * DAY);
  ledger.repay(paid, { kind: 'refunded', at, amount: paid.amount * share }, transactionId);
}

function payBonus(random: Random, ledger: Ledger, customer: Customer): void {
  for (const day of BONUS_DAYS.filter((bonusDay) => bonusDay > customer.active[0] && bonusDay < customer.active[1])) {
    const at = MONTH_START + day * DAY + 9 * HOUR;
    const amount = customer.level * random.between(BONUS_SHARE);
    ledger.repay({ customer, at, amount }, { kind: 'paid-out', at, amount });
  }
}
