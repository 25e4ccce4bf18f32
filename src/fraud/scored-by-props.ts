import type { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { FraudRuleProps } from './fraud-rule-props';

/** Options of `FraudRule.scoredBy`. `score` is the maximum that the function can add. */
export interface ScoredByProps extends FraudRuleProps {
  /**
   * The function that returns the points: a function, a version or an alias, in the Region of the system. The system is allowed
   * to invoke exactly its ARN.
   *
   * A function of another account must allow the role `fraud-detector-…` in its resource-based policy
   * (https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html). An assessment invokes the function
   * synchronously, so it uses a part of the account's concurrency.
   */
  readonly function: IFunction;

  /**
   * The maximum time that an assessment waits for the response, including the cold start of the function. From 100 milliseconds
   * to 5 seconds. It delays the verdict and its alert. The workflow waits 25 seconds for the whole assessment.
   *
   * @default Duration.seconds(1)
   */
  readonly timeout?: Duration;

  /**
   * The points if the function fails, is throttled, returns no usable score, or does not respond in time. A whole
   * number from 0 to `score`.
   *
   * @default 0
   */
  readonly onFailure?: number;
}
