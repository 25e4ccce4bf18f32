import type { Template } from 'aws-cdk-lib/assertions';
import type { MissingData } from './alarm-state';
import type { MetricQuery } from './metric-store';
import { resolve } from '../rights/cloud/intrinsics';

/** A metric or an expression of an alarm. */
export interface AlarmData {
  readonly id: string;
  readonly isReturned: boolean;
  readonly metric?: MetricQuery;
  readonly expression?: string;
}

export interface MetricAlarm {
  readonly name: string;
  readonly data: readonly AlarmData[];
  /** In seconds. */
  readonly period: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly threshold: number;
  readonly comparison: string;
  readonly treatMissingData: MissingData;
  /** The logical ids of the topics that are notified. */
  readonly topics: readonly string[];
}

export interface CompositeAlarm {
  readonly name: string;
  readonly rule: string;
}

/** References as texts, which are equal for equal references. */
const REFERENCES = { ref: (name: string) => name, attribute: (logicalId: string, attribute: string) => `${logicalId}.${attribute}` };

/** A part of a template with its references as texts. */
export function withReferences<T>(part: T): T {
  return resolve(part, REFERENCES) as T;
}

export function metricAlarmsOf(template: Template): MetricAlarm[] {
  return propertiesOf(template, 'AWS::CloudWatch::Alarm').map((properties) => {
    const data: AlarmData[] = properties.Metrics?.map(dataOf) ?? [{ id: 'metric', isReturned: true, metric: queryOf(properties, properties) }];
    return {
      name: properties.AlarmName,
      data,
      period: data.find(({ metric }) => metric)!.metric!.period,
      evaluationPeriods: properties.EvaluationPeriods,
      datapointsToAlarm: properties.DatapointsToAlarm ?? properties.EvaluationPeriods,
      threshold: properties.Threshold,
      comparison: properties.ComparisonOperator,
      // Alarms on DynamoDB always ignore it (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html).
      treatMissingData: data.some(({ metric }) => metric?.namespace === 'AWS/DynamoDB') ? 'ignore' : properties.TreatMissingData ?? 'missing',
      topics: properties.AlarmActions ?? [],
    };
  });
}

export function compositeAlarmsOf(template: Template): CompositeAlarm[] {
  const alarms = template.findResources('AWS::CloudWatch::Alarm');
  const nameOf = (logicalId: string) => alarms[logicalId].Properties.AlarmName as string;
  return Object.values(template.findResources('AWS::CloudWatch::CompositeAlarm')).map(({ Properties: { AlarmName, AlarmRule } }) => ({
    name: AlarmName,
    rule: resolve(AlarmRule, { ...REFERENCES, ref: nameOf }),
  }));
}

function propertiesOf(template: Template, type: string): any[] {
  return Object.values(template.findResources(type)).map(({ Properties }) => withReferences(Properties));
}

function dataOf({ Id, ReturnData, MetricStat: stat, Expression: expression }: any): AlarmData {
  return { id: Id, isReturned: ReturnData ?? true, expression, metric: stat && queryOf(stat.Metric, { ...stat, Statistic: stat.Stat }) };
}

function queryOf({ Namespace, MetricName, Dimensions = [] }: any, { Period, Statistic, ExtendedStatistic }: any): MetricQuery {
  return {
    namespace: Namespace,
    name: MetricName,
    dimensions: Object.fromEntries(Dimensions.map(({ Name, Value }: any) => [Name, Value])),
    statistic: Statistic ?? ExtendedStatistic,
    period: Period,
  };
}
