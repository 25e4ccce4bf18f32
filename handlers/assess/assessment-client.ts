import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { attemptTimeOuts } from '../aws/attempt-time-outs';

/**
 * Retried by the SDK. Reads change nothing. If the write of a verdict succeeds
 * and its answer is lost, the condition of the retry fails, and the verdict is read.
 */
export const client = new DynamoDBClient({
  maxAttempts: 3,
  requestHandler: attemptTimeOuts(3_000),
});
