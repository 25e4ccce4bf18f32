import type { IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';

/** An alarm on one metric. It has an entry in docs/runbook.md, under its name. */
export interface AlarmDefinition {
  readonly id: string;
  /** The part of the name that differs: `webhooks-<name>-<suffix>`, or `webhooks-<name>-<provider>-<suffix>`. */
  readonly name: string;
  readonly provider?: string;
  /** Whether somebody must act now, or during the next working day. */
  readonly severity: 'page' | 'ticket';
  /** What is wrong, and the effect on users. */
  readonly description: string;
  readonly metric: IMetric;
  readonly threshold: number;
  /** Whether the alarm fires below its threshold instead of from it on. */
  readonly firesBelow?: boolean;
  /** The number of consecutive periods that must breach. */
  readonly periods?: number;
  /** @default TreatMissingData.NOT_BREACHING */
  readonly missing?: TreatMissingData;
}

/** The period of a metric, in seconds. */
export function periodOf(metric: IMetric): number {
  const { metricStat, mathExpression } = metric.toMetricConfig();
  return metricStat?.period.toSeconds() ?? mathExpression!.period;
}
