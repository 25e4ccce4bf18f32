import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A handler behind HTTP, in a process of its own. */
export class WebhookServerProcess {
  /** `script`: the compiled `webhook-server.ts`. `bundle`: the module with the handler. */
  public static async start(script: string, bundle: string, environment: Readonly<Record<string, string>>): Promise<WebhookServerProcess> {
    const host = fork(script, [bundle], {
      execArgv: [],
      // The log is not read.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { PATH: process.env.PATH, NODE_NO_WARNINGS: '1', ...environment },
    });
    const [url] = await once(host, 'message') as [string];
    return new WebhookServerProcess(host, url);
  }

  private constructor(private readonly host: ChildProcess, public readonly url: string) {}

  public stop(): void {
    this.host.disconnect();
  }
}
