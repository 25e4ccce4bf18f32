import type { Template } from 'aws-cdk-lib/assertions';
import { resolved } from './intrinsics';
import { MINUTE, type MetricData, type TimeRange, type Values } from './metric-data';
import { computed, type Operand } from './metric-math';
import { QUOTAS } from './pictured-system';

/** An alarm of the template. */
export interface PicturedAlarm {
  readonly arn: string;
  readonly name: string;
  readonly description: string;
  readonly properties: any;
}

export interface AlarmState {
  readonly state: 'ALARM' | 'OK';
  /** Since when the alarm has this state, as far back as a day. */
  readonly since: number;
}

export function alarmsOf(template: Template): PicturedAlarm[] {
  return Object.entries<any>(template.findResources('AWS::CloudWatch::Alarm')).map(([id, { Properties }]) => {
    const properties = resolved(Properties, template);
    return { arn: resolved({ 'Fn::GetAtt': [id, 'Arn'] }, template), name: properties.AlarmName, description: properties.AlarmDescription, properties };
  });
}

/** The period of an alarm, in seconds. */
export function alarmPeriod({ properties }: PicturedAlarm): number {
  return properties.Period ?? properties.Metrics.find(({ MetricStat }: any) => MetricStat).MetricStat.Period;
}

/** The state of an alarm, from the values of its metric. */
export function stateOf(alarm: PicturedAlarm, data: MetricData, now: number): AlarmState {
  const state = (time: number) => (isFiring(alarm, data, time) ? 'ALARM' : 'OK');
  const current = state(now);
  let since = now;
  while (since > now - 24 * 60 * MINUTE && state(since - MINUTE) === current) {
    since -= MINUTE;
  }
  return { state: current, since };
}

/** The values that an alarm compares, the newest last. */
export function comparedValues(alarm: PicturedAlarm, data: MetricData, time: number): Values {
  const { properties } = alarm;
  const period = alarmPeriod(alarm);
  const range = { start: time - period * properties.EvaluationPeriods, end: time };
  if (!properties.Metrics) {
    return data.values(metricOf(properties), properties.Statistic, period, range);
  }
  return valuesOfMath(properties.Metrics, data, range);
}

function isFiring(alarm: PicturedAlarm, data: MetricData, time: number): boolean {
  const { Threshold, ComparisonOperator, TreatMissingData } = alarm.properties;
  return comparedValues(alarm, data, time).every((value) => {
    if (value === undefined) {
      return TreatMissingData === 'breaching';
    }
    return ComparisonOperator === 'LessThanThreshold' ? value < Threshold : value >= Threshold;
  });
}

function valuesOfMath(metrics: any[], data: MetricData, range: TimeRange): Values {
  const inputs = metrics.filter(({ MetricStat }) => MetricStat);
  const operands: { [id: string]: Operand } = Object.fromEntries(inputs.map(({ Id, MetricStat: { Metric, Stat, Period } }) => (
    [Id, { values: data.values(metricOf(Metric), Stat, Period, range), period: Period, quota: QUOTAS[Metric.MetricName] }]
  )));
  const { Expression } = metrics.find(({ ReturnData }) => ReturnData);
  return computed(Expression, operands, Object.values(operands)[0].values.length);
}

function metricOf({ Namespace, MetricName, Dimensions = [] }: any) {
  return { namespace: Namespace, name: MetricName, dimensions: Object.fromEntries(Dimensions.map(({ Name, Value }: any) => [Name, Value])) };
}
