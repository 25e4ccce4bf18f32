import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { conditionMet } from '../../../handlers/aws/conditional-write';

describe('conditionMet', () => {
  test('returns whether the condition was met', async () => {
    const rejected = Promise.reject(new ConditionalCheckFailedException({ $metadata: {}, message: '' }));

    expect(await conditionMet(Promise.resolve({}))).toBe(true);
    expect(await conditionMet(rejected)).toBe(false);
  });

  test('throws every other error', async () => {
    await expect(conditionMet(Promise.reject(new Error('out of reach')))).rejects.toThrow('out of reach');
  });
});
