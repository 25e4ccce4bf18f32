import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LocalFailure } from './failure';
import type { Processes } from './processes';
import type { Workspace } from './workspace';

const OLDEST = [3, 10] as const;
// The machine's python3 can be too old while a newer version is installed beside it.
const NAMES = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];

/** What the preparation of the environment reports. */
export type PythonProgress = (doing: string) => void;

/**
 * Creates the Python environment that the emulator runs in, or reuses the one of an earlier run. Returns its interpreter.
 *
 * @param requirements the file with the packages and the hashes of their files
 */
export async function preparePython(
  requirements: string, workspace: Workspace, processes: Processes, progress: PythonProgress,
): Promise<{ readonly interpreter: string; readonly reused: boolean }> {
  const interpreter = join(workspace.python, 'bin', 'python');
  // Written last: an environment without this file is incomplete.
  const marker = join(workspace.python, '.complete');
  const expected = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === expected && await isUsable(interpreter)) {
    return { interpreter, reused: true };
  }

  rmSync(workspace.python, { recursive: true, force: true });
  const log = workspace.log('python');
  const options = { cwd: workspace.root, env: pythonEnvironment(), log };
  progress('creating a Python environment');
  await processes.run(await findPython(), ['-m', 'venv', workspace.python], {
    ...options, name: 'creating the Python environment', timeoutSeconds: 120,
  });
  progress('installing the emulator with pip');
  await processes.run(interpreter, ['-m', 'pip', 'install', '--no-input', '--disable-pip-version-check', '--require-hashes', '-r', requirements], {
    ...options, name: 'installing the emulator with pip', timeoutSeconds: 600,
  });
  writeFileSync(marker, expected);
  return { interpreter, reused: false };
}

async function findPython(): Promise<string> {
  let newest: string | undefined;
  for (const name of NAMES) {
    const version = await ask(name, 'import sys; print("%d.%d" % sys.version_info[:2])');
    if (version && isRecent(version)) {
      if (await ask(name, 'import ensurepip, venv; print("yes")') === undefined) {
        throw new LocalFailure(`${name} (${version}) has no venv module: install it, on Debian and Ubuntu with apt install python3-venv`);
      }
      return name;
    }
    newest ??= version;
  }
  throw new LocalFailure(newest
    ? `Python ${newest} is too old: install Python ${OLDEST.join('.')} or later and put it on the PATH`
    : `Python is missing: install Python ${OLDEST.join('.')} or later and put it on the PATH as python3`);
}

/** Whether a version `3.11` is new enough for the emulator. */
export function isRecent(version: string): boolean {
  const [major, minor] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/** An environment breaks if its folder is moved or its Python is replaced. */
async function isUsable(interpreter: string): Promise<boolean> {
  return await ask(interpreter, 'import ministack; print("yes")') === 'yes';
}

async function ask(python: string, code: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(python, ['-c', code], { env: pythonEnvironment(), timeout: 20_000 });
    return stdout.trim();
  } catch {
    return undefined;
  }
}

/** The user's environment, for proxies and package mirrors, without the variables that point Python to other packages. */
function pythonEnvironment(): NodeJS.ProcessEnv {
  const { PYTHONPATH, PYTHONHOME, VIRTUAL_ENV, ...environment } = process.env;
  return environment;
}
