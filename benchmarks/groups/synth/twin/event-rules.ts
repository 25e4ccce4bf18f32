import { EventField, Rule, RuleTargetInput, type EventBus } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine, SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

export interface EventRulesProps {
  readonly system: string;
  readonly bus: EventBus;
  readonly workflow: StateMachine;
  readonly alerts: ITopic;
  readonly deadLetters: IQueue;
}

/** The rules that route the transactions by amount. */
export class EventRules extends Construct {
  public readonly high: Rule;
  public readonly medium: Rule;
  public readonly low: Rule;
  public readonly suspicious: Rule;

  constructor(scope: Construct, id: string, private readonly props: EventRulesProps) {
    super(scope, id);
    const { workflow, alerts, deadLetters } = props;
    this.high = this.createRule('High', 'Starts the workflow for high-value transactions', { amount: [{ numeric: ['>', 10_000] }] });
    this.medium = this.createRule('Medium', 'Alerts people to medium-value transactions', { amount: [{ numeric: ['>=', 1_000, '<=', 10_000] }] });
    this.low = this.createRule('Low', 'Low-value transactions, open for targets of your own', { amount: [{ numeric: ['<', 1_000] }] });
    this.suspicious = this.createRule('Suspicious', 'Starts the workflow for suspicious transactions below the high tier', {
      suspicious: [true], amount: [{ numeric: ['<=', 10_000] }],
    });
    this.high.addTarget(new SfnStateMachine(workflow, { deadLetterQueue: deadLetters }));
    this.suspicious.addTarget(new SfnStateMachine(workflow, { deadLetterQueue: deadLetters }));
    this.medium.addTarget(new SnsTopic(alerts, {
      deadLetterQueue: deadLetters,
      message: RuleTargetInput.fromText(`${EventField.fromPath('$.detail.alert_sms')} ${EventField.fromPath('$.detail.payment_url')}`),
    }));
  }

  private createRule(id: string, description: string, detail: { [field: string]: unknown[] }): Rule {
    return new Rule(this, id, {
      description,
      eventBus: this.props.bus,
      eventPattern: {
        source: [`webhook-processing-system.${this.props.system}`],
        detailType: ['transaction.received'],
        detail: { money_movement: [true], ...detail },
      },
    });
  }
}
