import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/**
 * Repeated by the SDK: reads change nothing, and a verdict whose write was
 * repeated after an unheard success fails its condition and is then read back.
 */
export const client = new DynamoDBClient({
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
});
