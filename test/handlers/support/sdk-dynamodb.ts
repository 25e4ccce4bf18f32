import {
  BatchGetItemCommand, ConditionalCheckFailedException, GetItemCommand, PutItemCommand, QueryCommand, TransactionCanceledException,
  TransactionConflictException, TransactWriteItemsCommand, UpdateItemCommand, type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import type { AwsClientStub } from 'aws-sdk-client-mock';
import type { Operation } from './memory-table';
import { ServiceError } from './service-error';
import { fromWire, toWire } from './wire-item';

const COMMANDS = {
  BatchGetItem: BatchGetItemCommand,
  GetItem: GetItemCommand,
  PutItem: PutItemCommand,
  Query: QueryCommand,
  TransactWriteItems: TransactWriteItemsCommand,
  UpdateItem: UpdateItemCommand,
} as const;

/** The errors that the handlers distinguish by class. */
const CLASSES = [ConditionalCheckFailedException, TransactionCanceledException, TransactionConflictException];

/** Answers the SDK's calls with a function that uses the wire format. */
export function answerDynamoDb(client: AwsClientStub<DynamoDBClient>, answer: (operation: Operation, request: object) => Promise<object>): void {
  for (const [operation, Command] of Object.entries(COMMANDS)) {
    client.on(Command as typeof GetItemCommand).callsFake(async (input: object) => {
      try {
        return fromWire(await answer(operation as Operation, toWire(input)));
      } catch (error) {
        throw sdkError(error);
      }
    });
  }
}

/** Converts an error of a service to the SDK's error. Other errors stay unchanged. */
export function sdkError(error: unknown): unknown {
  if (!(error instanceof ServiceError)) {
    return error;
  }
  const { code, message, fields } = error;
  const Class = CLASSES.find(({ name }) => name === code);
  return Class ? new Class({ $metadata: {}, message, ...fromWire<object>(fields) }) : Object.assign(new Error(message), { name: code });
}
