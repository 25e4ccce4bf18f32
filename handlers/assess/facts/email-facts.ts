import { countTransactions, paymentsWithin, PERIOD } from './fact-window';
import type { MaybeFacts } from './maybe-facts';
import { declinesWithin } from '../rules/declines';
import { countCustomers } from '../rules/distinct-customers';
import type { LoadedContext } from '../rules/rule-context';
import { subjectEvents } from '../rules/subject-events';

/** The history of the email address. Empty if the address is unknown. */
export function emailFacts(context: LoadedContext): MaybeFacts {
  const { detail } = context;
  return detail.email_hash === undefined ? {} : {
    emailCustomersInMonth: countCustomers(subjectEvents(context, 'email', PERIOD.month), detail.provider) || undefined,
    emailPaymentsInDay: countTransactions(paymentsWithin(context, 'email', PERIOD.day)),
    emailDeclinesInDay: declinesWithin(context, 'email', PERIOD.day),
  };
}
