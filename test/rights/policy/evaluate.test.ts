import { isAllowed, unusedRights, type AuthorizedCall } from './evaluate';
import type { Statement } from './statement';

const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:queue';
const SEND: AuthorizedCall = { action: 'sqs:SendMessage', resource: QUEUE };

function allow(actions: string[], resources: string[], more: Partial<Statement> = {}): Statement {
  return { effect: 'Allow', actions, resources, conditions: {}, ...more };
}

describe('isAllowed', () => {
  test.each([
    ['the action and the resource', ['sqs:SendMessage'], [QUEUE]],
    ['one of several actions and resources', ['sqs:GetQueueUrl', 'sqs:SendMessage'], ['arn:aws:sqs:us-east-1:123456789012:other', QUEUE]],
    ['an action in another case', ['SQS:sendmessage'], [QUEUE]],
    ['the beginning of the action', ['sqs:Send*'], [QUEUE]],
    ['everything', ['*'], ['*']],
    ['a part of the resource', ['sqs:SendMessage'], ['arn:aws:sqs:*:queue']],
    ['a single character of the resource', ['sqs:SendMessage'], ['arn:aws:sqs:us-east-?:123456789012:queu?']],
  ])('allows a call that a statement matches: %s', (_, actions, resources) => {
    expect(isAllowed([allow(actions, resources)], SEND)).toBe(true);
  });

  test.each([
    ['another action', ['sqs:SendMessageBatch'], [QUEUE]],
    ['another resource', ['sqs:SendMessage'], [`${QUEUE}-other`]],
    ['the resource in another case', ['sqs:SendMessage'], [QUEUE.toUpperCase()]],
    ['a dot, which is not a wildcard', ['sqs:SendMessage'], ['arn:aws:sqs:us.east.1:123456789012:queue']],
    ['no character for a question mark', ['sqs:SendMessage'], [`${QUEUE}?`]],
    ['two characters for a question mark', ['sqs:SendMessage'], [QUEUE.replace('east', 'e?t')]],
  ])('denies a call that no statement matches: %s', (_, actions, resources) => {
    expect(isAllowed([allow(actions, resources)], SEND)).toBe(false);
  });

  test('denies everything without a statement', () => {
    expect(isAllowed([], SEND)).toBe(false);
  });

  test('gives a denial precedence in any position', () => {
    const granted = allow(['sqs:*'], ['*']);
    const denied = allow(['sqs:Send*'], [QUEUE], { effect: 'Deny' });

    expect(isAllowed([granted, denied], SEND)).toBe(false);
    expect(isAllowed([denied, granted], SEND)).toBe(false);
    expect(isAllowed([granted, denied], { ...SEND, resource: `${QUEUE}-other` })).toBe(true);
  });

  test('does not apply a statement whose condition is not met', () => {
    const conditions = { StringEquals: { 'dynamodb:Select': ['COUNT'] } };
    const count = { ...SEND, context: { 'dynamodb:Select': ['COUNT'] } };

    expect(isAllowed([allow(['*'], ['*'], { conditions })], count)).toBe(true);
    expect(isAllowed([allow(['*'], ['*'], { conditions })], SEND)).toBe(false);
    expect(isAllowed([allow(['*'], ['*']), allow(['*'], ['*'], { effect: 'Deny', conditions })], SEND)).toBe(true);
    expect(isAllowed([allow(['*'], ['*']), allow(['*'], ['*'], { effect: 'Deny', conditions })], count)).toBe(false);
  });

  test('throws for a policy variable', () => {
    expect(() => isAllowed([allow(['sqs:SendMessage'], ['arn:aws:sqs:*:*:${aws:username}'])], SEND)).toThrow('does not support policy variables');
  });
});

describe('unusedRights', () => {
  test('finds no right if each is used', () => {
    expect(unusedRights([allow(['sqs:SendMessage'], [QUEUE])], [SEND])).toEqual([]);
  });

  test('finds an action that was not called', () => {
    expect(unusedRights([allow(['sqs:SendMessage', 'sqs:GetQueueUrl'], [QUEUE])], [SEND])).toEqual([`sqs:GetQueueUrl on ${QUEUE}`]);
  });

  test('finds a resource that an action was not called on', () => {
    expect(unusedRights([allow(['sqs:SendMessage'], [QUEUE, `${QUEUE}-other`])], [SEND])).toEqual([`sqs:SendMessage on ${QUEUE}-other`]);
  });

  test('finds rights that overlap', () => {
    expect(unusedRights([allow(['sqs:SendMessage'], [QUEUE]), allow(['sqs:Send*'], ['*'])], [SEND])).toEqual([
      `sqs:SendMessage on ${QUEUE}`, 'sqs:Send* on *',
    ]);
  });

  test('finds a right whose condition no call met', () => {
    const conditional = allow(['sqs:SendMessage'], [QUEUE], { conditions: { StringEquals: { 'dynamodb:Select': ['COUNT'] } } });

    expect(unusedRights([conditional], [SEND])).toEqual([`sqs:SendMessage on ${QUEUE}`]);
  });

  test('does not count a denial as a right', () => {
    expect(unusedRights([allow(['sqs:SendMessage'], [QUEUE]), allow(['s3:*'], ['*'], { effect: 'Deny' })], [SEND])).toEqual([]);
  });
});
