import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const PROJECT_ROOT = join(__dirname, '..', '..');

/** The number of runs whose logs are kept. */
const KEPT_LOGS = 10;

/**
 * The folders of one run, all under `.local/`: temporary ones, which are
 * removed at its end, and the logs, which are kept.
 */
export class Workspace {
  public readonly root = join(PROJECT_ROOT, '.local');
  /** The Python environment, which later runs reuse. */
  public readonly python = join(this.root, 'python');
  public readonly logs: string;
  private readonly temporary: string;

  constructor(now: Date = new Date()) {
    // The process id makes the names of two runs in the same second unique.
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

  /** Whether any log exists. */
  public hasLogs(): boolean {
    return existsSync(this.logs) && readdirSync(this.logs).length > 0;
  }

  /** The retries cover a process that was just killed and was still writing. */
  public remove(): void {
    rmSync(this.temporary, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    if (!this.hasLogs()) {
      rmSync(this.logs, { recursive: true, force: true });
    }
  }

  /** Removes the folders of runs that were killed before they could clean up, and all but the latest logs. */
  private removeLeftovers(): void {
    const leftovers = readdirSync(this.root).filter(isLeftover).map((folder) => join(this.root, folder));
    const logs = join(this.root, 'logs');
    const oldLogs = readdirSync(logs).sort().slice(0, -KEPT_LOGS).map((folder) => join(logs, folder));
    [...leftovers, ...oldLogs].forEach((folder) => rmSync(folder, { recursive: true, force: true }));
  }
}

/** Whether a run's folder belongs to a process that no longer exists. */
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

/** The path relative to the current folder, for messages. */
export function shortPath(path: string): string {
  return relative(PROJECT_ROOT, path);
}

/** The last lines of a log that are not empty. */
export function lastLines(path: string, count: number): string[] {
  return readFileSync(path, 'utf8').split('\n').map((line) => line.trimEnd()).filter(Boolean).slice(-count);
}
