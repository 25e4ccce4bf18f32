import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { devNull } from 'node:os';
import type { Run, RunReport } from './measured-host';

/** A handler in a process of its own. */
export class MeasuredProcess {
  private readonly host: ChildProcess;

  /** `script`: the compiled `measured-host.ts`. `bundle`: the module with the handler. */
  constructor(script: string, private readonly bundle: string, environment: Readonly<Record<string, string>>) {
    this.host = fork(script, [bundle], {
      execArgv: [],
      serialization: 'advanced',
      // The log is written, but nobody reads it.
      stdio: ['ignore', openSync(devNull, 'w'), 'inherit', 'ipc'],
      env: { PATH: process.env.PATH, NODE_NO_WARNINGS: '1', ...environment },
    });
  }

  /** Invokes the handler. Throws if an invocation fails. */
  public async run(run: Run): Promise<RunReport> {
    const ended = new AbortController();
    const answered = once(this.host, 'message', { signal: ended.signal }) as Promise<[RunReport]>;
    const exited = once(this.host, 'exit', { signal: ended.signal }).then(([code]) => { throw new Error(`${this.bundle} ended with ${code}`); });
    exited.catch(() => undefined);
    this.host.send(run);
    const [report] = await Promise.race([answered, exited]) as [RunReport];
    ended.abort();
    if (report.error !== undefined) {
      throw new Error(`${this.bundle}: ${report.error}`);
    }
    return report;
  }

  /** The processor time of an invocation, in microseconds. */
  public async microsecondsOf(run: Run): Promise<number> {
    return (await this.run(run)).microseconds / run.invocations;
  }

  public stop(): void {
    this.host.disconnect();
  }
}
