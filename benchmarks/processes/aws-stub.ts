/**
 * Answers the calls of the measured functions like AWS, in a process of its own, so
 * that its processor time is not counted. The answers are fixed: they cost little,
 * and they are the same for each candidate. `stub-process.ts` starts it.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call as it arrived. */
export interface StubCall {
  readonly operation: string;
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A message to the stub. */
export type StubMessage =
  /** Sets the answer to an operation, as JSON. */
  | { readonly type: 'answer'; readonly operation: string; readonly body: string }
  /** Asks for the calls since the last time. `keep`: whether to keep those that follow. */
  | { readonly type: 'take'; readonly keep: boolean };

/** A message of the stub: its address at the start, later the calls. */
export type StubReport = { readonly url: string } | { readonly calls: readonly StubCall[] };

const answers = new Map<string, string>();
let calls: StubCall[] | undefined;

function answerTo(operation: string, body: Buffer): string {
  if (operation === 'PutEvents') {
    const { Entries } = JSON.parse(body.toString()) as { readonly Entries: readonly unknown[] };
    return JSON.stringify({ FailedEntryCount: 0, Entries: Entries.map((_, index) => ({ EventId: String(index) })) });
  }
  return answers.get(operation) ?? '{}';
}

function callOf({ url, method, headers }: IncomingMessage, body: Buffer): StubCall {
  // Only S3 has no header for the operation.
  const operation = String(headers['x-amz-target'] ?? '.PutObject').split('.')[1];
  return { operation, path: url!, method: method!, headers: headers as Record<string, string>, body };
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const call = callOf(request, Buffer.concat(chunks));
    calls?.push(call);
    const text = call.operation === 'PutObject' ? '' : answerTo(call.operation, Buffer.from(call.body));
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0', 'content-length': Buffer.byteLength(text), 'etag': '"an-etag"' }).end(text);
  });
});
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () => report({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));

function report(message: StubReport): void {
  process.send!(message);
}

process.on('message', (message: StubMessage) => {
  if (message.type === 'answer') {
    answers.set(message.operation, message.body);
    return;
  }
  report({ calls: calls ?? [] });
  calls = message.keep ? [] : undefined;
});
process.on('disconnect', () => process.exit());
