import { optionalJson, optionalNumber, required, requiredJson } from '../../../handlers/aws/environment-variables';

afterEach(() => {
  delete process.env.THE_VARIABLE;
});

test('reads a variable, and a JSON variable', () => {
  process.env.THE_VARIABLE = '{"a": [1]}';

  expect(required('THE_VARIABLE')).toBe('{"a": [1]}');
  expect(requiredJson('THE_VARIABLE')).toEqual({ a: [1] });
});

test.each([undefined, ''])('names the variable that is %p', (value) => {
  Object.assign(process.env, value === undefined ? {} : { THE_VARIABLE: value });

  expect(() => required('THE_VARIABLE')).toThrow('the environment variable THE_VARIABLE is not set');
});

test('returns undefined for JSON that is not set', () => {
  process.env.THE_VARIABLE = '{"a": [1]}';

  expect(optionalJson('THE_VARIABLE')).toEqual({ a: [1] });
  expect(optionalJson('ANOTHER_VARIABLE')).toBeUndefined();
});

test('returns undefined for a number that is not set', () => {
  process.env.THE_NUMBER = '42';

  expect(optionalNumber('THE_NUMBER')).toBe(42);
  expect(optionalNumber('ANOTHER_NUMBER')).toBeUndefined();
});
