import { ServiceError } from './service-error';
import { AwsJsonClient, type JSON_SERVICES } from '../../../handlers/aws/aws-json-client';
import { ServiceException } from '../../../handlers/aws/service-exception';

export type JsonServiceName = (typeof JSON_SERVICES)[keyof typeof JSON_SERVICES]['name'];

/** A call that the validator made with its own client. */
export interface JsonCall {
  readonly operation: string;
  readonly input: any;
  /** Milliseconds since 1970. */
  readonly deadline: number;
}

type Answer = (operation: string, input: any) => object | Promise<object>;

/** The function that answers the calls of each service, and the calls since it was set. */
const answers = new Map<string, { readonly answer: Answer; readonly calls: JsonCall[] }>();

const { call: realCall } = AwsJsonClient.prototype;

/** Answers the calls of a service without the network, and records them. The calls of other services are made. Call it in `beforeEach`. */
export function answerJsonCalls(service: JsonServiceName, answer: Answer): readonly JsonCall[] {
  const calls: JsonCall[] = [];
  answers.set(service, { answer, calls });
  AwsJsonClient.prototype.call = answerCall as AwsJsonClient['call'];
  return calls;
}

/** In place of the method of the client. */
async function answerCall(this: AwsJsonClient, operation: string, input: object, deadline: number): Promise<object> {
  const answered = answers.get(this.service.name);
  if (!answered) {
    return realCall.call(this, operation, input, deadline) as Promise<object>;
  }
  // As in a request: without undefined values, and independent of later changes.
  const sent = JSON.parse(JSON.stringify(input)) as object;
  answered.calls.push({ operation, input: sent, deadline });
  try {
    return await answered.answer(operation, sent);
  } catch (error) {
    throw jsonError(error);
  }
}

/** An error as a service answers it. */
export function serviceException(name: string, fields: object = {}, statusCode = 400): ServiceException {
  return new ServiceException(name, statusCode, { message: name, ...fields });
}

/** The error of the client for an error of a service. Other errors stay unchanged. */
function jsonError(error: unknown): unknown {
  return error instanceof ServiceError ? serviceException(error.code, { message: error.message, ...error.fields }) : error;
}
