import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { HostReport, HostSettings, Invocation, Measurement, MemoryUse } from './lambda-host';
import type { ImageName } from '../../src/private/contract';
import { bundleOf } from '../handlers/support/bundle-process';

const HOST = join(__dirname, '..', '..', '.local', 'faults', 'lambda-host.js');

/** Compiles the host once. Loading a compiler in each process would take most of the time. */
export function compileHost(): void {
  buildSync({ entryPoints: [join(__dirname, 'lambda-host.ts')], outfile: HOST, bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' });
}

export interface LambdaFunctionProps {
  readonly handler: ImageName;
  readonly environment: Readonly<Record<string, string>>;
  /** The time-out of the function, in its own time. */
  readonly timeoutMillis: number;
  /** How many times as fast its timers run. */
  readonly speed: number;
  readonly trustedRoot?: string;
  readonly certificates?: Readonly<Record<string, string>>;
  readonly onRefused?: () => void;
  /** The memory of the function in the template. Its process gets the heap that Lambda would give it, and can measure it. */
  readonly memoryMb?: number;
  /** How many bytes of each event the process keeps, to check that a test notices it. */
  readonly leakedBytes?: number;
}

/** The share of a function's memory that V8 can use for the heap's old generation. Lambda's own start script of Node.js uses it. */
const HEAP_SHARE = 0.9;
/**
 * While a process is young, V8 compiles what runs often and keeps data about it, which makes the heap grow by about a tenth.
 * Without its compilers, the heap has only what the function keeps.
 */
const MEASURABLE = ['--expose-gc', '--no-lazy-feedback-allocation', '--no-flush-bytecode', '--no-opt', '--no-sparkplug'];

interface Pending {
  readonly resolve: (answer: any) => void;
  readonly reject: (error: Error) => void;
}

/** A built handler in a process of its own, which Lambda starts again when it dies. */
export class LambdaFunction {
  /** How often the function ran into its time-out. */
  public timeouts = 0;
  public kills = 0;
  private host?: ChildProcess;
  private pending?: Pending;
  private count = 0;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly props: LambdaFunctionProps) {}

  /** Invokes the function, after the invocations before. Rejects if it throws, dies or runs into its time-out. */
  public async invoke<Answer>(event: unknown, at?: number): Promise<Answer> {
    const answer = this.turn.then(async () => this.invokeNow<Answer>(event, at));
    this.turn = answer.catch(() => undefined);
    return answer;
  }

  /** The memory of the process, after the invocations before and a collection of garbage. */
  public async measure(): Promise<MemoryUse> {
    const use = this.turn.then(async () => new Promise<MemoryUse>((resolve, reject) => {
      this.host ??= this.start();
      this.pending = { resolve, reject };
      this.host.send({ type: 'measure' } satisfies Measurement);
    }));
    this.turn = use.catch(() => undefined);
    return use;
  }

  public kill(): void {
    this.kills += 1;
    this.end('was killed');
  }

  public stop(): void {
    this.end('was stopped');
  }

  private async invokeNow<Answer>(event: unknown, at?: number): Promise<Answer> {
    const { timeoutMillis, speed } = this.props;
    this.host ??= this.start();
    const { host } = this;
    const id = this.count += 1;
    let timer: NodeJS.Timeout;
    return new Promise<Answer>((resolve, reject) => {
      this.pending = { resolve, reject };
      timer = setTimeout(() => {
        this.timeouts += 1;
        this.end('ran into its time-out');
      }, timeoutMillis / speed);
      host.send({ id, event, at, timeoutMillis } satisfies Invocation);
    }).finally(() => {
      clearTimeout(timer);
      this.pending = undefined;
    });
  }

  private start(): ChildProcess {
    const { handler, environment, speed, trustedRoot, certificates = {}, onRefused, memoryMb, leakedBytes = 0 } = this.props;
    const settings: HostSettings = { bundle: bundleOf(handler), speed, trustedRoot, certificates, leakedBytes };
    const execArgv = memoryMb === undefined ? [] : [...MEASURABLE, `--max-old-space-size=${Math.floor(memoryMb * HEAP_SHARE)}`];
    const host = fork(HOST, [JSON.stringify(settings)], { execArgv, env: { PATH: process.env.PATH, NODE_NO_WARNINGS: '1', ...environment } });
    host.on('message', (report: HostReport) => {
      if (host !== this.host) {
        return;
      }
      if (report.type === 'refused') {
        onRefused?.();
      } else if (report.type === 'memory') {
        this.pending?.resolve(report.use);
      } else if (report.error === undefined) {
        this.pending?.resolve(report.answer);
      } else {
        this.pending?.reject(new Error(report.error));
      }
    });
    host.on('exit', (code) => host === this.host && this.end(`ended with ${code}`));
    return host;
  }

  private end(reason: string): void {
    const { host, pending } = this;
    this.host = undefined;
    host?.kill('SIGKILL');
    pending?.reject(new Error(`the ${this.props.handler} ${reason}`));
  }
}
