import { outcomeOfStatus, parseRiskLevel, parseRiskScore, parseThreeDSecure } from '../../../../handlers/providers/shared/risk-values';

test.each<[unknown, number | undefined]>([
  [0, 0], [100, 100], [42.5, 43], ['66', 66], ['99.6', 100],
  [-0.1, undefined], [100.1, undefined], [Number.NaN, undefined], ['', undefined], [' ', undefined], ['0x10', undefined], ['high', undefined], [true, undefined], [null, undefined], [[50], undefined], [50n, undefined],
])('reads the score %p as %p', (value, expected) => {
  expect(parseRiskScore(value)).toBe(expected);
});

test.each<[unknown, string | undefined]>([
  ['normal', 'normal'], ['elevated', 'elevated'], ['highest', 'highest'], ['Normal', undefined], ['unknown', undefined], [undefined, undefined],
])('reads the level %p as %p', (value, expected) => {
  expect(parseRiskLevel(value)).toBe(expected);
});

test.each<[unknown, string | undefined]>([
  ['authenticated', 'authenticated'], ['attempted', 'attempted'], ['exempted', 'exempted'], ['failed', 'failed'], ['unavailable', 'unavailable'], ['Y', undefined],
])('reads the outcome %p as %p', (value, expected) => {
  expect(parseThreeDSecure(value)).toBe(expected);
});

test.each<[unknown, string | undefined]>([
  ['Y', 'authenticated'], ['A', 'attempted'], ['N', 'failed'], ['R', 'failed'], ['U', 'unavailable'],
  ['C', undefined], ['D', undefined], ['I', undefined], ['y', undefined], ['', undefined], [null, undefined],
])('reads the status %p of 3-D Secure as %p', (value, expected) => {
  expect(outcomeOfStatus(value)).toBe(expected);
});
