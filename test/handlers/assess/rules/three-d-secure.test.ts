import { threeDSecure } from '../../../../handlers/assess/rules/three-d-secure';
import { factsWith } from '../details';

describe('threeDSecure', () => {
  test.each([
    ['failed', '3-D Secure failed'],
    ['unavailable', '3-D Secure unavailable'],
    ['authenticated', undefined],
    [undefined, undefined],
  ] as const)('%s', (three_d_secure, expected) => {
    expect(threeDSecure.evaluate({ rule: 'three-d-secure', score: 1, outcomes: ['failed', 'unavailable'] }, factsWith({ detail: { three_d_secure } }))).toBe(expected);
  });
});
