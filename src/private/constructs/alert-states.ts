import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { JsonPath, TaskInput } from 'aws-cdk-lib/aws-stepfunctions';
import { type MessageAttribute, SnsPublish } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import { BRANCH_OUTCOME, TASK_TIMEOUT } from '../workflow-tasks';

/** The alert of the tier. */
export function notifyTierState(scope: Construct, topic: ITopic): SnsPublish {
  return new SnsPublish(scope, 'NotifyHighValue', {
    ...alertMessage(topic, '$.detail'),
    resultSelector: { outcome: BRANCH_OUTCOME.DONE },
  });
}

/** The alert of the verdict, with the texts of the assessment at a path. */
export function notifyVerdictState(scope: Construct, topic: ITopic, assessment: string): SnsPublish {
  return new SnsPublish(scope, 'NotifyVerdict', {
    ...alertMessage(topic, assessment, { verdict: { value: JsonPath.stringAt(`${assessment}.verdict`) } }),
    resultPath: JsonPath.DISCARD,
  });
}

/** An alert with the texts at a path. Subscribers can filter by its attributes. */
function alertMessage(topic: ITopic, path: string, attributes: { [name: string]: MessageAttribute } = {}) {
  return {
    topic,
    subject: JsonPath.stringAt(`${path}.alert_subject`),
    // SNS uses `default` for every kind of subscription that is not listed.
    messagePerSubscriptionType: true,
    message: TaskInput.fromObject({ default: JsonPath.stringAt(`${path}.alert_text`), sms: JsonPath.stringAt(`${path}.alert_sms`) }),
    messageAttributes: {
      tier: { value: JsonPath.stringAt('$.detail.tier') },
      provider: { value: JsonPath.stringAt('$.detail.provider') },
      currency: { value: JsonPath.stringAt('$.detail.currency') },
      ...attributes,
    },
    taskTimeout: TASK_TIMEOUT.publish,
  };
}
