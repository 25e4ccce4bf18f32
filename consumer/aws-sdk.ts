import type { DynamoDbCalls, S3Calls } from './aws-calls';
import { attemptTimeOuts } from '../handlers/aws/attempt-time-outs';

/*
 * The SDK is not a part of this package: Lambda's runtime has it. `require` finds it there from CommonJS. In a function that is
 * bundled as an ES module, `require` can be missing, and `import()` finds it. Bundlers do not fail without the SDK, because each
 * call catches its failure itself. In the tests, which run as CommonJS, `import()` always fails.
 */
/* eslint-disable @typescript-eslint/no-require-imports, import/no-extraneous-dependencies -- see above */

/** DynamoDB answers within milliseconds. Three attempts and the waits between them are about the deadline of a call. */
const TABLE_SETTINGS = { maxAttempts: 3, requestHandler: attemptTimeOuts(2_000) };
/** An object is at most a few MB. */
const BUCKET_SETTINGS = { maxAttempts: 3, requestHandler: attemptTimeOuts(5_000) };

let dynamodb: DynamoDbCalls | undefined;
let s3: S3Calls | undefined;

/** The client of DynamoDB, loaded when it is first used. */
export async function defaultDynamoDb(): Promise<DynamoDbCalls> {
  return dynamodb ??= new (await loadDynamoDb()).DynamoDB(TABLE_SETTINGS);
}

/** The client of S3, loaded when it is first used. */
export async function defaultS3(): Promise<S3Calls> {
  return s3 ??= new (await loadS3()).S3(BUCKET_SETTINGS);
}

async function loadDynamoDb(): Promise<typeof import('@aws-sdk/client-dynamodb')> {
  try {
    return require('@aws-sdk/client-dynamodb') as typeof import('@aws-sdk/client-dynamodb');
  } catch {
    return import('@aws-sdk/client-dynamodb').catch((cause) => unavailable('@aws-sdk/client-dynamodb', cause));
  }
}

async function loadS3(): Promise<typeof import('@aws-sdk/client-s3')> {
  try {
    return require('@aws-sdk/client-s3') as typeof import('@aws-sdk/client-s3');
  } catch {
    return import('@aws-sdk/client-s3').catch((cause) => unavailable('@aws-sdk/client-s3', cause));
  }
}

function unavailable(name: string, cause: unknown): never {
  throw new Error(`${name} is not available: install it, or pass a client of your own`, { cause });
}
