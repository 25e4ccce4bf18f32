import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cleanEnvironment } from './emulator-environment';
import { LocalFailure } from './failure';
import type { Processes } from './processes';
import { lastLines, shortPath, type Workspace } from './workspace';

const START_TIMEOUT_SECONDS = 60;

/** A running emulator. */
export interface Ministack {
  readonly endpoint: string;
  /** Rejects when the emulator ends by itself. */
  readonly died: Promise<never>;
}

/** Starts the emulator on loopback and waits until it answers. */
export async function startMinistack(
  interpreter: string, port: number, stripeApi: string, workspace: Workspace, processes: Processes,
): Promise<Ministack> {
  const log = workspace.log('ministack');
  const endpoint = `http://127.0.0.1:${port}`;
  const child = processes.start(interpreter, ['-m', 'ministack'], {
    cwd: workspace.folder('ministack'), log, env: emulatorEnvironment(port, stripeApi, workspace),
  });
  const died = new Promise<never>((_, reject) => child.once('exit', () => {
    if (!processes.isEnding) {
      reject(new LocalFailure(`the emulator ended by itself: see ${shortPath(log)}`, lastLines(log, 8)));
    }
  }));
  // Avoids an unhandled rejection. Callers observe this rejection when they race `died` with their work.
  died.catch(() => undefined);
  await Promise.race([died, healthy(endpoint, log)]);
  return { endpoint, died };
}

function emulatorEnvironment(port: number, stripeApi: string, workspace: Workspace): NodeJS.ProcessEnv {
  return {
    ...cleanEnvironment(workspace),
    GATEWAY_PORT: String(port),
    BIND_HOST: '127.0.0.1',
    // The URLs of queues contain it. If IPv6 comes first, `localhost` is another address.
    MINISTACK_HOST: '127.0.0.1',
    IOT_MTLS_ENABLED: '0',
    SFTP_ENABLED: '0',
    // Otherwise the emulator would remove containers from the machine's Docker.
    DOCKER_HOST: 'unix:///nonexistent',
    STATE_DIR: workspace.folder('state'),
    S3_DATA_DIR: workspace.folder('s3'),
    // Functions inherit both: their requests for Stripe's API reach the stub.
    NODE_OPTIONS: `--require ${JSON.stringify(join(__dirname, 'redirect-fetch.cjs'))}`,
    LOCAL_STRIPE_API: stripeApi,
    // Each worker is a process of about 70 MB.
    LAMBDA_ACCOUNT_CONCURRENCY: '12',
  };
}

async function healthy(endpoint: string, log: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_SECONDS * 1000;
  while (Date.now() < deadline) {
    const response = await fetch(`${endpoint}/_ministack/health`, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    if (response?.ok) {
      return;
    }
    await sleep(100);
  }
  throw new LocalFailure(`the emulator did not answer within ${START_TIMEOUT_SECONDS} s: see ${shortPath(log)}`, lastLines(log, 8));
}
