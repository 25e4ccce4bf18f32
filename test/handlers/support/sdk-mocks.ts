import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import type { AwsServer } from './aws-server';
import { answerJsonCalls } from './json-calls';
import { answerDynamoDb } from './sdk-dynamodb';

/** Answers the calls of AWS from the memory of a server, without the network, so that thousands of webhooks take little time. Call in `beforeEach`. */
export function answerSdkFrom(aws: AwsServer): void {
  const answer = async (operation: string, request: object) => aws.perform(operation, request);
  answerDynamoDb(mockClient(DynamoDBClient), answer);
  answerJsonCalls('dynamodb', answer);
  answerJsonCalls('secretsmanager', answer);
}
