import { Duration } from 'aws-cdk-lib';
import { EventBus, type IEventBus, type IRule, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine, SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Tier, TierConfig } from './private/contract';
import type { SystemSettings } from './private/system-settings';
import { tierPattern } from './private/tier-patterns';

/** A day is also the most that EventBridge retries for. */
const RETRY = { maxEventAge: Duration.hours(24), retryAttempts: 185 };

export interface PaymentEventBusProps extends SystemSettings {
  readonly bus?: IEventBus;
}

/** The bus that the relay publishes to, and the source that tells this system's events from others. */
export class PaymentEventBus extends Construct {
  public readonly bus: IEventBus;
  public readonly source: string;

  constructor(scope: Construct, id: string, props: PaymentEventBusProps) {
    super(scope, id);

    this.bus = props.bus ?? new EventBus(this, 'Bus', {
      eventBusName: props.names.of('payment-events'),
      description: 'Transactions as they are received and assessed',
    });
    // Two systems may share a bus that was handed in: neither may match the other's events.
    this.source = `webhook-processing-system.${props.names.identity}`;
  }
}

export interface EventRoutingProps extends SystemSettings {
  readonly bus: IEventBus;
  readonly source: string;
  readonly tiers: TierConfig;
  readonly workflow: IStateMachine;
  readonly alertTopic: ITopic;
  readonly deadLetterQueue: IQueue;
}

/** The three rules. Every routed transaction matches exactly one. */
export class EventRouting extends Construct {
  public readonly highRule: Rule;
  public readonly mediumRule: Rule;
  public readonly lowRule: Rule;

  constructor(scope: Construct, id: string, props: EventRoutingProps) {
    super(scope, id);
    const { deadLetterQueue } = props;

    const role = new Role(this, 'Role', {
      roleName: props.names.ofRole('eventbridge-targets'),
      description: 'Lets the rules start the workflow and publish alerts',
      assumedBy: new ServicePrincipal('events.amazonaws.com'),
    });
    props.encryptionKey?.grantEncryptDecrypt(role);
    const createRule = (ruleId: string, tier: Tier, description: string) => new Rule(this, ruleId, {
      ruleName: props.names.of(`${tier}-value-transactions`),
      description,
      eventBus: props.bus,
      eventPattern: tierPattern(tier, props.source, props.tiers),
    });

    this.highRule = createRule('HighRule', 'high', 'Starts the workflow for high-value transactions');
    this.highRule.addTarget(new SfnStateMachine(props.workflow, { ...RETRY, deadLetterQueue, role }));

    this.mediumRule = createRule('MediumRule', 'medium', 'Alerts people to medium-value transactions');
    this.mediumRule.addTarget(new SnsTopic(props.alertTopic, {
      ...RETRY,
      deadLetterQueue,
      role,
      // A rule has but one text for all subscribers: the one that fits an SMS, and has no line breaks, which would arrive escaped.
      message: RuleTargetInput.fromEventPath('$.detail.alert_sms'),
    }));

    this.lowRule = createRule('LowRule', 'low', 'Low-value transactions, open for targets of your own');
  }

  /** The rule of a tier. */
  public ruleOf(tier: Tier): Rule {
    return { high: this.highRule, medium: this.mediumRule, low: this.lowRule }[tier];
  }

  public get rules(): IRule[] {
    return [this.highRule, this.mediumRule, this.lowRule];
  }
}
