import { ListSubscriptionsByTopicCommand, type SNSClient, type Subscription } from '@aws-sdk/client-sns';

/** SNS shows this instead of an ARN until the recipient confirms. */
const PENDING = 'PendingConfirmation';
const DELETED = 'Deleted';

/** The subscriptions of a topic, by what they do. */
export interface TopicSubscriptions {
  readonly confirmed: readonly Subscription[];
  readonly pending: readonly Subscription[];
}

export async function readSubscriptions(sns: SNSClient, topicArn: string, abortSignal: AbortSignal): Promise<TopicSubscriptions> {
  const all: Subscription[] = [];
  let next: string | undefined;
  do {
    const request = new ListSubscriptionsByTopicCommand({ TopicArn: topicArn, NextToken: next });
    const { Subscriptions = [], NextToken } = await sns.send(request, { abortSignal });
    all.push(...Subscriptions);
    next = NextToken;
  } while (next !== undefined);
  return {
    confirmed: all.filter(({ SubscriptionArn = DELETED }) => SubscriptionArn !== PENDING && SubscriptionArn !== DELETED),
    pending: all.filter(({ SubscriptionArn }) => SubscriptionArn === PENDING),
  };
}
