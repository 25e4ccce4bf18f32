import { nextState, type AlarmState, type MissingData } from './alarm-state';

const SETTINGS: readonly MissingData[] = ['missing', 'ignore', 'breaching', 'notBreaching'];
type Row = readonly [points: string, ...states: string[]];

/** 0 does not breach, X breaches, - is missing. */
function statesOf(points: string, datapointsToAlarm: number): string[] {
  const periods = points.split(' ').map((point) => point === '-' ? undefined : point === 'X');
  return SETTINGS.map((treatMissingData) => {
    const from = (current: AlarmState) => nextState(periods, { evaluationPeriods: 3, datapointsToAlarm, treatMissingData }, current);
    return from('OK') === from('ALARM') ? from('OK') : from('OK') === 'OK' && from('ALARM') === 'ALARM' ? 'retain' : 'other';
  });
}

// The tables are published in https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
describe('the published states of an alarm that needs 3 of 3 periods, with an evaluation range of 5', () => {
  test.each<Row>([
    ['0 - X - X', 'OK', 'OK', 'OK', 'OK'],
    ['0 - - - -', 'OK', 'OK', 'OK', 'OK'],
    ['- - - - -', 'INSUFFICIENT_DATA', 'retain', 'ALARM', 'OK'],
    ['0 X X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['- - X - -', 'ALARM', 'retain', 'ALARM', 'OK'],
    // An earlier version of the page had this row.
    ['- - - - X', 'INSUFFICIENT_DATA', 'retain', 'ALARM', 'OK'],
  ])('%s', (points, ...states) => {
    expect(statesOf(points, 3)).toEqual(states);
  });

  test('a breaching period does not go to ALARM before it is as old as the datapoints to alarm', () => {
    expect(statesOf('- - - X -', 3)[0]).toBe('INSUFFICIENT_DATA');
  });
});

describe('the published states of an alarm that needs 2 of 3 periods, with an evaluation range of 5', () => {
  test.each<Row>([
    ['0 - X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['0 0 X 0 X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['0 - X - -', 'OK', 'OK', 'ALARM', 'OK'],
    ['- - - - 0', 'OK', 'OK', 'ALARM', 'OK'],
    ['- - - X -', 'ALARM', 'retain', 'ALARM', 'OK'],
  ])('%s', (points, ...states) => {
    expect(statesOf(points, 2)).toEqual(states);
  });
});
