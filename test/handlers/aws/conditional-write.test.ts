import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { tookPlace } from '../../../handlers/aws/conditional-write';

describe('tookPlace', () => {
  test('tells whether the condition held', async () => {
    const refused = Promise.reject(new ConditionalCheckFailedException({ $metadata: {}, message: '' }));

    expect(await tookPlace(Promise.resolve({}))).toBe(true);
    expect(await tookPlace(refused)).toBe(false);
  });

  test('passes every other failure on', async () => {
    await expect(tookPlace(Promise.reject(new Error('out of reach')))).rejects.toThrow('out of reach');
  });
});
