import { fork, type ChildProcess } from 'node:child_process';
import { join, resolve } from 'node:path';
import type { HostMessage, HostReply } from './bundle-host';
import { bundlePathOf } from '../../../projenrc/handler-entries';
import type { HandlerName } from '../../../src/private/contract';

const ROOT = resolve(__dirname, '..', '..', '..');

/** The path of a handler's bundle. */
export function bundleOf(handler: HandlerName): string {
  return join(ROOT, bundlePathOf(handler));
}

/**
 * A handler as it is deployed: the unchanged bundle in its own process. Its
 * output is repeated in this process, so that `Output` can capture it.
 */
export class BundleProcess {
  private readonly host: ChildProcess;
  private readonly waiting = new Map<number, { resolve: (answer: any) => void; reject: (error: Error) => void }>();
  private count = 0;

  /** `trustedRoot`: the PEM of an authority to trust in addition to the known ones. */
  constructor(handler: HandlerName, environment: Readonly<Record<string, string>>, trustedRoot = '') {
    this.host = fork(join(__dirname, 'bundle-host.ts'), [bundleOf(handler), trustedRoot], {
      execArgv: ['--import', 'tsx'],
      env: { PATH: process.env.PATH, NODE_NO_WARNINGS: '1', TSX_DISABLE_CACHE: '1', ...environment },
    });
    this.host.on('message', (reply: HostReply) => this.settle(reply));
    this.host.on('exit', (code) => this.waiting.forEach(({ reject }) => reject(new Error(`the ${handler} ended with ${code}`))));
  }

  public stop(): void {
    this.host.kill();
  }

  /** Makes a certificate available at a URL. */
  public publish(url: string, pem: string): void {
    this.post({ type: 'certificate', url, pem });
  }

  /** Invokes the handler with an event at the given time. Rejects if the handler throws. */
  public async send<Answer>(event: unknown, at?: Date): Promise<Answer> {
    const id = this.count += 1;
    return new Promise((resolveWith, reject) => {
      this.waiting.set(id, { resolve: resolveWith, reject });
      this.post({ type: 'event', id, event, at: at?.getTime() });
    });
  }

  private post(message: HostMessage): void {
    this.host.send(message);
  }

  private settle({ id, answer, error, output }: HostReply): void {
    output.forEach((line) => process.stdout.write(line));
    const { resolve: resolveWith, reject } = this.waiting.get(id)!;
    this.waiting.delete(id);
    if (error === undefined) {
      resolveWith(answer);
    } else {
      reject(new Error(error));
    }
  }
}
