/* eslint-disable @typescript-eslint/no-require-imports -- the handlers read their environment when they load */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, type PutEventsCommandInput, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { ENVIRONMENT } from './simulated-template';
import type { handler as archive } from '../../handlers/archive/handler';
import type { handler as validate } from '../../handlers/ingest/handler';
import { samples as paypal } from '../../handlers/providers/paypal/samples';
import type { handler as publish } from '../../handlers/publish/handler';
import type { handler as reconcile } from '../../handlers/reconcile/handler';
import { answerJsonCalls } from '../handlers/support/json-calls';
import type { Operation } from '../handlers/support/memory-table';
import { sdkError } from '../handlers/support/sdk-dynamodb';
import { ServiceError } from '../handlers/support/service-error';
import { fromWire, toWire } from '../handlers/support/wire-item';

/** What the functions call. A scenario replaces them. */
export interface CalledServices {
  perform(operation: Operation, request: object): Promise<object>;
  secretOf(arn: string): string | undefined;
  /** The error code of an entry, or undefined if the bus accepts it. */
  publish(entry: PutEventsRequestEntry): string | undefined;
  sendToQueue(): void;
  putObject(): void;
  topicAttributes(): { readonly [name: string]: string };
}

export interface SimulatedFunctions {
  readonly validate: typeof validate;
  readonly publish: typeof publish;
  readonly archive: typeof archive;
  readonly reconcile: typeof reconcile;
}

/** The handlers, with the environment of the template, in the process of the test. `services` returns what they call now. */
export function loadFunctions(services: () => CalledServices): SimulatedFunctions {
  Object.assign(process.env, ENVIRONMENT);
  answer(DynamoDBClient, async (name, input) => {
    try {
      return fromWire<object>(await services().perform(name as Operation, toWire(input)));
    } catch (error) {
      throw sdkError(error);
    }
  });
  answerJsonCalls('dynamodb', async (name, input: object) => services().perform(name as Operation, input));
  answerJsonCalls('secretsmanager', (_, { SecretId, VersionStage }: Readonly<Record<string, string>>) => {
    const value = VersionStage === 'AWSCURRENT' ? services().secretOf(SecretId) : undefined;
    if (value === undefined) {
      throw new ServiceError('ResourceNotFoundException', 'no such version');
    }
    return { SecretString: value, CreatedDate: 0 };
  });
  answer(EventBridgeClient, async (_, { Entries = [] }: PutEventsCommandInput) => ({
    Entries: Entries.map((entry) => {
      const error = services().publish(entry);
      return error ? { ErrorCode: error } : { EventId: 'an-id' };
    }),
  }));
  answer(SQSClient, async () => {
    services().sendToQueue();
    return { MessageId: 'an-id' };
  });
  answer(S3Client, async () => {
    services().putObject();
    return {};
  });
  answer(SNSClient, async () => ({ Attributes: services().topicAttributes() }));
  // Pauses between attempts would take real time.
  jest.doMock('node:timers/promises', () => ({ setTimeout: async () => {} }));
  jest.doMock('../../handlers/ingest/certificates', () => ({ fetchCertificate: paypal.certificates }));
  return {
    validate: (require('../../handlers/ingest/handler') as { readonly handler: typeof validate }).handler,
    publish: (require('../../handlers/publish/handler') as { readonly handler: typeof publish }).handler,
    archive: (require('../../handlers/archive/handler') as { readonly handler: typeof archive }).handler,
    reconcile: (require('../../handlers/reconcile/handler') as { readonly handler: typeof reconcile }).handler,
  };
}

/** Answers the calls of every client of a class. A mock would keep each call, and a day has a hundred thousand. */
function answer<Input extends object>(Client: { readonly prototype: object }, perform: (name: string, input: Input) => Promise<object>): void {
  Object.assign(Client.prototype, {
    send: async (command: { readonly input: Input }) => perform(command.constructor.name.replace(/Command$/, ''), command.input),
  });
}
