import type { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { FraudRuleProps } from './fraud-rule-props';

/** Options of `FraudRule.scoredBy`. `score` is the most that the function can add. */
export interface ScoredByProps extends FraudRuleProps {
  /**
   * Returns the points. A function, a version or an alias, in the Region of the system. The system is allowed to invoke exactly
   * its ARN.
   *
   * A function of another account must allow the role `fraud-detector-…` in its resource-based policy
   * (https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html). An assessment invokes the function
   * synchronously, so it uses a part of the account's concurrency.
   */
  readonly function: IFunction;

  /**
   * How long an assessment waits for the answer, with the cold start of the function. From 100 milliseconds to 5 seconds. The
   * verdict and its alert wait as long, and a task of the workflow has 25 seconds for the whole assessment.
   *
   * @default Duration.seconds(1)
   */
  readonly timeout?: Duration;

  /**
   * The points if the function fails, is throttled, returns something else than a score, or does not answer in time. A whole
   * number from 0 to `score`.
   *
   * @default 0
   */
  readonly onFailure?: number;
}
