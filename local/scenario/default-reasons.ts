/** Points by the multiple of the high threshold, of 10,000 in each currency. */
const AMOUNT_POINTS = { 2: 3, 3: 4, 5: 8, 10: 10 } as const;
/** Points by the multiple of the customer's median. */
const SPIKE_POINTS = { 3: 10, 30: 20 } as const;

/** Reasons of the default rules. Each function returns the reasons of the rules of one kind, in their order. */
export const REASON = {
  /** The amount is over the multiples of the high threshold up to one. */
  overHigh: (amount: string, upTo: keyof typeof AMOUNT_POINTS) => steps(AMOUNT_POINTS, upTo)
    .map(([times, points]) => `amount ${amount} is over ${times} times the high threshold 10,000 (+${points})`),
  spike: (amount: string, upTo: keyof typeof SPIKE_POINTS, median: string, earlier: number) => steps(SPIKE_POINTS, upTo)
    .map(([times, points]) => `amount ${amount} is over ${times} times the median ${median} of ${earlier} earlier transactions of the customer within 90 days (+${points})`),
  /** The customer has not paid before, or for the first time within a week. */
  newCustomer: (amount: string, firstSeen?: string) => ([[25, '7 days'], [10, '30 days']] as const).map(([points, age]) =>
    `amount ${amount} is over the high threshold 10,000 and the customer was ${firstSeen ? `first seen ${firstSeen} before` : 'not seen before'} (new for ${age}) (+${points})`),
  total: (total: string) => [`payments of ${total} by the customer within 1 day, over 3 times the high threshold 10,000 (+5)`],
  threeDeclines: ['3 declined payments of the customer within 1 day, at least 1 (+5)'],
  fourCards: ([[1, 5], [2, 30], [3, 30]] as const).map(([count, points]) => `4 cards of the customer within 7 days, over ${count} (+${points})`),
  countryMismatch: ["country DE differs from the card's country US (+30)"],
  fraudWithTheCard: ['1 earlier payment with the card within 365 days labeled as fraud (+40)'],
};

/** A new customer pays an amount over five times the high threshold. */
export function largeAndNew(amount: string): readonly string[] {
  return [...REASON.overHigh(amount, 5), ...REASON.newCustomer(amount), ...REASON.total(amount)];
}

function steps(points: Readonly<Record<number, number>>, upTo: number): Array<[string, number]> {
  return Object.entries(points).filter(([times]) => Number(times) <= upTo);
}
