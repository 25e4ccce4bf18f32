/**
 * Runs a handler's bundle in its own process, as Lambda does: it takes one
 * event after the other. Its waits and time-outs pass in a part of the time, so
 * that a call without an answer costs little. The bundle is unchanged.
 */
import { createRequire } from 'node:module';
import net from 'node:net';
import timers from 'node:timers/promises';
import { serveCertificates, setTime, trust } from '../handlers/support/host-environment';

/** An invocation. */
export interface Invocation {
  readonly id: number;
  readonly event: unknown;
  /** The current time, in milliseconds. */
  readonly at?: number;
  /** In the time of the function. */
  readonly timeoutMillis: number;
}

/** Asks for the memory in use, after a collection of garbage. */
export interface Measurement {
  readonly type: 'measure';
}

export interface MemoryUse {
  readonly heapBytes: number;
  readonly residentBytes: number;
}

export interface HostSettings {
  readonly bundle: string;
  /** How many times as fast the timers run. */
  readonly speed: number;
  /** The PEM of an additional trusted authority. */
  readonly trustedRoot?: string;
  readonly certificates: Readonly<Record<string, string>>;
  /** How many bytes of each event to keep, to check that a test notices it. */
  readonly leakedBytes: number;
}

/** `refused`: a connection was refused. */
export type HostReport =
  | { readonly type: 'refused' }
  | { readonly type: 'memory'; readonly use: MemoryUse }
  | { readonly type: 'outcome'; readonly id: number; readonly answer?: unknown; readonly error?: string };

const { bundle, speed, trustedRoot, certificates, leakedBytes } = JSON.parse(process.argv[2]) as HostSettings;
const report = (message: HostReport) => process.send!(message);

function speedUp(): void {
  const { setTimeout: realTimeout } = globalThis;
  globalThis.setTimeout = ((callback: () => void, millis = 0, ...rest: []) => realTimeout(callback, millis / speed, ...rest)) as typeof setTimeout;
  const abortAfter = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (millis) => abortAfter(Math.ceil(millis / speed));
  const { setTimeout: sleep } = timers;
  timers.setTimeout = async (millis = 0, ...rest) => sleep(millis / speed, ...rest);
  const { setTimeout: socketTimeout } = net.Socket.prototype;
  net.Socket.prototype.setTimeout = function speeded(millis, ...rest) {
    return socketTimeout.call(this, Math.ceil(millis / speed), ...rest);
  };
}

function reportRefusals(): void {
  const { connect } = net.Socket.prototype;
  net.Socket.prototype.connect = function observed(this: net.Socket, ...args: Parameters<typeof connect>) {
    this.once('error', ({ code }: NodeJS.ErrnoException) => code === 'ECONNREFUSED' && report({ type: 'refused' }));
    return connect.apply(this, args);
  } as typeof connect;
}

speedUp();
reportRefusals();
serveCertificates(new Map(Object.entries(certificates)));
if (trustedRoot) {
  trust(trustedRoot);
}
// Nobody reads the log.
process.stdout.write = () => true;
const { handler } = createRequire(__filename)(bundle) as { handler: (event: unknown, context: object) => Promise<unknown> };

const leaked: string[] = [];

function invoke({ id, event, at, timeoutMillis }: Invocation): void {
  setTime(at);
  const begin = performance.now();
  const context = {
    getRemainingTimeInMillis: () => timeoutMillis - (performance.now() - begin) * speed,
    awsRequestId: `request-${id}`,
    invokedFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:any',
  };
  handler(event, context).then(
    (answer) => report({ type: 'outcome', id, answer }),
    (error: unknown) => report({ type: 'outcome', id, error: String(error) }),
  );
}

function measure(): void {
  // The second one frees what finalizers of the first one released.
  global.gc!();
  global.gc!();
  const { heapUsed, rss } = process.memoryUsage();
  report({ type: 'memory', use: { heapBytes: heapUsed, residentBytes: rss } });
}

process.on('message', (message: Invocation | Measurement) => {
  if ('type' in message) {
    measure();
    return;
  }
  if (leakedBytes > 0) {
    // A slice of a text would keep all of it.
    leaked.push(Buffer.from(JSON.stringify(message.event).slice(0, leakedBytes)).toString('latin1'));
  }
  invoke(message);
});
// The end of the tests also ends the process.
process.on('disconnect', () => process.exit());
