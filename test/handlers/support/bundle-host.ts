/**
 * Runs a handler's bundle in its own process, as Lambda does, because the
 * sandbox of Jest does not support the dynamic imports of the AWS SDK.
 * `bundle-process.ts` starts it with the path of the bundle and, optionally, the
 * PEM of an additional trusted authority, and sends it messages.
 */
import { createRequire } from 'node:module';
import type { Context } from 'aws-lambda';
import { serveCertificates, setTime, trust } from './host-environment';

/** A message to the host. */
export type HostMessage =
  | { readonly type: 'event'; readonly id: number; readonly event: unknown; /** The current time, in milliseconds. */ readonly at?: number }
  | { readonly type: 'certificate'; readonly url: string; readonly pem: string };

/** The reply of the host. */
export interface HostReply {
  readonly id: number;
  readonly answer?: unknown;
  /** The error that the handler threw. */
  readonly error?: string;
  /** The output since the last reply. */
  readonly output: readonly string[];
}

const [, , bundle, root] = process.argv;
/** The part of Lambda's context that the handlers read. */
const CONTEXT: Pick<Context, 'getRemainingTimeInMillis' | 'invokedFunctionArn'> = {
  getRemainingTimeInMillis: () => 900_000, invokedFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:event-relay-test',
};
const certificates = new Map<string, string>();
let output: string[] = [];

process.stdout.write = (text) => output.push(String(text)) > 0;
serveCertificates(certificates);
if (root) {
  trust(root);
}
const { handler } = createRequire(__filename)(bundle) as { handler: (event: unknown, context: typeof CONTEXT) => Promise<unknown> };

process.on('message', (message: HostMessage) => {
  if (message.type === 'certificate') {
    certificates.set(message.url, message.pem);
    return;
  }
  setTime(message.at);
  const reply = (outcome: Pick<HostReply, 'answer' | 'error'>) => {
    const written = output;
    output = [];
    process.send!({ id: message.id, ...outcome, output: written } satisfies HostReply);
  };
  handler(message.event, CONTEXT).then((answer) => reply({ answer }), (error: unknown) => reply({ error: String(error) }));
});
