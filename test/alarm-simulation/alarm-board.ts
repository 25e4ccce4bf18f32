import type { Template } from 'aws-cdk-lib/assertions';
import { evaluationRange, nextState, type AlarmState } from './alarm-state';
import { ruleIsTrue } from './composite-rule';
import { evaluateMath, type Series } from './metric-math';
import { MINUTE, type MetricStore } from './metric-store';
import { quotaOf } from './service-quotas';
import { compositeAlarmsOf, metricAlarmsOf, type AlarmData, type MetricAlarm } from './template-alarms';

/** A change of an alarm's state. */
export interface Transition {
  readonly alarm: string;
  readonly state: AlarmState;
  readonly at: number;
}

const HOUR = 60 * MINUTE;
const DAY_SECONDS = 86_400;

const COMPARISONS: { readonly [operator: string]: (value: number, threshold: number) => boolean } = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

/** The alarms of a template over a store of metrics. They start without data, as CloudWatch creates them. */
export class AlarmBoard {
  public readonly transitions: Transition[] = [];
  private readonly states = new Map<string, AlarmState>();
  private readonly alarms: readonly MetricAlarm[];
  private readonly composites;

  constructor(template: Template, private readonly metrics: MetricStore) {
    this.alarms = metricAlarmsOf(template);
    this.composites = compositeAlarmsOf(template);
  }

  public stateOf(alarm: string): AlarmState {
    return this.states.get(alarm) ?? 'INSUFFICIENT_DATA';
  }

  /** The alarms in ALARM, sorted by name. */
  public get inAlarm(): string[] {
    return [...this.states].filter(([, state]) => state === 'ALARM').map(([name]) => name).sort();
  }

  /**
   * Evaluates every alarm at the end of a minute. Call it each minute: the window
   * of an alarm moves by a minute, whatever its period is. If its periods are more
   * than a day in total, CloudWatch evaluates it each hour.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
   */
  public evaluate(end: number): void {
    for (const alarm of this.alarms) {
      const isMultiDay = alarm.period * alarm.evaluationPeriods > DAY_SECONDS;
      if (!isMultiDay || end % HOUR === 0) {
        this.set(alarm.name, nextState(this.breaches(alarm, end), alarm, this.stateOf(alarm.name)), end);
      }
    }
    for (const { name, rule } of this.composites) {
      this.set(name, ruleIsTrue(rule, (alarm) => this.stateOf(alarm)) ? 'ALARM' : 'OK', end);
    }
  }

  private set(alarm: string, state: AlarmState, at: number): void {
    if (state !== this.stateOf(alarm)) {
      this.transitions.push({ alarm, state, at });
    }
    this.states.set(alarm, state);
  }

  private breaches({ name, data, evaluationPeriods, threshold, comparison }: MetricAlarm, end: number): (boolean | undefined)[] {
    const breaches = COMPARISONS[comparison];
    if (!breaches) {
      throw new Error(`the simulation does not support ${comparison} of ${name}: add it to alarm-board.ts`);
    }
    const range = { end, count: evaluationRange(evaluationPeriods) };
    const dataOf = (id: string) => data.find((each) => each.id === id)!;
    const seriesOf = (id: string): Series => valuesOf(dataOf(id));
    const valuesOf = ({ metric, expression }: AlarmData): Series => (
      metric ? this.metrics.valuesByPeriod(metric, range) : evaluateMath(expression!, seriesOf, (id) => quotaOf(dataOf(id).metric!))
    );
    return valuesOf(data.find(({ isReturned }) => isReturned)!).map((value) => value === undefined ? undefined : breaches(value, threshold));
  }
}
