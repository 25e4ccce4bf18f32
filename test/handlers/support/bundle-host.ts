/**
 * Runs a handler's bundle in a process of its own, as Lambda does: Jest's
 * sandbox lacks the dynamic imports that the AWS SDK makes. Started by
 * `bundle-process.ts` with the bundle's path and, if one must be trusted beside
 * the known ones, the PEM of an authority; it is sent events.
 */
import Module, { createRequire } from 'node:module';
import * as tls from 'node:tls';
import type { Context } from 'aws-lambda';

/** What the host is sent. */
export type HostMessage =
  | { readonly type: 'event'; readonly id: number; readonly event: unknown; /** The time it is, in milliseconds. */ readonly at?: number }
  | { readonly type: 'certificate'; readonly url: string; readonly pem: string };

/** What it answers. */
export interface HostReply {
  readonly id: number;
  readonly answer?: unknown;
  /** What the handler threw. */
  readonly error?: string;
  /** What was written since the last reply. */
  readonly output: readonly string[];
}

const [, , bundle, root] = process.argv;
/** What the handlers read of Lambda's context. */
const CONTEXT: Pick<Context, 'getRemainingTimeInMillis'> = { getRemainingTimeInMillis: () => 60_000 };
const RealDate = Date;
const certificates = new Map<string, string>();
let output: string[] = [];

function setTime(at: number | undefined): void {
  globalThis.Date = at === undefined ? RealDate : class extends RealDate {
    public static override now(): number {
      return at!;
    }

    constructor(...args: unknown[]) {
      super(...(args.length === 0 ? [at] : args) as [number]);
    }
  } as DateConstructor;
}

/** The list of trusted roots cannot be added to: whoever asks for its module is given another one. */
function trust(pem: string): void {
  const loader = Module as unknown as { _load: (request: string, ...rest: unknown[]) => unknown };
  const load = loader._load;
  const extended = { ...tls, rootCertificates: [...tls.rootCertificates, pem] };
  loader._load = (request, ...rest) => request === 'node:tls' ? extended : load.call(Module, request, ...rest);
}

process.stdout.write = (text) => output.push(String(text)) > 0;
globalThis.fetch = async (url) => {
  const pem = certificates.get(String(url));
  return pem === undefined ? new Response('', { status: 404 }) : new Response(pem);
};
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
