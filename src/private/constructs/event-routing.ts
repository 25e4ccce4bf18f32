import { Duration } from 'aws-cdk-lib';
import { type CfnEventBus, EventBus, EventField, type EventPattern, type IEventBus, type IRule, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine, SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { SOURCE_PREFIX, type AssessmentScopeConfig, type Tier, type TierConfig } from '../contract';
import { allowKeyThrough } from '../key-grants';
import { validateSameEnvironment } from '../same-environment';
import type { SystemSettings } from '../settings/system-settings';
import { assessedBelowHighPattern, tierPattern } from '../tier-patterns';
import { validateOneOf } from '../validation';

/** A day is also the maximum time that EventBridge retries. */
const RETRY = { maxEventAge: Duration.hours(24), retryAttempts: 185 };

export interface PaymentEventBusProps extends SystemSettings {
  readonly deadLetterQueue: IQueue;
  readonly bus?: IEventBus;
}

/** The bus that the relay publishes to, and the source that distinguishes this system's events from others. */
export class PaymentEventBus extends Construct {
  public readonly bus: IEventBus;
  public readonly source: string;
  /** Whether the bus was passed in. */
  public readonly existing: boolean;

  constructor(scope: Construct, id: string, props: PaymentEventBusProps) {
    super(scope, id);

    validateSameEnvironment('`eventBus`', props.bus, this);
    this.bus = props.bus ?? this.createBus(props);
    this.existing = props.bus !== undefined;
    // Two systems can share a bus that was passed in. They must not match each other's events.
    this.source = `${SOURCE_PREFIX}${props.names.systemId}`;
  }

  private createBus({ names, encryptionKey, deadLetterQueue }: PaymentEventBusProps): EventBus {
    const bus = new EventBus(this, 'Bus', {
      // No description: the schema of CloudFormation in GovCloud does not have it.
      eventBusName: names.optional('payment-events'),
      // An event that cannot be encrypted with the key does not reach a rule, and so not the queue of a rule.
      deadLetterQueue: encryptionKey && deadLetterQueue,
    });
    // CDK's `kmsKey` adds the bus to the key's policy, which causes a cycle if the key is in another stack.
    (bus.node.defaultChild as CfnEventBus).kmsKeyIdentifier = encryptionKey?.keyArn;
    if (encryptionKey) {
      admitDeadLetters(bus, deadLetterQueue);
    }
    return bus;
  }
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-dlq.html */
function admitDeadLetters(bus: EventBus, queue: IQueue): void {
  queue.addToResourcePolicy(new PolicyStatement({
    actions: ['sqs:SendMessage'],
    resources: [queue.queueArn],
    principals: [new ServicePrincipal('events.amazonaws.com')],
    conditions: { ArnEquals: { 'aws:SourceArn': bus.eventBusArn } },
  }));
}

export interface EventRoutingProps extends SystemSettings {
  readonly bus: IEventBus;
  /** Whether the bus was passed in. */
  readonly existingBus: boolean;
  readonly source: string;
  readonly tiers: TierConfig;
  /** If there is none, only the high tier is assessed. */
  readonly assessmentScope?: AssessmentScopeConfig;
  readonly workflow: IStateMachine;
  readonly alertTopic: ITopic;
  /** Whether the alerts can have a link after the text that fits an SMS. */
  readonly linksInAlerts: boolean;
  readonly deadLetterQueue: IQueue;
}

/** The three rules of the tiers, of which every money movement matches exactly one, and a rule for those that are assessed below the high tier. */
export class EventRouting extends Construct {
  public readonly highRule: Rule;
  public readonly mediumRule: Rule;
  public readonly lowRule: Rule;
  /** Undefined if only the high tier is assessed. */
  public readonly suspiciousRule?: Rule;

  constructor(scope: Construct, id: string, props: EventRoutingProps) {
    super(scope, id);
    const { deadLetterQueue } = props;

    const role = new Role(this, 'Role', {
      roleName: props.names.optionalInAccount('eventbridge-targets'),
      description: 'Lets the rules start the workflow and publish alerts',
      assumedBy: new ServicePrincipal('events.amazonaws.com'),
    });
    allowKeyThrough(props.encryptionKey, role, this, ['sns']);
    // CloudFormation cannot move a named rule to another bus. Under another id it creates a second rule, whose name
    // must be unique on its own bus only (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-visual.html).
    const idSuffix = props.existingBus ? 'OnExistingBus' : '';
    const createRule = (ruleId: string, name: string, eventPattern: EventPattern, description: string) => new Rule(this, `${ruleId}${idSuffix}`, {
      ruleName: props.names.optional(`${name}-transactions`), description, eventBus: props.bus, eventPattern,
    });
    const createTierRule = (ruleId: string, tier: Tier, description: string) => createRule(
      ruleId, `${tier}-value`, tierPattern(tier, props.source, props.tiers), description,
    );
    const workflow = () => new SfnStateMachine(props.workflow, { ...RETRY, deadLetterQueue, role });

    this.highRule = createTierRule('HighRule', 'high', 'Starts the workflow for high-value transactions');
    this.highRule.addTarget(workflow());

    this.mediumRule = createTierRule('MediumRule', 'medium', 'Alerts people to medium-value transactions');
    this.mediumRule.addTarget(new SnsTopic(props.alertTopic, {
      ...RETRY,
      deadLetterQueue,
      role,
      message: mediumAlert(props.linksInAlerts),
    }));

    this.lowRule = createTierRule('LowRule', 'low', 'Low-value transactions, open for targets of your own');

    if (props.assessmentScope) {
      this.suspiciousRule = createRule(
        'SuspiciousRule', 'suspicious', assessedBelowHighPattern(props.assessmentScope, props.source, props.tiers),
        `Starts the workflow for ${props.assessmentScope.below === 'all' ? 'all' : 'suspicious'} transactions below the high tier`,
      );
      this.suspiciousRule.addTarget(workflow());
    }
  }

  /** The rule of a tier. */
  public ruleOf(tier: Tier): Rule {
    const rules = { high: this.highRule, medium: this.mediumRule, low: this.lowRule };
    validateOneOf('tier', tier, Object.keys(rules));
    return rules[tier];
  }

  public get rules(): IRule[] {
    return [this.highRule, this.mediumRule, this.lowRule, ...this.suspiciousRule ? [this.suspiciousRule] : []];
  }
}

/**
 * A rule has only one text for all subscribers, and no function can shorten it or make it safe. It therefore contains only what
 * the relay wrote for alerts. The text of an SMS has no line breaks, which would arrive escaped. A payment without a page has no
 * `payment_url`: EventBridge then leaves it out
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html#eb-transform-input-issues).
 */
function mediumAlert(hasLink: boolean): RuleTargetInput {
  const text = '$.detail.alert_sms';
  return hasLink
    ? RuleTargetInput.fromText(`${EventField.fromPath(text)} ${EventField.fromPath('$.detail.payment_url')}`)
    : RuleTargetInput.fromEventPath(text);
}
