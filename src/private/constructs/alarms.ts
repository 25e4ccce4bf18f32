import { Token } from 'aws-cdk-lib';
import { Alarm, AlarmRule, AlarmState, type CfnCompositeAlarm, ComparisonOperator, CompositeAlarm, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { alarmDefinitions, type AlarmDefinition, type WatchedResources } from './alarm-definitions';
import type { AlarmOverride } from '../../props/alarm-override';
import { allowAlarms } from '../alarm-publishing';
import { nearestName } from '../nearest-name';
import { validateSameEnvironment, validateStandardTopic } from '../same-environment';
import type { SystemSettings } from '../settings/system-settings';
import { validateObject, validateWholeNumber } from '../validation';

export interface AlarmsProps extends SystemSettings, WatchedResources {
  readonly alarmTopic?: ITopic;
  readonly ticketTopic?: ITopic;
  readonly overrides?: { readonly [name: string]: AlarmOverride };
}

const RUNBOOK = 'https://github.com/cdk-webhooks/cdk-webhook-processing-system/blob/main/docs/runbook.md';
/** CloudWatch limits the periods of an alarm to one day, if a period is shorter than an hour. */
const MAX_PERIODS = 288;

/** The alarms, and one that fires if any of them does. */
export class Alarms extends Construct {
  public readonly alarms: Alarm[];
  public readonly health: CompositeAlarm;

  constructor(scope: Construct, id: string, private readonly props: AlarmsProps) {
    super(scope, id);
    this.validateTopic('alarmTopic', props.alarmTopic);
    if (props.ticketTopic !== props.alarmTopic) {
      this.validateTopic('ticketTopic', props.ticketTopic);
    }

    const definitions = alarmDefinitions(props);
    this.validateOverrides(definitions);
    this.alarms = definitions.filter(({ name }) => props.overrides?.[name]?.enabled ?? true).map((definition) => this.add(definition));
    this.health = new CompositeAlarm(this, 'Health', {
      alarmDescription: `At least one alarm of the system is in the state ALARM. It notifies nobody: each alarm does. Runbook: ${RUNBOOK}#webhooks-health-suffix`,
      alarmRule: AlarmRule.anyOf(...this.alarms.map((alarm) => AlarmRule.fromAlarm(alarm, AlarmState.ALARM))),
    });
    // CDK would name it by its path, which is not unique if two stacks have the same ids.
    (this.health.node.defaultChild as CfnCompositeAlarm).alarmName = props.names.optional('webhooks-health');
  }

  private add({ id, name, severity, description, metric, threshold, firesBelow = false, periods = 1, missing }: AlarmDefinition): Alarm {
    const override = this.props.overrides?.[name];
    const alarm = new Alarm(this, id, {
      alarmName: this.props.names.optional(`webhooks-${name}`),
      alarmDescription: `${description} Runbook: ${RUNBOOK}#webhooks-${name}-suffix`,
      metric,
      threshold: override?.threshold ?? threshold,
      evaluationPeriods: override?.evaluationPeriods ?? periods,
      comparisonOperator: firesBelow
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: missing ?? TreatMissingData.NOT_BREACHING,
    });
    const topic = severity === 'ticket' ? this.props.ticketTopic ?? this.props.alarmTopic : this.props.alarmTopic;
    if (topic) {
      alarm.addAlarmAction(new SnsAction(topic));
      alarm.addOkAction(new SnsAction(topic));
    }
    return alarm;
  }

  private validateTopic(prop: string, topic: ITopic | undefined): void {
    validateSameEnvironment(`\`${prop}\``, topic, this);
    validateStandardTopic(prop, topic);
    if (topic) {
      allowAlarms(topic);
    }
  }

  private validateOverrides(definitions: readonly AlarmDefinition[]): void {
    const names = definitions.map(({ name }) => name);
    for (const [name, override] of Object.entries(this.props.overrides ?? {})) {
      if (!names.includes(name)) {
        throw new Error(
          `\`alarmOverrides\` must have names of alarms as keys, got: '${name}'. Did you mean '${nearestName(name, names)}'? `
          + `Use one of ${names.join(', ')}.`,
        );
      }
      validateObject(`alarmOverrides.${name}`, override);
      const { threshold = 1, evaluationPeriods = 1 } = override;
      if (!Token.isUnresolved(threshold) && !(threshold > 0 && Number.isFinite(threshold))) {
        throw new Error(`\`alarmOverrides.${name}.threshold\` must be above 0, got: ${threshold}`);
      }
      validateWholeNumber(`alarmOverrides.${name}.evaluationPeriods`, evaluationPeriods, 1, MAX_PERIODS);
    }
  }
}
