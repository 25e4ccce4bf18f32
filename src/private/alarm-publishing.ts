import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { admitAlarms } from './key-grants';

/**
 * Allows the account's alarms to publish to a topic. The policy of `enforceSSL` has only a Deny and replaces the
 * default policy of SNS, which allows it. Alarms would then fail silently
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html).
 * An imported topic is not changed: its policy must contain the statement.
 */
export function allowAlarms(topic: ITopic): void {
  topic.addToResourcePolicy(new PolicyStatement({
    actions: ['sns:Publish'],
    resources: [topic.topicArn],
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(topic).account } },
  }));
  if (topic.masterKey) {
    admitAlarms(topic.masterKey);
  }
}
