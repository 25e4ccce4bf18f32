import { Duration, Token } from 'aws-cdk-lib';
import { Alarm, AlarmRule, type CfnCompositeAlarm, ComparisonOperator, CompositeAlarm, type IAlarmRule, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { periodOf, type AlarmDefinition } from './alarm-definition';
import { alarmDefinitions, OPTIONAL_ALARMS, type WatchedResources } from './alarm-definitions';
import type { AlarmOverride } from '../../props/alarm-override';
import { allowAlarms } from '../alarm-publishing';
import { RUNBOOK } from '../contract';
import { didYouMean } from '../did-you-mean';
import { validateSameEnvironment, validateStandardTopic } from '../same-environment';
import type { SystemSettings } from '../settings/system-settings';
import { validateObject, validateWholeNumber } from '../validation';

export interface AlarmsProps extends SystemSettings, WatchedResources {
  readonly alarmTopic?: ITopic;
  readonly ticketTopic?: ITopic;
  readonly overrides?: { readonly [name: string]: AlarmOverride };
}

/** CloudWatch limits the periods of an alarm to 7 days in total, and to one day if a period is shorter than an hour. */
const MAX_RANGE = { short: Duration.days(1).toSeconds(), long: Duration.days(7).toSeconds() };

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-combining.html */
const MAX_WATCHED = 100;

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
    if (this.alarms.length > MAX_WATCHED) {
      throw new Error(
        `\`providers\` must have at most ${MAX_WATCHED} alarms together with the system, which is what a composite alarm can watch, `
        + `got ${this.alarms.length}. Disable some with \`alarmOverrides\`.`,
      );
    }
    this.health = new CompositeAlarm(this, 'Health', {
      alarmDescription: `At least one alarm of the system is in the state ALARM. It notifies nobody: each alarm does. Runbook: ${RUNBOOK}#webhooks-health-suffix`,
      alarmRule: AlarmRule.anyOf(...this.alarms.map(firing)),
    });
    // CDK would name it by its path, which is not unique if two stacks have the same ids.
    (this.health.node.defaultChild as CfnCompositeAlarm).alarmName = props.names.optional('webhooks-health');
  }

  private add({ id, name, provider, severity, description, metric, threshold, firesBelow = false, periods = 1, missing }: AlarmDefinition): Alarm {
    const override = this.props.overrides?.[name];
    const [ownId, ownName, entry] = provider === undefined ? [id, name, name] : [`${id}-${provider}`, `${name}-${provider}`, `${name}-provider`];
    const alarm = new Alarm(this, ownId, {
      alarmName: this.props.names.optional(`webhooks-${ownName}`),
      alarmDescription: `${description} Runbook: ${RUNBOOK}#webhooks-${entry}-suffix`,
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
    const names = [...new Set([...definitions.map(({ name }) => name), ...OPTIONAL_ALARMS])];
    for (const [name, override] of Object.entries(this.props.overrides ?? {})) {
      if (!names.includes(name)) {
        throw new Error(
          `\`alarmOverrides\` must have names of alarms as keys, got: '${name}'.${didYouMean(name, names)} `
          + `Use one of ${names.join(', ')}.`,
        );
      }
      validateObject(`alarmOverrides.${name}`, override);
      const { threshold = 1, evaluationPeriods = 1 } = override;
      if (!Token.isUnresolved(threshold) && !(threshold > 0 && Number.isFinite(threshold))) {
        throw new Error(`\`alarmOverrides.${name}.threshold\` must be above 0, got: ${threshold}`);
      }
      validateWholeNumber(`alarmOverrides.${name}.evaluationPeriods`, evaluationPeriods, 1, maxPeriods(definitions.find((each) => each.name === name)));
    }
  }
}

/** Alarms by name instead of by ARN, because CloudWatch limits the rule to 10,240 characters and a system can have 100 alarms. */
function firing(alarm: Alarm): IAlarmRule {
  return { renderAlarmRule: () => `ALARM("${alarm.alarmName}")` };
}

function maxPeriods(definition: AlarmDefinition | undefined): number {
  const period = definition ? periodOf(definition.metric) : Duration.hours(1).toSeconds();
  return (period < Duration.hours(1).toSeconds() ? MAX_RANGE.short : MAX_RANGE.long) / period;
}
