import { exact, type Interval } from '../../benchmarks/figures';
import { GOALS } from '../../benchmarks/goal-list';
import { checkGoals, type Goal } from '../../benchmarks/goals';
import { medianInterval } from '../../benchmarks/statistics';

const GOAL: Goal = { label: 'a goal', row: 'a/b/c', of: 'ratio', limit: 1.5, unit: 'ratio' };
const OUT_OF_REACH: Goal = { ...GOAL, outOfReach: { limit: 3, reason: 'physics' } };
const resultFor = (goal: Goal, ratio: Interval) => (
  checkGoals([goal], [{ id: 'a/b', title: '', description: '', rows: [{ id: 'a/b/c', label: '', unit: 'ms', figure: exact(9), ratio }] }])[0].result
);

describe('a goal', () => {
  test.each<[string, Goal, Interval]>([
    ['pass', GOAL, exact(1.5)],
    ['pass', GOAL, { value: 1.4, low: 1.1, high: 1.9 }],
    ['within noise', GOAL, { value: 1.6, low: 1.5, high: 1.9 }],
    ['fail', GOAL, exact(1.51)],
    ['out of reach', OUT_OF_REACH, exact(2)],
    ['out of reach', OUT_OF_REACH, { value: 3.1, low: 2.9, high: 3.5 }],
    ['fail', OUT_OF_REACH, exact(3.1)],
    ['pass', OUT_OF_REACH, exact(1)],
  ])('has the result %s: %j with %j', (result, goal, ratio) => {
    expect(resultFor(goal, ratio)).toBe(result);
  });

  test('is not measured without its row', () => {
    expect(checkGoals([GOAL], [])[0].result).toBe('not measured');
  });
});

test('each goal has a row of its own', () => {
  expect(new Set(GOALS.map(({ row, of }) => `${row} ${of}`)).size).toBe(GOALS.length);
});

describe('the interval of a median', () => {
  test('is between the values that contain it with 95 % confidence', () => {
    // For 25 values, the exact ranks from the binomial distribution are the 8th and the 18th.
    expect(medianInterval(Array.from({ length: 25 }, (_, index) => index + 1))).toEqual({ value: 13, low: 8, high: 19 });
  });

  test('is the value itself for a single one', () => {
    expect(medianInterval([7])).toEqual(exact(7));
  });
});
