import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { StubCall, StubMessage, StubReport } from './aws-stub';

/** AWS for the measured functions, in a process of its own. */
export class StubProcess {
  /** `script`: the compiled `aws-stub.ts`. */
  public static async start(script: string): Promise<StubProcess> {
    const host = fork(script, { execArgv: [], serialization: 'advanced' });
    const [{ url }] = await once(host, 'message') as [Extract<StubReport, { readonly url: string }>];
    return new StubProcess(host, url);
  }

  private constructor(private readonly host: ChildProcess, public readonly url: string) {}

  /** Sets the answer to an operation. */
  public answer(operation: string, body: object): void {
    this.send({ type: 'answer', operation, body: JSON.stringify(body) });
  }

  /** The calls that arrive during some work. */
  public async during(work: () => Promise<unknown>): Promise<readonly StubCall[]> {
    await this.take(true);
    await work();
    return this.take(false);
  }

  public stop(): void {
    this.host.disconnect();
  }

  private async take(keep: boolean): Promise<readonly StubCall[]> {
    const answered = once(this.host, 'message');
    this.send({ type: 'take', keep });
    const [{ calls }] = await answered as [Extract<StubReport, { readonly calls: unknown }>];
    return calls;
  }

  private send(message: StubMessage): void {
    this.host.send(message);
  }
}
