import { setTimeout as sleep } from 'node:timers/promises';
import { partition } from '@aws-sdk/core/client';
import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';
import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import type { SdkError } from '@smithy/types';
import { required } from './environment-variables';
import { exchange } from './http-exchange';
import { ServiceException } from './service-exception';

/** How a service is called in AWS's JSON protocol (https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html). */
export interface JsonService {
  /** The name in its endpoint and in signatures. */
  readonly name: string;
  /** The name and version before the operation in `X-Amz-Target`. */
  readonly target: string;
  readonly protocolVersion: '1.0' | '1.1';
  /** The part of `AWS_ENDPOINT_URL_<name>`. */
  readonly endpointVariable: string;
}

/** The services that the client calls. */
export const JSON_SERVICES = {
  dynamodb: { name: 'dynamodb', target: 'DynamoDB_20120810', protocolVersion: '1.0', endpointVariable: 'DYNAMODB' },
  secretsManager: { name: 'secretsmanager', target: 'secretsmanager', protocolVersion: '1.1', endpointVariable: 'SECRETS_MANAGER' },
} as const satisfies Readonly<Record<string, JsonService>>;

export interface JsonClientOptions {
  /** All attempts of a call, with the first one. */
  readonly maxAttempts: number;
  /** The time of an attempt, in milliseconds. */
  readonly attemptMillis: number;
}

/** The mean pause before a retry is half of these, as in the SDK's standard mode. */
const PAUSE_MS = 100;
const THROTTLED_PAUSE_MS = 500;

interface Connection {
  readonly endpoint: URL;
  readonly signer: SignatureV4;
}

/**
 * Calls a service whose requests and answers are JSON, with the signer of the SDK
 * and its rules for retries. With it, the validator loads in half the time that the
 * SDK's client of DynamoDB takes alone (docs/performance.md), and every webhook
 * waits for the validator. The other functions use the SDK.
 */
export class AwsJsonClient {
  private connection?: Connection;

  constructor(public readonly service: JsonService, private readonly options: JsonClientOptions) {}

  /**
   * Performs an operation until the deadline, in milliseconds since 1970. Binary
   * values are base64 text, and times are seconds. Throws a `ServiceException` if the service answers with an error.
   */
  public async call<Output>(operation: string, input: object, deadline: number): Promise<Output> {
    const body = JSON.stringify(input);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(operation, body, deadline) as Output;
      } catch (error) {
        const pause = pauseBeforeRetry(error);
        if (attempt === this.options.maxAttempts || pause === undefined || Date.now() + pause >= deadline) {
          throw error;
        }
        await sleep(pause);
      }
    }
  }

  private async attempt(operation: string, body: string, deadline: number): Promise<unknown> {
    const { endpoint, signer } = this.connection ??= connectionTo(this.service);
    const { target, protocolVersion } = this.service;
    const { headers } = await signer.sign({
      method: 'POST',
      protocol: endpoint.protocol,
      hostname: endpoint.hostname,
      path: '/',
      headers: {
        'host': endpoint.host,
        'content-type': `application/x-amz-json-${protocolVersion}`,
        'x-amz-target': `${target}.${operation}`,
      },
      body,
    });
    const left = Math.max(1, deadline - Date.now());
    const { statusCode, text } = await exchange({ endpoint, headers, body }, Math.min(this.options.attemptMillis, left));
    const answer = answerObject(text);
    if (statusCode !== 200 || answer === undefined) {
      throw exceptionOf(statusCode, answer);
    }
    return answer;
  }
}

/** Reads the environment at the first call. Lambda sets the Region and the credentials of the function's role. */
function connectionTo({ name, endpointVariable }: JsonService): Connection {
  const region = required('AWS_REGION');
  const url = process.env[`AWS_ENDPOINT_URL_${endpointVariable}`] ?? process.env.AWS_ENDPOINT_URL;
  return {
    endpoint: new URL(url ?? `https://${name}.${region}.${partition(region).dnsSuffix}`),
    signer: new SignatureV4({
      service: name,
      region,
      credentials: {
        accessKeyId: required('AWS_ACCESS_KEY_ID'),
        secretAccessKey: required('AWS_SECRET_ACCESS_KEY'),
        sessionToken: process.env.AWS_SESSION_TOKEN,
      },
      sha256: Hash.bind(null, 'sha256'),
    }),
  };
}

/** The pause before a retry, in milliseconds; undefined for an error that would come again. */
function pauseBeforeRetry(error: unknown): number | undefined {
  const known = error as SdkError;
  if (isThrottlingError(known)) {
    return Math.random() * THROTTLED_PAUSE_MS;
  }
  return isTransientError(known) || isServerError(known) ? Math.random() * PAUSE_MS : undefined;
}

/** Undefined if it is not an object in JSON, such as the page of a proxy. */
function answerObject(text: string): object | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    return typeof answer === 'object' && answer !== null ? answer : undefined;
  } catch {
    return undefined;
  }
}

/** The type of an error can have a namespace before it: `com.amazonaws.dynamodb.v20120810#…`. */
function exceptionOf(statusCode: number, answer: { readonly __type?: unknown; readonly message?: string } = {}): ServiceException {
  const { __type: type } = answer;
  const name = typeof type === 'string' ? type.slice(type.lastIndexOf('#') + 1) : 'UnknownError';
  return new ServiceException(name, statusCode, answer);
}
