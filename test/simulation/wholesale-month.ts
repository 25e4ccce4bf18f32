import { withLabelTimes } from './label-times';
import type { MonthGenerator } from './labeled-event';
import { openAccount, openAccounts } from './wholesale-customers';
import type { Customer } from './wholesale-customers';
import { Fraud, PATTERNS } from './wholesale-fraud';
import type { Pattern } from './wholesale-fraud';
import { trade } from './wholesale-honest';
import { Ledger, MONTH_DAYS } from './wholesale-ledger';
import { Random } from './wholesale-random';

/** The number of customers: at most 2 % of the payments of a month are then fraud. */
const CUSTOMERS = 2_800;

/**
 * March 2026 of a wholesaler and travel agency, to its 30th day: small businesses, clubs and private persons, and some
 * two dozen fraudsters. Or several months from March on, with as many fraudsters in each. The events include the unlabeled
 * history of the 90 days before.
 */
export const wholesaleMonth: MonthGenerator = (seed, { leastBoldness, oddities }, months = 1) => {
  const random = new Random(seed);
  const habits = { oddities, days: months * MONTH_DAYS };
  const ledger = new Ledger(habits.days);
  const planned = Array.from({ length: months }, (_, month) => PATTERNS
    .flatMap((pattern) => Array.from({ length: random.int(pattern.hits) }, () => ({ pattern, firstDay: month * MONTH_DAYS })))).flat();
  const honest = openAccounts(random, CUSTOMERS - planned.filter(({ pattern }) => !pattern.victim).length, habits);
  for (const customer of honest) trade(random, ledger, customer, habits);

  const untouched = [...honest];
  let accounts = honest.length;
  const accountFor = ({ victim }: Pattern): Customer => {
    if (!victim) return openAccount(random, ++accounts, random.pick(['shop', 'traveler']), habits);
    const chosen = random.pick(untouched.filter(victim));
    untouched.splice(untouched.indexOf(chosen), 1);
    return chosen;
  };
  for (const { pattern, firstDay } of planned) {
    pattern.commit(new Fraud(random, ledger, pattern.name, accountFor(pattern), leastBoldness, firstDay));
  }
  return withLabelTimes(ledger.oldestFirst(), seed);
};
