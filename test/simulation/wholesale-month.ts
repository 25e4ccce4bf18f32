import type { MonthGenerator } from './labeled-event';
import { openAccount, openAccounts } from './wholesale-customers';
import type { Customer } from './wholesale-customers';
import { Fraud, PATTERNS } from './wholesale-fraud';
import type { Pattern } from './wholesale-fraud';
import { trade } from './wholesale-honest';
import { Ledger } from './wholesale-ledger';
import { Random } from './wholesale-random';

const CUSTOMERS = 1000;

/**
 * March 2026 of a wholesaler and travel agency, to its 30th day: small businesses, clubs and private persons, and some
 * two dozen fraudsters. The events include the unlabeled history of the 90 days before.
 */
export const wholesaleMonth: MonthGenerator = (seed, { leastBoldness, oddities }) => {
  const random = new Random(seed);
  const ledger = new Ledger();
  const planned = PATTERNS.flatMap((pattern) => Array.from({ length: random.int(pattern.hits) }, () => pattern));
  const honest = openAccounts(random, CUSTOMERS - planned.filter(({ victim }) => !victim).length, oddities);
  for (const customer of honest) trade(random, ledger, customer, oddities);

  const untouched = [...honest];
  let accounts = honest.length;
  const accountFor = ({ victim }: Pattern): Customer => {
    if (!victim) return openAccount(random, ++accounts, random.pick(['shop', 'traveler']), oddities);
    const chosen = random.pick(untouched.filter(victim));
    untouched.splice(untouched.indexOf(chosen), 1);
    return chosen;
  };
  for (const pattern of planned) pattern.commit(new Fraud(random, ledger, pattern.name, accountFor(pattern), leastBoldness));
  return ledger.oldestFirst();
};
