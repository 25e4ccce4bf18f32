import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isAlive } from '../../aws/local-system';

/** The number of runs whose logs are kept. */
const KEPT_LOGS = 10;
/** ANSI escapes and other control characters, which a terminal would interpret. */
const CONTROL = /\u001b\[[0-9;?]*[A-Za-z]|(?!\t)\p{Cc}/gu;

/** The places of a run. */
export interface WorkspaceOptions {
  /** The folder for everything that a run writes. */
  readonly root: string;
  /** The folder with the packages that Lambda's runtime provides. It can be missing. */
  readonly nodeModules: string;
  /** Paths in messages are relative to it. */
  readonly shownFrom: string;
  readonly now?: Date;
}

/**
 * The folders of one run: temporary ones, which are removed at its end, and the logs, which are kept.
 */
export class Workspace {
  public readonly root: string;
  public readonly nodeModules: string;
  /** The Python environment, which later runs reuse. */
  public readonly python: string;
  public readonly logs: string;
  private readonly temporary: string;
  private readonly shownFrom: string;

  constructor({ root, nodeModules, shownFrom, now = new Date() }: WorkspaceOptions) {
    // The process id makes the names of two runs in the same second unique.
    const name = `${now.toISOString().slice(0, 19).replace(/[:T]/g, '-')}-${process.pid}`;
    this.root = root;
    this.nodeModules = nodeModules;
    this.shownFrom = shownFrom;
    this.python = join(root, 'python');
    this.temporary = join(root, `run-${name}`);
    this.logs = join(root, 'logs', name);
    mkdirSync(this.logs, { recursive: true });
    mkdirSync(this.temporary, { recursive: true });
    // Modules of ECMAScript ignore NODE_PATH. They search the folders above their own, and the functions are below this one.
    symlinkSync(nodeModules, join(this.temporary, 'node_modules'));
    this.removeLeftovers();
  }

  /** A temporary folder of this run. */
  public folder(name: string): string {
    const path = join(this.temporary, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  /** A temporary file without content. */
  public emptyFile(name: string): string {
    return emptied(join(this.temporary, name));
  }

  public log(name: string): string {
    return emptied(join(this.logs, `${name}.log`));
  }

  /** Whether any log exists. */
  public hasLogs(): boolean {
    return existsSync(this.logs) && readdirSync(this.logs).length > 0;
  }

  /** The path for messages. */
  public shown(path: string): string {
    return relative(this.shownFrom, path);
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

/** Creates the file if it does not exist. */
function emptied(path: string): string {
  writeFileSync(path, '', { flag: 'a' });
  return path;
}

/** Whether a run's folder belongs to a process that no longer exists. */
export function isLeftover(folder: string): boolean {
  const [, pid] = /^run-.*-(\d+)$/.exec(folder) ?? [];
  return pid !== undefined && !isAlive(Number(pid));
}

/** The last lines of a log that are not empty, without control characters. */
export function lastLines(path: string, count: number): string[] {
  return readFileSync(path, 'utf8').replace(/\r\n/g, '\n').split('\n')
    .map((line) => line.replace(CONTROL, '').trimEnd()).filter(Boolean).slice(-count);
}
