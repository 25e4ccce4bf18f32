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

/** Answers the calls of a service without the network, and records them. Call it in `beforeEach`. */
export function answerJsonCalls(service: JsonServiceName, answer: Answer): readonly JsonCall[] {
  const calls: JsonCall[] = [];
  answers.set(service, { answer, calls });
  jest.spyOn(AwsJsonClient.prototype, 'call').mockImplementation(async function call(this: AwsJsonClient, operation, input, deadline) {
    const answered = answers.get(this.service.name);
    if (!answered) {
      throw new Error(`the test answers no calls of ${this.service.name}`);
    }
    // As in a request: without undefined values, and independent of later changes.
    const sent = JSON.parse(JSON.stringify(input)) as object;
    answered.calls.push({ operation, input: sent, deadline });
    try {
      return await answered.answer(operation, sent);
    } catch (error) {
      throw jsonError(error);
    }
  });
  return calls;
}

/** An error as a service answers it. */
export function serviceException(name: string, fields: object = {}, statusCode = 400): ServiceException {
  return new ServiceException(name, statusCode, { message: name, ...fields });
}

/** The error of the client for an error of a service. Other errors stay unchanged. */
function jsonError(error: unknown): unknown {
  return error instanceof ServiceError ? serviceException(error.code, { message: error.message, ...error.fields }) : error;
}
