import type { Request } from './request';
import type { Step } from './scenario-context';
import type { Outcome } from '../observe/outcome';

/** One line of the report: the requests or the step, and the expected outcome. */
export interface Case {
  readonly name: string;
  /** Identify its results: the event ids of its providers, or the type or key of another record. */
  readonly eventIds: readonly string[];
  readonly requests?: readonly Request[];
  /** Send all requests without waiting for answers in between. */
  readonly inParallel?: boolean;
  /** Continues the history of the case before it, such as that of a customer. Other cases run beside each other. */
  readonly continues?: boolean;
  /** Before or after all the cases that name no turn. */
  readonly turn?: 'first' | 'last';
  /** Instead of requests. */
  readonly step?: Step;
  readonly expected: Outcome;
  /** The number of messages in the dead-letter queue that the step causes and checks. */
  readonly deadLetters?: number;
  /** Print the received alerts at the end. */
  readonly showsAlerts?: boolean;
}

/** A case that posts one webhook. */
export function one(name: string, request: Request, expected: Outcome): Case {
  return { name, eventIds: [request.id], requests: [request], expected };
}

/** A case that posts several different webhooks, one after the other. */
export function several(name: string, requests: readonly Request[], expected: Outcome): Case {
  return { name, eventIds: requests.map(({ id }) => id), requests, expected };
}
