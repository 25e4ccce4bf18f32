import { withLabelTimes } from './label-times';
import type { LabeledEvent, MonthGenerator } from './labeled-event';
import { Random, type Range } from './wholesale-random';

/*
 * A design by other authors, written from its published description: the transaction data simulator of "Reproducible Machine
 * Learning for Credit Card Fraud Detection – Practical Handbook" by Le Borgne, Siblini, Lebichot and Bontempi, chapter 3:
 * https://fraud-detection-handbook.github.io/fraud-detection-handbook/Chapter_3_GettingStarted/SimulatedDataset.html
 *
 * All figures are from the description, except the numbers of customers and terminals. Their number per area and the share of
 * compromised ones are the same. The description has no countries, cards, declines, refunds or difficulties.
 */
const SECOND = 1_000;
const DAY = 24 * 60 * 60 * SECOND;
/** The first month. */
export const HANDBOOK_START = Date.UTC(2026, 8, 1);
const HISTORY_DAYS = 90;
const MONTH_DAYS = 30;

const CUSTOMERS = 300;
/** The description has 5,000 customers. */
const SCALE = CUSTOMERS / 5_000;
/** The description has 10,000 terminals on a square of 100 by 100, so there is one on each unit of area. */
const TERMINALS = 10_000 * SCALE;
const SIDE = 100 * Math.sqrt(SCALE);
/** Customers pay at the terminals within this distance. */
const REACH = 5;

const MEAN_AMOUNT: Range = [5, 100];
/** The standard deviation of a customer's amounts, as a share of the mean. */
const DEVIATION = 0.5;
const PAYMENTS_PER_DAY: Range = [0, 4];
const TIME_OF_DAY = { mean: DAY / 2, deviation: 20_000 * SECOND };

/** The first scenario. */
const OBVIOUS_AMOUNT = 220;
/** The second scenario: all payments at a compromised terminal. */
const COMPROMISED_TERMINALS = { perDay: 2 * SCALE, days: 28 };
/** The third scenario: some payments of a compromised customer, with larger amounts. */
const COMPROMISED_CUSTOMERS = { perDay: 3 * SCALE, days: 14, share: 1 / 3, factor: 5 };

interface Place {
  readonly x: number;
  readonly y: number;
}

interface Shopper extends Place {
  readonly id: string;
  readonly mean: number;
  readonly perDay: number;
  /** The numbers of the terminals within the customer's distance. */
  readonly terminals: readonly number[];
}

/** The days on which a terminal or customer is compromised, from the start of the history. Counted from the start of the first month. */
class Compromised {
  private readonly spans = new Map<number, Range[]>();

  public constructor(random: Random, things: number, days: number, { perDay, days: lasts }: { readonly perDay: number; readonly days: number }) {
    for (let day = -HISTORY_DAYS; day < days; day++) {
      if (random.chance(perDay)) {
        const thing = random.int([0, things - 1]);
        this.spans.set(thing, [...this.spans.get(thing) ?? [], [day, day + lasts - 1]]);
      }
    }
  }

  public on(thing: number, day: number): boolean {
    return this.spans.get(thing)?.some(([from, to]) => day >= from && day <= to) ?? false;
  }
}

function placeOf(random: Random): Place {
  return { x: random.between([0, SIDE]), y: random.between([0, SIDE]) };
}

function shopperOf(random: Random, number: number, terminals: readonly Place[]): Shopper {
  const home = placeOf(random);
  return {
    ...home,
    id: `h-${String(number + 1).padStart(4, '0')}`,
    mean: random.between(MEAN_AMOUNT),
    perDay: random.between(PAYMENTS_PER_DAY),
    terminals: terminals.flatMap(({ x, y }, terminal) => (Math.hypot(x - home.x, y - home.y) < REACH ? [terminal] : [])),
  };
}

function amountOf(random: Random, mean: number): number {
  const amount = random.normal(mean, mean * DEVIATION);
  return amount > 0 ? amount : random.between([0, 2 * mean]);
}

/** A small shop from September 2026 on. It has one difficulty. */
export const handbookMonth: MonthGenerator = (seed, _difficulty, months = 1) => {
  const random = new Random(seed);
  const days = months * MONTH_DAYS;
  const terminals = Array.from({ length: TERMINALS }, () => placeOf(random));
  const shoppers = Array.from({ length: CUSTOMERS }, (_, number) => shopperOf(random, number, terminals));
  const badTerminals = new Compromised(random, TERMINALS, days, COMPROMISED_TERMINALS);
  const badShoppers = new Compromised(random, CUSTOMERS, days, COMPROMISED_CUSTOMERS);
  const events: Omit<LabeledEvent, 'transactionId'>[] = [];
  for (const [number, shopper] of shoppers.entries()) {
    for (let day = -HISTORY_DAYS; day < days; day++) {
      for (let left = random.poisson(shopper.perDay); left > 0; left--) {
        const time = Math.round(random.normal(TIME_OF_DAY.mean, TIME_OF_DAY.deviation));
        // The description leaves out payments whose time is on another day.
        if (time <= 0 || time >= DAY) continue;
        const terminal = random.pick(shopper.terminals);
        const usual = amountOf(random, shopper.mean);
        const misused = badShoppers.on(number, day) && random.chance(COMPROMISED_CUSTOMERS.share);
        const amount = Math.max(0.01, Math.round(100 * usual * (misused ? COMPROMISED_CUSTOMERS.factor : 1)) / 100);
        const fraud = misused ? 'compromised-customer'
          : badTerminals.on(terminal, day) ? 'compromised-terminal'
            : amount > OBVIOUS_AMOUNT ? 'obvious-amount' : undefined;
        events.push({
          at: new Date(HANDBOOK_START + day * DAY + time),
          kind: 'captured',
          amount,
          currency: 'EUR',
          customerId: shopper.id,
          account: `terminal-${terminal + 1}`,
          // As in the other designs, fraud before the first month is not known.
          ...(fraud && day >= 0 && { fraud }),
        });
      }
    }
  }
  const oldestFirst = events
    .sort((one, other) => one.at.getTime() - other.at.getTime())
    .map((event, index) => ({ ...event, transactionId: `hb-${String(index + 1).padStart(6, '0')}` }));
  return withLabelTimes(oldestFirst, seed);
};
