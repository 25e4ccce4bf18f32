import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, SmsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { allowAlarms } from '../alarm-publishing';
import { validateSameEnvironment, validateStandardTopic } from '../same-environment';
import type { SystemSettings } from '../settings/system-settings';
import { validateEmails, validatePhoneNumbers, validateUnique } from '../validation';

export interface TransactionAlertsProps extends SystemSettings {
  readonly topic?: ITopic;
  readonly emails: string[];
  readonly phoneNumbers: string[];
}

/** The topic that people are alerted through. */
export class TransactionAlerts extends Construct {
  public readonly topic: ITopic;
  /**
   * The same topic for publishers. With the right to publish, CDK grants the key of a created topic without a condition. It has
   * no key for an imported topic.
   */
  public readonly publishing: ITopic;

  constructor(scope: Construct, id: string, props: TransactionAlertsProps) {
    super(scope, id);
    validateEmails('alertEmails', props.emails);
    validatePhoneNumbers('alertPhoneNumbers', props.phoneNumbers);
    validateUnique('alertEmails', props.emails);
    validateUnique('alertPhoneNumbers', props.phoneNumbers);

    validateSameEnvironment('`alertTopic`', props.topic, this);
    validateStandardTopic('alertTopic', props.topic);

    this.topic = props.topic ?? this.createTopic(props);
    this.publishing = props.topic ?? Topic.fromTopicArn(this, 'Publishing', this.topic.topicArn);
    for (const address of props.emails) {
      this.topic.addSubscription(new EmailSubscription(address));
    }
    for (const number of props.phoneNumbers) {
      this.topic.addSubscription(new SmsSubscription(number));
    }
  }

  private createTopic({ names, encryptionKey }: TransactionAlertsProps): Topic {
    const topic = new Topic(this, 'Topic', {
      topicName: names.optional('transaction-alerts'),
      // The start of every SMS, which counts toward its length: at most ten characters.
      displayName: 'Payments',
      enforceSSL: true,
      masterKey: encryptionKey,
    });
    // Your own alarms can notify the same people.
    allowAlarms(topic);
    return topic;
  }
}
