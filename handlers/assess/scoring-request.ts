import { factsOf } from './facts/facts';
import type { LoadedContext } from './rules/rule-context';
import type { FactName, TransactionDetail } from '../../src/private/contract';

/** The texts for people, and the raw body, which is personal and large. */
const OMITTED = ['alert_subject', 'alert_text', 'alert_sms', 'body', 'body_base64', 'body_omitted'] as const satisfies readonly (keyof TransactionDetail)[];

/** The input of a function that scores. docs/fraud.md describes it, so members are only added. */
export interface ScoringRequest {
  readonly transaction: Omit<TransactionDetail, (typeof OMITTED)[number]>;
  /** A fact that is not known is missing. */
  readonly facts: Partial<Record<FactName, number>>;
}

export function scoringRequest(context: LoadedContext): ScoringRequest {
  const { detail } = context;
  const transaction = Object.fromEntries(Object.entries(detail).filter(([name]) => !(OMITTED as readonly string[]).includes(name)));
  return { transaction: transaction as unknown as ScoringRequest['transaction'], facts: factsOf(context) };
}
