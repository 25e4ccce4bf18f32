import { Duration } from 'aws-cdk-lib';
import { Errors, JitterType, Timeout } from 'aws-cdk-lib/aws-stepfunctions';

/**
 * An Express execution ends silently after five minutes. The time-outs with all
 * retries, along the longest path, add up to less than four minutes, so that a
 * failure always reaches its Catch.
 */
export const TASK_TIMEOUT = {
  update: Timeout.duration(Duration.seconds(5)),
  detectFraud: Timeout.duration(Duration.seconds(25)),
  publish: Timeout.duration(Duration.seconds(10)),
  deadLetter: Timeout.duration(Duration.seconds(5)),
};
/** Waits of at most 1, 2 and 3 seconds. Full jitter uses any time up to that, so that executions do not retry at the same time. */
export const TASK_RETRY = {
  errors: [Errors.ALL],
  interval: Duration.seconds(1),
  maxAttempts: 3,
  backoffRate: 2,
  maxDelay: Duration.seconds(3),
  jitterStrategy: JitterType.FULL,
};

/** The outcome of a branch. A failure must not end the other branch. */
export const BRANCH_OUTCOME = { DONE: 'done', FAILED: 'failed' } as const;
