import { readStatement } from './statement';

test('converts single values to lists', () => {
  expect(readStatement({
    Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'a-queue', Condition: { StringEquals: { 'dynamodb:Select': 'COUNT' } },
  })).toEqual({
    effect: 'Allow', actions: ['sqs:SendMessage'], resources: ['a-queue'], conditions: { StringEquals: { 'dynamodb:Select': ['COUNT'] } },
  });
});

test.each(['NotAction', 'NotResource', 'Principal'])('throws for %s', (element) => {
  expect(() => readStatement({ Effect: 'Allow', Action: '*', Resource: '*', [element]: 'a' })).toThrow(`does not support the element ${element}`);
});
