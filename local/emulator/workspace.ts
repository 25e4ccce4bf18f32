import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const PROJECT_ROOT = join(__dirname, '..', '..');

/** The logs of so many runs stay. */
const KEPT_LOGS = 10;

/**
 * The folders of one run, all under `.local/`: temporary ones, which are
 * removed at its end, and the logs, which stay.
 */
export class Workspace {
  public readonly root = join(PROJECT_ROOT, '.local');
  /** The Python environment, which later runs use again. */
  public readonly python = join(this.root, 'python');
  public readonly logs: string;
  private readonly temporary: string;

  constructor(now: Date = new Date()) {
    // The process id keeps two runs of the same second apart.
    const name = `${now.toISOString().slice(0, 19).replace(/[:T]/g, '-')}-${process.pid}`;
    this.temporary = join(this.root, `run-${name}`);
    this.logs = join(this.root, 'logs', name);
    mkdirSync(this.logs, { recursive: true });
    this.removeLeftovers();
  }

  /** A temporary folder of this run. */
  public folder(name: string): string {
    const path = join(this.temporary, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  public log(name: string): string {
    const path = join(this.logs, `${name}.log`);
    writeFileSync(path, '', { flag: 'a' });
    return path;
  }

  /** Whether there is anything to read. */
  public hasLogs(): boolean {
    return existsSync(this.logs) && readdirSync(this.logs).length > 0;
  }

  /** The retries are for a process that was just ended and still wrote. */
  public remove(): void {
    rmSync(this.temporary, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    if (!this.hasLogs()) {
      rmSync(this.logs, { recursive: true, force: true });
    }
  }

  /** The folders of runs that were killed without a chance to tidy up, and all but the latest logs. */
  private removeLeftovers(): void {
    const leftovers = readdirSync(this.root).filter(isLeftover).map((folder) => join(this.root, folder));
    const logs = join(this.root, 'logs');
    const oldLogs = readdirSync(logs).sort().slice(0, -KEPT_LOGS).map((folder) => join(logs, folder));
    [...leftovers, ...oldLogs].forEach((folder) => rmSync(folder, { recursive: true, force: true }));
  }
}

/** Whether a run's folder belongs to a process that is no more. */
export function isLeftover(folder: string): boolean {
  const [, pid] = /^run-.*-(\d+)$/.exec(folder) ?? [];
  return pid !== undefined && !isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A path as a reader in the project's folder would type it. */
export function shortPath(path: string): string {
  return relative(PROJECT_ROOT, path);
}

/** The last lines of a log that say something. */
export function lastLines(path: string, count: number): string[] {
  return readFileSync(path, 'utf8').split('\n').map((line) => line.trimEnd()).filter(Boolean).slice(-count);
}
