import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { LocalFailure } from './failure';
import { lastLines, type Workspace } from './workspace';

/** Options for running a command. */
export interface CommandOptions {
  /** The name in messages, such as `cdk deploy`. */
  readonly name: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** The file that its output is written to. */
  readonly log: string;
  readonly timeoutSeconds: number;
}

/** Options for starting a command. */
export interface ServiceOptions extends Pick<CommandOptions, 'cwd' | 'env'> {
  /** The file that its output is written to. If omitted, the output is that of this process. */
  readonly log?: string;
}

// Standard input closes when this process dies, even if it cannot clean up.
// The whole group then ends too.
const WITH_ITS_PARENT = 'exec 3<&0; "$@" </dev/null 3<&- & command=$!; (cat <&3; kill -s KILL 0) >/dev/null & wait $command';

/**
 * The processes that this command starts. Each has its own process group, so
 * that its child processes end with it.
 */
export class Processes {
  private readonly running = new Set<ChildProcess>();
  private ending = false;

  constructor(private readonly workspace: Pick<Workspace, 'shown'>) {}

  /** Runs a command until it ends. If it fails, the error names the log and shows its last lines. */
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
      // It was killed together with the others. The caller has already stopped waiting.
      return new Promise(() => undefined);
    }
    if (code !== 0) {
      throw new LocalFailure(
        `${options.name} ${timedOut ? `took longer than ${options.timeoutSeconds} s` : 'failed'}: see ${this.workspace.shown(options.log)}`,
        lastLines(options.log, 20),
      );
    }
  }

  /** Starts a command that runs until `end` or until this process dies for any reason. */
  public start(command: string, args: readonly string[], { cwd, env, log }: ServiceOptions): ChildProcess {
    if (this.ending) {
      // Work that was interrupted continues until its next command.
      throw new LocalFailure('stopped');
    }
    const output = log === undefined ? 'inherit' : openSync(log, 'a');
    const child = spawn('sh', ['-c', WITH_ITS_PARENT, 'sh', command, ...args], { cwd, env, detached: true, stdio: ['pipe', output, output] });
    if (typeof output === 'number') {
      closeSync(output);
    }
    this.running.add(child);
    void ended(child).then(() => {
      // Kills the processes that the command left in its group.
      kill(child);
      this.running.delete(child);
    });
    return child;
  }

  /** Whether `end` was called. A process that ends after that has not failed. */
  public get isEnding(): boolean {
    return this.ending;
  }

  /**
   * Kills all groups and waits until they are gone. The emulator has no state to
   * save, and it needs several seconds to react to SIGTERM.
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

/** Returns false if the group is gone. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}
