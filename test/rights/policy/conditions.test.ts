import { conditionsMet } from './conditions';

const keys = (...values: string[]) => ({ 'dynamodb:LeadingKeys': values });

test.each([
  ['a single value that is equal', 'StringEquals', ['a'], keys('a'), true],
  ['a single value that is one of several', 'StringEquals', ['b', 'a'], keys('a'), true],
  ['a single value that differs', 'StringEquals', ['a'], keys('b'), false],
  ['a single value in another case', 'StringEquals', ['a'], keys('A'), false],
  ['an asterisk, which is not a wildcard for StringEquals', 'StringEquals', ['a*'], keys('ab'), false],
  ['a missing key', 'StringEquals', ['a'], {}, false],
  ['a missing key with IfExists', 'StringEqualsIfExists', ['a'], {}, true],
  ['a value that differs with IfExists', 'StringEqualsIfExists', ['a'], keys('b'), false],
  ['a value that a pattern matches', 'StringLike', ['blocklist:*'], keys('blocklist:country:FR'), true],
  ['a value that no pattern matches', 'StringLike', ['blocklist:*'], keys('stripe:blocklist:'), false],
  ['all values', 'ForAllValues:StringLike', ['blocklist:*', 'c'], keys('blocklist:a', 'blocklist:b', 'c'), true],
  ['not all values', 'ForAllValues:StringLike', ['blocklist:*'], keys('blocklist:a', 'stripe:b'), false],
  ['no values to ForAllValues', 'ForAllValues:StringEquals', ['a'], keys(), true],
  ['a missing key to ForAllValues', 'ForAllValues:StringEquals', ['a'], {}, true],
  ['values that are equal to ForAllValues', 'ForAllValues:StringEquals', ['a', 'b'], keys('b', 'a'), true],
  ['a value too many to ForAllValues', 'ForAllValues:StringEquals', ['a'], keys('a', 'b'), false],
])('compares %s', (_, operator, expected, context, met) => {
  expect(conditionsMet({ [operator]: { 'dynamodb:LeadingKeys': expected } }, context)).toBe(met);
});

test('needs each of several operators and keys', () => {
  const conditions = {
    'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['a'], 'dynamodb:Attributes': ['id'] },
    'StringEqualsIfExists': { 'dynamodb:ReturnValues': ['NONE'] },
  };
  const request = { 'dynamodb:LeadingKeys': ['a'], 'dynamodb:Attributes': ['id'], 'dynamodb:ReturnValues': ['NONE'] };

  expect(conditionsMet(conditions, request)).toBe(true);
  expect(conditionsMet(conditions, { ...request, 'dynamodb:LeadingKeys': ['b'] })).toBe(false);
  expect(conditionsMet(conditions, { ...request, 'dynamodb:Attributes': ['id', 'other'] })).toBe(false);
  expect(conditionsMet(conditions, { ...request, 'dynamodb:ReturnValues': ['ALL_OLD'] })).toBe(false);
});

test.each(['StringNotEquals', 'ForAnyValue:StringLike', 'ArnLike', 'Bool'])('throws for the operator %s', (operator) => {
  expect(() => conditionsMet({ [operator]: { 'dynamodb:LeadingKeys': ['a'] } }, keys('a'))).toThrow(`condition operator ${operator}`);
});

test('throws for a key that requests do not have, even if another condition is not met', () => {
  const conditions = { StringEquals: { 'dynamodb:LeadingKeys': ['a'], 'aws:SourceVpc': ['vpc-1'] } };

  expect(() => conditionsMet(conditions, keys('b'))).toThrow('condition key aws:SourceVpc');
});

test('throws for several values if a single one is compared', () => {
  expect(() => conditionsMet({ StringLike: { 'dynamodb:LeadingKeys': ['*'] } }, keys('a', 'b'))).toThrow('use ForAllValues');
});

test.each([
  ['true', {}, true], ['false', {}, false], ['true', { 'kms:ViaService': ['s3.region.amazonaws.com'] }, false], ['false', { 'kms:ViaService': ['s3.region.amazonaws.com'] }, true],
])('Null: %s of %j is %s', (expected, context, met) => {
  expect(conditionsMet({ Null: { 'kms:ViaService': [expected] } }, context)).toBe(met);
});
