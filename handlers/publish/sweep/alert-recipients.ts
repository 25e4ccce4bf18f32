import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { Env, Metric } from '../../../src/private/contract';
import { attemptTimeOuts } from '../../aws/attempt-time-outs';
import { optionalNumber, required } from '../../aws/environment-variables';
import { measure } from '../../aws/telemetry';

const MINUTE = 60_000;
const HOUR_MINUTES = 60;

/** One attempt, because the check is repeated an hour later, and the transactions wait for it. */
const client = new SNSClient({ maxAttempts: 1, requestHandler: attemptTimeOuts(2_000) });

/**
 * Measures, in the first minute of each hour, how many recipients of alerts have no confirmed subscription. SNS has no metric
 * for it. An address that was never confirmed is pending for 48 hours. SNS then deletes the subscription, so that the topic
 * has fewer confirmed subscriptions than the stack added. If the topic cannot be read, no recipient counts as confirmed.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-delete-subscription-topic.html
 */
export async function checkRecipients(now: number): Promise<void> {
  const recipients = optionalNumber(Env.ALERT_RECIPIENTS);
  if (recipients === undefined || Math.floor(now / MINUTE) % HOUR_MINUTES !== 0) {
    return;
  }
  let unconfirmed = recipients;
  try {
    const { Attributes: { SubscriptionsPending: pending = '0', SubscriptionsConfirmed: confirmed = '0' } = {} } = await client.send(
      new GetTopicAttributesCommand({ TopicArn: required(Env.ALERT_TOPIC_ARN) }),
    );
    unconfirmed = Math.max(Number(pending), recipients - Number(confirmed));
  } finally {
    measure(Metric.UNCONFIRMED_RECIPIENTS, unconfirmed);
  }
}
