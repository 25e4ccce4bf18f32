import {
  ConditionalCheckFailedException, DynamoDBClient, PutItemCommand, TransactionCanceledException, TransactWriteItemsCommand, type AttributeValue,
  type PutItemCommandInput, type TransactWriteItemsCommandInput,
} from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, ResourceNotFoundException, SecretsManagerClient, type GetSecretValueCommandInput } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { ServiceError, type AwsServer } from './aws-server';

/** The errors that the handlers tell apart by their class. */
const KNOWN: Readonly<Record<string, (options: object) => Error>> = {
  ConditionalCheckFailedException: (options) => new ConditionalCheckFailedException({ $metadata: {}, message: '', ...options }),
  TransactionCanceledException: (options) => new TransactionCanceledException({ $metadata: {}, message: '', ...options }),
  ResourceNotFoundException: (options) => new ResourceNotFoundException({ $metadata: {}, message: '', ...options }),
};

/** Answers the SDK's calls from a server's memory without going over the network: for thousands of webhooks. Call in `beforeEach`. */
export function answerSdkFrom(aws: AwsServer): void {
  const perform = (operation: string, input: object) => {
    try {
      return aws.perform(operation, input);
    } catch (error) {
      const { code, message, fields } = error as ServiceError;
      throw KNOWN[code]?.(fields) ?? Object.assign(new Error(message), { name: code });
    }
  };
  const dynamodb = mockClient(DynamoDBClient);
  dynamodb.on(PutItemCommand).callsFake((input: PutItemCommandInput) => perform('PutItem', wirePut(input)));
  dynamodb.on(TransactWriteItemsCommand).callsFake(({ TransactItems = [] }: TransactWriteItemsCommandInput) => (
    perform('TransactWriteItems', { TransactItems: TransactItems.map(({ Put: put }) => ({ Put: wirePut(put!) })) })
  ));
  mockClient(SecretsManagerClient).on(GetSecretValueCommand).callsFake((input: GetSecretValueCommandInput) => {
    const { CreatedDate, ...secret } = perform('GetSecretValue', input) as { readonly CreatedDate: number };
    return { ...secret, CreatedDate: new Date(CreatedDate * 1000) };
  });
}

function wirePut<Input extends { readonly Item: Record<string, AttributeValue> | undefined }>(input: Input): object {
  const item = Object.entries(input.Item!).map(([name, value]) => [name, value.B ? { B: Buffer.from(value.B).toString('base64') } : value]);
  return { ...input, Item: Object.fromEntries(item) as object };
}
