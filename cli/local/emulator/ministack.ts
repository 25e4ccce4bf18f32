import { setTimeout as sleep } from 'node:timers/promises';
import { cleanEnvironment } from './emulator-environment';
import { LocalFailure } from './failure';
import type { Processes } from './processes';
import { lastLines, type Workspace } from './workspace';

const START_TIMEOUT_SECONDS = 60;

export interface MinistackOptions {
  readonly interpreter: string;
  readonly port: number;
  /** The Region of the functions that name none. */
  readonly region?: string;
  /** Further variables of the functions. */
  readonly variables?: { readonly [name: string]: string };
}

/** A running emulator. */
export interface Ministack {
  readonly endpoint: string;
  /** Rejects when the emulator ends by itself. */
  readonly died: Promise<never>;
}

/** Starts the emulator on loopback and waits until it answers. */
export async function startMinistack(
  { interpreter, port, region, variables }: MinistackOptions, workspace: Workspace, processes: Processes,
): Promise<Ministack> {
  const log = workspace.log('ministack');
  const endpoint = `http://127.0.0.1:${port}`;
  const child = processes.start(interpreter, ['-m', 'ministack'], {
    cwd: workspace.folder('ministack'), log, env: { ...emulatorEnvironment(port, workspace, region), ...variables },
  });
  const died = new Promise<never>((_, reject) => child.once('exit', () => {
    if (!processes.isEnding) {
      reject(new LocalFailure(`the emulator ended by itself: see ${workspace.shown(log)}`, lastLines(log, 8)));
    }
  }));
  // Avoids an unhandled rejection. Callers observe this rejection when they race `died` with their work.
  died.catch(() => undefined);
  await Promise.race([died, healthy(endpoint, () => child.exitCode !== null || processes.isEnding).then((isHealthy) => {
    if (!isHealthy) {
      throw new LocalFailure(`the emulator did not answer within ${START_TIMEOUT_SECONDS} s: see ${workspace.shown(log)}`, lastLines(log, 8));
    }
  })]);
  return { endpoint, died };
}

function emulatorEnvironment(port: number, workspace: Workspace, region?: string): NodeJS.ProcessEnv {
  return {
    ...cleanEnvironment(workspace, region),
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
    // Each worker is a process of about 70 MB.
    LAMBDA_ACCOUNT_CONCURRENCY: '12',
  };
}

/** Whether the emulator answers in time. Stops asking when it is over. */
async function healthy(endpoint: string, isOver: () => boolean): Promise<boolean> {
  const deadline = Date.now() + START_TIMEOUT_SECONDS * 1000;
  while (Date.now() < deadline && !isOver()) {
    const response = await fetch(`${endpoint}/_ministack/health`, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    if (response?.ok) {
      return true;
    }
    await sleep(100);
  }
  return false;
}
