import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { attemptTimeOuts } from '../aws/attempt-time-outs';

/**
 * Not retried, because the deadline of the answer includes every attempt. Each call has a connection of its own: a connection
 * that ended while the instance of this function was frozen would fail the only attempt.
 */
const client = new LambdaClient({
  maxAttempts: 1,
  requestHandler: { ...attemptTimeOuts(5_000), httpAgent: { keepAlive: false }, httpsAgent: { keepAlive: false } },
});

/** Invokes a function of the user and returns its answer. Throws if the function throws, with the name that Lambda gives to it. */
export async function invokeFunction(arn: string, payload: string, signal: AbortSignal): Promise<Uint8Array> {
  const { FunctionError: name, Payload: answer } = await client.send(
    new InvokeCommand({ FunctionName: arn, Payload: payload }), { abortSignal: signal },
  );
  if (name !== undefined) {
    throw Object.assign(new Error('the function failed'), { name: `FunctionError${name}` });
  }
  // The SDK returns null for an empty answer.
  return answer ?? new Uint8Array();
}
