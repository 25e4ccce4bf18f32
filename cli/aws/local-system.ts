import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A system that `cdk-webhooks local` runs in an emulator on this machine. */
export interface LocalSystem {
  /** The URL of the emulator, which answers for every AWS service. */
  readonly endpoint: string;
  readonly region: string;
  readonly stack: string;
  /** The process of the command. The system ends with it. */
  readonly pid: number;
}

/** The folder of `cdk-webhooks local` in the folder of the user's app. */
export const TOOL_FOLDER = '.webhooks';

/** Describes the running system to the other commands. */
export const LOCAL_SYSTEM_FILE = join(TOOL_FOLDER, 'local.json');

/** The emulator binds no other address. */
const LOOPBACK = '127.0.0.1';

/** The emulator accepts any credentials. It must never get real ones. */
export const LOCAL_CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' } as const;

/** The system that was started in a folder, if it still runs. */
export function findLocalSystem(folder: string): LocalSystem | undefined {
  let text: string;
  try {
    text = readFileSync(join(folder, LOCAL_SYSTEM_FILE), 'utf8');
  } catch {
    return undefined;
  }
  const system = JSON.parse(text) as LocalSystem;
  // The file can come from somebody else, and webhooks with valid signatures are sent to this address.
  return isAlive(system.pid) && new URL(system.endpoint).hostname === LOOPBACK ? system : undefined;
}

/** Whether a process exists. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // The process of another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The URL that a provider posts to. That of a local system is a path of the emulator, because its outputs have AWS's address. */
export function reachableUrl(url: string, local: LocalSystem | undefined): string {
  if (local === undefined) {
    return url;
  }
  const { hostname, pathname } = new URL(url);
  return `${local.endpoint}/_aws/execute-api/${hostname.split('.')[0]}${pathname}`;
}
