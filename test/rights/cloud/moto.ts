import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** The account that moto simulates (https://docs.getmoto.org/en/latest/docs/multi_account.html). */
export const ACCOUNT = '123456789012';
export const REGION = 'us-east-1';

const START_TIMEOUT_MS = 60_000;

/** A moto server on a free port of this machine. */
export class Moto {
  public static async start(): Promise<Moto> {
    const command = process.env.MOTO_SERVER;
    if (command === undefined) {
      throw new Error('MOTO_SERVER is not set: run these tests with `npx projen test:rights`');
    }
    const server = spawn(command, ['--host', '127.0.0.1', '--port', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
    return new Moto(server, await endpointOf(server));
  }

  private constructor(private readonly server: ChildProcess, public readonly endpoint: string) {}

  public async stop(): Promise<void> {
    const ended = once(this.server, 'exit');
    this.server.kill();
    await ended;
  }
}

/** Reads the address that the server logs. Continues to read afterwards, because a full pipe would block the server. */
async function endpointOf(server: ChildProcess): Promise<string> {
  const lines: string[] = [];
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => reject(new Error(`moto ${reason}\n${lines.join('\n')}`));
    const timer = setTimeout(() => fail('did not start in time'), START_TIMEOUT_MS);
    server.on('error', (error) => fail(error.message));
    server.on('exit', (code) => fail(`ended with ${code}`));
    createInterface(server.stderr!).on('line', (line) => {
      lines.push(line);
      const endpoint = /Running on (http:\S+)/.exec(line)?.[1];
      if (endpoint !== undefined) {
        clearTimeout(timer);
        resolve(endpoint);
      }
    });
  });
}
