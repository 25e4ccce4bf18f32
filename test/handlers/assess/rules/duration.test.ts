import { formatAge, formatDuration } from '../../../../handlers/assess/rules/duration';

test.each([
  [0, '0 seconds'], [1, '1 second'], [59, '59 seconds'], [60, '1 minute'], [90, '90 seconds'], [600, '10 minutes'], [3_600, '1 hour'],
  [5_400, '90 minutes'], [86_400, '1 day'], [90_000, '25 hours'], [7_776_000, '90 days'],
])('a span of %i s is %s', (seconds, expected) => {
  expect(formatDuration(seconds)).toBe(expected);
});

test.each([
  [0.5, '0 seconds'], [119.9, '119 seconds'], [120, '2 minutes'], [7_199, '119 minutes'], [7_200, '2 hours'], [86_399, '23 hours'],
  [100_000, '27 hours'], [259_300, '3 days'],
])('an age of %d s is %s', (seconds, expected) => {
  expect(formatAge(seconds)).toBe(expected);
});
