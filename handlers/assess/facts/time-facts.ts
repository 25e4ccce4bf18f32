import type { FactScope } from './fact-scope';
import type { MaybeFacts } from './maybe-facts';

/** The time of the transaction. */
export function timeFacts({ present }: FactScope): MaybeFacts {
  return { hourOfDay: new Date(present.occurredAt).getUTCHours() };
}
