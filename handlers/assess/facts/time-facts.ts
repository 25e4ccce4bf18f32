import type { MaybeFacts } from './maybe-facts';
import { occurredAt, type LoadedContext } from '../rules/rule-context';

/** The time of the transaction. */
export function timeFacts({ detail }: LoadedContext): MaybeFacts {
  return { hourOfDay: new Date(occurredAt(detail)).getUTCHours() };
}
