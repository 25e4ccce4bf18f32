import type { Request } from './request';
import type { Step } from './scenario-context';
import type { Outcome } from '../observe/outcome';

/** One line of the report: what is sent, or done, and what has to come of it. */
export interface Case {
  readonly name: string;
  /** By which its traces are found: the ids that its providers gave its events, or the type of another record. */
  readonly eventIds: readonly string[];
  readonly requests?: readonly Request[];
  /** Send all requests without waiting for answers in between. */
  readonly inParallel?: boolean;
  /** Instead of requests. */
  readonly step?: Step;
  readonly expected: Outcome;
  /** Print the alerts in the end, as they were received. */
  readonly showsAlerts?: boolean;
}

/** A case in which one webhook is posted. */
export function one(name: string, request: Request, expected: Outcome): Case {
  return { name, eventIds: [request.id], requests: [request], expected };
}

/** A case in which several different webhooks are posted, one after the other. */
export function several(name: string, requests: readonly Request[], expected: Outcome): Case {
  return { name, eventIds: requests.map(({ id }) => id), requests, expected };
}
