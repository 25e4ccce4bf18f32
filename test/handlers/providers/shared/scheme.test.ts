import { verification } from '../../../../handlers/providers/shared/signature';

test.each([
  [true, true, 'authentic'], [true, false, 'timestamp_out_of_tolerance'], [false, true, 'signature_mismatch'], [false, false, 'signature_mismatch'],
])('with a valid signature: %p, and within the tolerance: %p, the result is %s', (isSigned, isTimely, expected) => {
  expect(verification(isSigned, isTimely)).toBe(expected);
});
