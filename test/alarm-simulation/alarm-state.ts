export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
export type MissingData = 'breaching' | 'notBreaching' | 'ignore' | 'missing';

export interface StateRules {
  /** N. */
  readonly evaluationPeriods: number;
  /** M. */
  readonly datapointsToAlarm: number;
  readonly treatMissingData: MissingData;
}

/**
 * CloudWatch reads more periods than it evaluates, in case some have no data. AWS
 * documents the number only in an example: 5 for 3 periods of 5 minutes.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
const EXTRA_PERIODS = 2;

export function evaluationRange(evaluationPeriods: number): number {
  return evaluationPeriods + EXTRA_PERIODS;
}

/**
 * The next state of an alarm, from whether each period of its evaluation range
 * breaches, the oldest first. Undefined is a period without data.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function nextState(
  periods: readonly (boolean | undefined)[], { evaluationPeriods, datapointsToAlarm, treatMissingData }: StateRules, current: AlarmState,
): AlarmState {
  const real = periods.filter((breaches) => breaches !== undefined).slice(-evaluationPeriods);
  const toFill = evaluationPeriods - real.length;
  const breaching = real.filter(Boolean).length + (treatMissingData === 'breaching' ? toFill : 0);
  if (breaching >= datapointsToAlarm) {
    return 'ALARM';
  }
  const isUndecided = toFill > 0 && (treatMissingData === 'missing' || treatMissingData === 'ignore') && real.every(Boolean);
  if (!isUndecided) {
    return 'OK';
  }
  if (treatMissingData === 'ignore') {
    return current;
  }
  return hasOldBreach(periods, datapointsToAlarm) ? 'ALARM' : 'INSUFFICIENT_DATA';
}

/** A breaching period goes to ALARM without further data if it is as old as the datapoints to alarm. */
function hasOldBreach(periods: readonly (boolean | undefined)[], datapointsToAlarm: number): boolean {
  const oldest = periods.indexOf(true);
  return oldest !== -1 && periods.length - oldest >= datapointsToAlarm;
}
