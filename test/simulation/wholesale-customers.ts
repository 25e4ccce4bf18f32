import { HISTORY_DAYS, MONTH_DAYS } from './wholesale-ledger';
import type { Random, Range, Weighted } from './wholesale-random';

export interface Card {
  readonly country: string;
  readonly bin: string;
  readonly fingerprint: string;
}

export type Segment = 'shop' | 'trade' | 'large-account' | 'standing-order' | 'traveler' | 'group';

export interface Customer {
  readonly id: string;
  readonly segment: Segment;
  readonly country?: string;
  readonly homeCountry: string;
  readonly currency: string;
  /** Buys some of it in dollars, because overseas journeys have prices in dollars. */
  readonly buysInDollars: boolean;
  readonly emailDomain: string;
  /** Absent if the customer pays by transfer. */
  readonly card?: Card;
  /** The usual sum. */
  readonly level: number;
  /** The variation of the sums around the usual one: the sigma of a log-normal distribution. */
  readonly spread: number;
  /** Days between two orders. */
  readonly cycle: number;
  /** The first and the last day with an order, from the month's start. */
  readonly active: Range;
  /** The first order of a new customer that starts with a large one. */
  readonly openingOrder?: number;
}

interface Traits {
  readonly weight: number;
  readonly level: { readonly median: number; readonly sigma: number };
  readonly spread: Range;
  readonly cycles: Weighted<number>;
  readonly paysByCard: number;
}

const TRAITS: Readonly<Record<Segment, Traits>> = {
  'shop': { weight: 394, level: { median: 700, sigma: 0.7 }, spread: [0.15, 0.5], cycles: [[4, 2], [7, 6], [14, 2]], paysByCard: 0.75 },
  'trade': { weight: 150, level: { median: 2700, sigma: 0.75 }, spread: [0.2, 0.5], cycles: [[7, 6], [10, 2], [14, 2]], paysByCard: 0.55 },
  'large-account': { weight: 16, level: { median: 14_000, sigma: 0.4 }, spread: [0.15, 0.45], cycles: [[7, 3], [10, 1]], paysByCard: 0.4 },
  'standing-order': { weight: 50, level: { median: 3000, sigma: 0.9 }, spread: [0, 0], cycles: [[30, 1]], paysByCard: 0.35 },
  'traveler': { weight: 320, level: { median: 1500, sigma: 0.4 }, spread: [0.4, 0.7], cycles: [[60, 2], [110, 5], [200, 3]], paysByCard: 0.85 },
  'group': { weight: 24, level: { median: 14_000, sigma: 0.5 }, spread: [0.2, 0.5], cycles: [[60, 1], [120, 2]], paysByCard: 0.4 },
};
const SEGMENTS: Weighted<Segment> = (Object.keys(TRAITS) as Segment[]).map((segment) => [segment, TRAITS[segment].weight]);

const COUNTRIES: Weighted<string> = [
  ['DE', 30], ['AT', 11], ['NL', 11], ['FR', 10], ['GB', 9], ['IT', 7], ['ES', 6], ['BE', 5], ['US', 4], ['CH', 3], ['IE', 2], ['PL', 1], ['DK', 1],
];
/** Countries of the issuers of expense cards and online accounts, which have customers in every country. */
const ONLINE_BANK_COUNTRIES = ['LT', 'BE', 'IE', 'LU', 'GB', 'EE'];
/** Countries where people keep an account after they have moved away. */
const EXPATRIATE_COUNTRIES = ['US', 'GB', 'FR', 'PL', 'RO', 'TR', 'CH', 'ES', 'IN'];

const UNASKED_COUNTRY = 0.08;
const CARD_OF_ONLINE_BANK = 0.06;
const CARD_OF_EXPATRIATE = 0.02;
const BUYS_IN_DOLLARS = 0.04;
const NEW_IN_A_MONTH = 0.035;
const NEW_BEFORE = 0.1;
const LEFT = 0.06;
const LARGE_OPENING_ORDER = 0.22;
const OPENING_ORDER: Range = [10_200, 32_000];

const ISSUERS_PER_COUNTRY = 12;

/** The numbers of an issuer identify its country, as real ones do. */
export function issueCard(random: Random, country: string): Card {
  const [first, second] = [...country].map((letter) => letter.charCodeAt(0) - 'A'.charCodeAt(0));
  const issuer = random.int([0, ISSUERS_PER_COUNTRY - 1]);
  const digits = (first * 26 + second) * ISSUERS_PER_COUNTRY + issuer;
  return { country, bin: `${random.pick([4, 5])}${String(digits).padStart(5, '0')}`, fingerprint: random.int([0, 2 ** 31 - 1]).toString(16) };
}

/** The country of an honest customer's card: the home country, except for the few with a foreign account. */
export function honestCard(random: Random, home: string): Card {
  const country = random.weighted([
    [home, 1 - CARD_OF_ONLINE_BANK - CARD_OF_EXPATRIATE],
    [random.pick(ONLINE_BANK_COUNTRIES), CARD_OF_ONLINE_BANK],
    [random.pick(EXPATRIATE_COUNTRIES), CARD_OF_EXPATRIATE],
  ]);
  return issueCard(random, country);
}

export function isBusiness({ segment }: Customer): boolean {
  return segment !== 'traveler' && segment !== 'group';
}

/** Whether the customer is older than the simulated history. */
export function isEstablished({ active }: Customer): boolean {
  return active[0] <= -HISTORY_DAYS;
}

export function openAccounts(random: Random, count: number, habits: Habits): Customer[] {
  return Array.from({ length: count }, (_, index) => openAccount(random, index + 1, random.weighted(SEGMENTS), habits));
}

/** The common habits of customers. */
export interface Habits {
  readonly oddities: number;
  /** The days from the start of the first month to the end of the last one. */
  readonly days: number;
}

export function openAccount(random: Random, number: number, segment: Segment, { oddities, days }: Habits): Customer {
  const id = `w-${String(number).padStart(4, '0')}`;
  const { level, spread, cycles, paysByCard } = TRAITS[segment];
  const homeCountry = random.weighted(COUNTRIES);
  const active = activeDays(random, days);
  const opensLarge = active[0] > 0 && segment !== 'traveler' && random.chance(LARGE_OPENING_ORDER * oddities);
  return {
    id,
    segment,
    homeCountry,
    ...(!random.chance(UNASKED_COUNTRY) && { country: homeCountry }),
    currency: currencyOf(homeCountry),
    buysInDollars: random.chance(BUYS_IN_DOLLARS),
    emailDomain: segment === 'traveler' ? 'mail.example' : `${id}.example`,
    ...(random.chance(paysByCard) && { card: honestCard(random, homeCountry) }),
    level: random.logNormal(level.median, level.sigma),
    spread: random.between(spread),
    cycle: random.weighted(cycles),
    active,
    ...(opensLarge && { openingOrder: random.between(OPENING_ORDER) }),
  };
}

function activeDays(random: Random, days: number): Range {
  const newCustomers = NEW_IN_A_MONTH * days / MONTH_DAYS;
  return random.weighted<Range>([
    [[random.int([1, days - 3]), days], newCustomers],
    [[random.int([-HISTORY_DAYS + 10, 0]), days], NEW_BEFORE],
    [[-HISTORY_DAYS, random.int([-70, 10])], LEFT],
    [[-HISTORY_DAYS, days], 1 - newCustomers - NEW_BEFORE - LEFT],
  ]);
}

function currencyOf(country: string): string {
  if (country === 'GB') return 'GBP';
  return country === 'US' ? 'USD' : 'EUR';
}
