import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, SmsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { SystemSettings } from './private/system-settings';
import { validateEmails, validatePhoneNumbers, validateUnique } from './private/validation';

export interface TransactionAlertsProps extends SystemSettings {
  readonly topic?: ITopic;
  readonly emails: string[];
  readonly phoneNumbers: string[];
}

/** The topic that people are alerted through. */
export class TransactionAlerts extends Construct {
  public readonly topic: ITopic;

  constructor(scope: Construct, id: string, props: TransactionAlertsProps) {
    super(scope, id);
    validateEmails('alertEmails', props.emails);
    validatePhoneNumbers('alertPhoneNumbers', props.phoneNumbers);
    validateUnique('alertEmails', props.emails);
    validateUnique('alertPhoneNumbers', props.phoneNumbers);

    this.topic = props.topic ?? new Topic(this, 'Topic', {
      topicName: props.names.of('transaction-alerts'),
      // The begin of every SMS, which counts: at most ten characters.
      displayName: 'Payments',
      enforceSSL: true,
      masterKey: props.encryptionKey,
    });
    for (const address of props.emails) {
      this.topic.addSubscription(new EmailSubscription(address));
    }
    for (const number of props.phoneNumbers) {
      this.topic.addSubscription(new SmsSubscription(number));
    }
  }
}
