/* eslint-disable @typescript-eslint/no-require-imports -- the handlers read their environment when they load */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand, type PutEventsCommandInput, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, ResourceNotFoundException, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { ENVIRONMENT } from './simulated-template';
import type { handler as archive } from '../../handlers/archive/handler';
import type { handler as validate } from '../../handlers/ingest/handler';
import { samples as paypal } from '../../handlers/providers/paypal/samples';
import type { handler as publish } from '../../handlers/publish/handler';
import type { Operation } from '../handlers/support/memory-table';
import { answerDynamoDb } from '../handlers/support/sdk-dynamodb';

/** What the functions call. A scenario replaces them. */
export interface CalledServices {
  perform(operation: Operation, request: object): Promise<object>;
  secretOf(arn: string): string | undefined;
  /** The error code of an entry, or undefined if the bus accepts it. */
  publish(entry: PutEventsRequestEntry): string | undefined;
  sendToQueue(): void;
  putObject(): void;
}

export interface SimulatedFunctions {
  readonly validate: typeof validate;
  readonly publish: typeof publish;
  readonly archive: typeof archive;
}

/** The handlers, with the environment of the template, in the process of the test. `services` returns what they call now. */
export function loadFunctions(services: () => CalledServices): SimulatedFunctions {
  Object.assign(process.env, ENVIRONMENT);
  answerDynamoDb(mockClient(DynamoDBClient), async (operation, request) => services().perform(operation, request));
  mockClient(SecretsManagerClient).on(GetSecretValueCommand).callsFake(({ SecretId, VersionStage }: { SecretId: string; VersionStage: string }) => {
    const value = VersionStage === 'AWSCURRENT' ? services().secretOf(SecretId) : undefined;
    if (value === undefined) {
      throw new ResourceNotFoundException({ $metadata: {}, message: 'no such version' });
    }
    return { SecretString: value, CreatedDate: new Date(0) };
  });
  mockClient(EventBridgeClient).on(PutEventsCommand).callsFake(({ Entries = [] }: PutEventsCommandInput) => ({
    Entries: Entries.map((entry) => {
      const error = services().publish(entry);
      return error ? { ErrorCode: error } : { EventId: 'an-id' };
    }),
  }));
  mockClient(SQSClient).on(SendMessageCommand).callsFake(() => {
    services().sendToQueue();
    return { MessageId: 'an-id' };
  });
  mockClient(S3Client).on(PutObjectCommand).callsFake(() => {
    services().putObject();
    return {};
  });
  // Pauses between attempts would take real time.
  jest.doMock('node:timers/promises', () => ({ setTimeout: async () => {} }));
  jest.doMock('../../handlers/ingest/certificates', () => ({ fetchCertificate: paypal.certificates }));
  return {
    validate: (require('../../handlers/ingest/handler') as { readonly handler: typeof validate }).handler,
    publish: (require('../../handlers/publish/handler') as { readonly handler: typeof publish }).handler,
    archive: (require('../../handlers/archive/handler') as { readonly handler: typeof archive }).handler,
  };
}
