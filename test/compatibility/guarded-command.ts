import { spawn } from 'node:child_process';

export interface CommandOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

const COMMAND_MS = 120_000;
const SECOND_MS = 1_000;
/** Lines that name a problem, as Node, the compilers and the package managers write them. */
const PROBLEM = /\b\w*Error(?: \[\w+\])?: |\berror\b|\bERR[!_]|✘|●|\bFAIL\b|\bfailed\b/;

/** The commands that run, each with a process group of its own. */
const running = new Set<number>();
const endAll = () => running.forEach((pid) => process.kill(-pid, 'SIGKILL'));

/** Ends what runs if somebody ends this process, which then exits. `cleanUp` runs before. */
export function endCommandsOnSignals(cleanUp: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      endAll();
      cleanUp();
      process.exit(1);
    });
  }
}

/** A command that failed or did not end in time. The message is one line. */
export class CommandFailure extends Error {
  constructor(reason: string, public readonly output: string) {
    super(reason);
    this.name = 'CommandFailure';
  }
}

/** Runs a command and returns what it prints to its standard output. Ends it with its children after a time limit. */
export async function runCommand(command: string, args: readonly string[], { cwd, env, timeoutMs = COMMAND_MS }: CommandOptions): Promise<string> {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const { pid } = child;
  if (pid !== undefined) {
    running.add(pid);
  }
  let output = '';
  let all = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
    all += chunk;
  });
  child.stderr.on('data', (chunk) => {
    all += chunk;
  });
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    process.kill(-pid!, 'SIGKILL');
  }, timeoutMs);
  return new Promise((resolve, reject) => {
    child.once('error', ({ message }) => {
      clearTimeout(timer);
      reject(new CommandFailure(message, all));
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      running.delete(pid!);
      if (timedOut) {
        reject(new CommandFailure(`timed out after ${timeoutMs / SECOND_MS} s`, all));
      } else if (code === 0) {
        resolve(output);
      } else {
        reject(new CommandFailure(firstProblem(all) ?? `ended with ${code ?? signal}`, all));
      }
    });
  });
}

/** The first line of an output that names a problem, or else the first line with text. */
export function firstProblem(output: string): string | undefined {
  const lines = output.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  return lines.find((line) => PROBLEM.test(line)) ?? lines[0];
}

const INSTALL_MS = 180_000;

/** Runs a command that downloads packages, a second time if it fails. A failure names the registry, because the package is not the likely cause. */
export async function install(command: string, args: readonly string[], options: CommandOptions): Promise<void> {
  const attempt = async () => runCommand(command, args, { timeoutMs: INSTALL_MS, ...options });
  try {
    await attempt();
  } catch {
    await attempt().catch((error: CommandFailure) => {
      throw new CommandFailure(`cannot install, twice: ${error.message}`, error.output);
    });
  }
}
