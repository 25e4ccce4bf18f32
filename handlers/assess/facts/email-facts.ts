import { countTransactions, paymentsOf, type FactScope } from './fact-scope';
import type { MaybeFacts } from './maybe-facts';
import { countDeclines } from '../../domain/declines';
import { countCustomers } from '../rules/distinct-customers';

/** The history of the email address. Empty if the address is unknown. */
export function emailFacts({ email, present, context: { detail } }: FactScope): MaybeFacts {
  return email ? {
    emailCustomersInMonth: countCustomers([present, ...email.month], detail.provider) || undefined,
    emailPaymentsInDay: countTransactions([present, ...paymentsOf(email.day)]),
    emailDeclinesInDay: countDeclines(email.day.filter(({ declined }) => declined)),
  } : {};
}
