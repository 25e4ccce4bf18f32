import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { attemptTimeOuts } from '../aws/attempt-time-outs';

/** Reads and the compared writes of the checkpoint can be repeated. */
export const tableClient = new DynamoDBClient({ maxAttempts: 3, requestHandler: attemptTimeOuts(2_000) });
