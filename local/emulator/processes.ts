import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { LocalFailure } from './failure';
import { lastLines, shortPath } from './workspace';

/** How a command is run. */
export interface CommandOptions {
  /** What the reader calls it: `cdk deploy`. */
  readonly name: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** The file that takes its output. */
  readonly log: string;
  readonly timeoutSeconds: number;
}

// Standard input closes when this process dies, even without a chance to tidy
// up: the whole group then ends too.
const WITH_ITS_PARENT = 'exec 3<&0; "$@" </dev/null 3<&- & command=$!; (cat <&3; kill -s KILL 0) >/dev/null & wait $command';

/**
 * The processes that this command starts, each in a process group of its own,
 * so that what they start themselves ends with them.
 */
export class Processes {
  private readonly running = new Set<ChildProcess>();
  private ending = false;

  /** Runs a command to its end; a failure names its log and shows the log's end. */
  public async run(command: string, args: readonly string[], options: CommandOptions): Promise<void> {
    const child = this.start(command, args, options);
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      kill(child);
    }, options.timeoutSeconds * 1000);
    const code = await ended(child);
    clearTimeout(timer);
    if (this.ending) {
      // It was killed with all others: nobody waits for what comes next.
      return new Promise(() => undefined);
    }
    if (code !== 0) {
      throw new LocalFailure(
        `${options.name} ${timedOut ? `took longer than ${options.timeoutSeconds} s` : 'failed'}: see ${shortPath(options.log)}`,
        lastLines(options.log, 20),
      );
    }
  }

  /** Starts a command that lives until `end`, or until this process dies, however it does. */
  public start(command: string, args: readonly string[], { cwd, env, log }: Omit<CommandOptions, 'timeoutSeconds' | 'name'>): ChildProcess {
    const output = openSync(log, 'a');
    const child = spawn('sh', ['-c', WITH_ITS_PARENT, 'sh', command, ...args], { cwd, env, detached: true, stdio: ['pipe', output, output] });
    closeSync(output);
    this.running.add(child);
    void ended(child).then(() => {
      // What the command left behind in its group.
      kill(child);
      this.running.delete(child);
    });
    return child;
  }

  /** Whether all is being ended, so that a process which ends has not failed. */
  public get isEnding(): boolean {
    return this.ending;
  }

  /**
   * Kills all groups and waits until they are gone. The emulator keeps nothing
   * that is worth an orderly end, and SIGTERM takes it several seconds.
   */
  public async end(): Promise<void> {
    this.ending = true;
    const children = [...this.running];
    const deaths = children.map(ended);
    this.killNow();
    await Promise.race([Promise.all(deaths), sleep(5000, undefined, { ref: false })]);
    for (let attempt = 0; attempt < 20 && children.some(groupExists); attempt++) {
      await sleep(50);
    }
  }

  /** The part of `end` that is possible while the process exits. */
  public killNow(): void {
    this.running.forEach(kill);
  }
}

/** The exit code; null for a signal or a command that could not be started. */
export function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return Promise.resolve(child.exitCode);
  }
  return new Promise((resolve) => {
    child.once('error', () => resolve(null));
    child.once('exit', (code) => resolve(code));
  });
}

function kill(child: ChildProcess): void {
  if (child.pid !== undefined) {
    signalGroup(child.pid, 'SIGKILL');
  }
}

function groupExists(child: ChildProcess): boolean {
  return child.pid !== undefined && signalGroup(child.pid, 0);
}

/** False where the group is gone. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}
