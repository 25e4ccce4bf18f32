import type { StreamRecord } from '../../handlers/aws/stream-change';

/** Lambda's record of an invocation with a batch of the stream. */
export interface FailedInvocation {
  /** The name of the function; undefined if the record does not have it. */
  readonly functionName?: string;
  /** The whole record. */
  readonly invocation: object;
  readonly records: readonly StreamRecord[];
}

/** `arn:aws:lambda:<region>:<account>:function:<name>[:<qualifier>]`. */
const FUNCTION_ARN = /^arn:[^:]+:lambda:[^:]*:[^:]*:function:([^:]+)/;

/** Reads an object of Lambda. Its payload is an object, or the JSON of one as text. Undefined if it is not such a record. */
export function failedInvocationOf(content: Buffer): FailedInvocation | undefined {
  try {
    const invocation = JSON.parse(content.toString()) as { readonly payload: unknown; readonly requestContext?: { readonly functionArn?: unknown } };
    const { payload, requestContext } = invocation;
    const { Records: records } = (typeof payload === 'string' ? JSON.parse(payload) : payload) as { readonly Records: readonly StreamRecord[] };
    const [, functionName] = FUNCTION_ARN.exec(String(requestContext?.functionArn)) ?? [];
    return Array.isArray(records) ? { functionName, invocation, records } : undefined;
  } catch {
    return undefined;
  }
}
