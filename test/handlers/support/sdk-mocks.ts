import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, ResourceNotFoundException, SecretsManagerClient, type GetSecretValueCommandInput } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import type { AwsServer } from './aws-server';
import { answerDynamoDb } from './sdk-dynamodb';
import { ServiceError } from './service-error';

/** Answers the SDK's calls from the memory of a server, without the network, so that thousands of webhooks take little time. Call in `beforeEach`. */
export function answerSdkFrom(aws: AwsServer): void {
  answerDynamoDb(mockClient(DynamoDBClient), async (operation, request) => aws.perform(operation, request));
  mockClient(SecretsManagerClient).on(GetSecretValueCommand).callsFake(async (input: GetSecretValueCommandInput) => {
    try {
      const { CreatedDate, ...secret } = await aws.perform('GetSecretValue', input) as { readonly CreatedDate: number };
      return { ...secret, CreatedDate: new Date(CreatedDate * 1000) };
    } catch (error) {
      throw error instanceof ServiceError ? new ResourceNotFoundException({ $metadata: {}, message: error.message }) : error;
    }
  });
}
