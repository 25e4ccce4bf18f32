/**
 * Runs a handler in its own process, as Lambda does: one event after the other. It
 * measures the processor time of the whole process, which includes the garbage
 * collector and the compiler. `measured-process.ts` starts it with the path of a
 * module that exports a handler.
 */
import { createRequire } from 'node:module';

/** Asks for a number of invocations, which use the events in turns. */
export interface Run {
  readonly events: readonly unknown[];
  readonly invocations: number;
}

/** The result of a run. */
export interface RunReport {
  readonly microseconds: number;
  /** The bytes that were written to the log. */
  readonly logBytes: number;
  /** The answer to the last event. */
  readonly answer?: unknown;
  /** Why an invocation failed. The run then ended. */
  readonly error?: string;
}

type Handler = (event: unknown, context: object) => Promise<unknown>;

const CONTEXT = {
  awsRequestId: '8f5e1c1e-2f0b-4c50-9a55-6f1d9c1c5c11',
  functionName: 'any',
  invokedFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:any',
  memoryLimitInMB: '512',
  getRemainingTimeInMillis: () => 60_000,
};

const { handler } = createRequire(__filename)(process.argv[2]) as { readonly handler: Handler };
let logBytes = 0;
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = ((text: string | Uint8Array) => {
  logBytes += Buffer.byteLength(text);
  return write(text);
}) as typeof process.stdout.write;

/** The parts of an answer to API Gateway or to a stream that show a failure. */
interface HandlerAnswer {
  readonly statusCode?: number;
  readonly batchItemFailures?: readonly unknown[];
}

/** Throws for an answer that does not acknowledge the event. */
function expectSuccess(answer: unknown): void {
  const { statusCode = 200, batchItemFailures = [] } = (answer ?? {}) as HandlerAnswer;
  if (statusCode !== 200 || batchItemFailures.length > 0) {
    throw new Error(`the handler answered ${JSON.stringify(answer)}`);
  }
}

async function run({ events, invocations }: Run): Promise<RunReport> {
  logBytes = 0;
  const before = process.cpuUsage();
  let answer: unknown;
  for (let index = 0; index < invocations; index += 1) {
    answer = await handler(events[index % events.length], CONTEXT);
    expectSuccess(answer);
  }
  const { user, system } = process.cpuUsage(before);
  return { microseconds: user + system, logBytes, answer };
}

process.on('message', (message: Run) => {
  run(message).then(
    (report) => process.send!(report),
    (error: unknown) => process.send!({ microseconds: 0, logBytes: 0, error: String(error) } satisfies RunReport),
  );
});
process.on('disconnect', () => process.exit());
