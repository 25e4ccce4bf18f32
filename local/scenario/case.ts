import type { Post } from './post';
import type { Story } from './stage';
import type { Outcome } from '../observe/outcome';

/** One line of the report: what is sent, or done, and what has to come of it. */
export interface Case {
  readonly name: string;
  /** By which its traces are found: the ids that its providers gave its events, or the type of another record. */
  readonly eventIds: readonly string[];
  readonly posts?: readonly Post[];
  /** Send all posts without waiting for answers in between. */
  readonly atOnce?: boolean;
  /** Instead of posts. */
  readonly story?: Story;
  readonly expected: Outcome;
  /** Print the alerts in the end, as they were received. */
  readonly showsAlerts?: boolean;
}

/** A case in which one webhook is posted. */
export function one(name: string, post: Post, expected: Outcome): Case {
  return { name, eventIds: [post.id], posts: [post], expected };
}

/** A case in which several different webhooks are posted, one after the other. */
export function several(name: string, posts: readonly Post[], expected: Outcome): Case {
  return { name, eventIds: posts.map(({ id }) => id), posts, expected };
}
