import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { LocalFailure } from './failure';

/** The emulator's CloudFormation rejects a template with a type that is not registered there. */
const SCRIPT = 'import json\nfrom ministack.services.cloudformation.provisioners import _RESOURCE_HANDLERS\nprint(json.dumps(sorted(_RESOURCE_HANDLERS)))';

/** Asks the installed emulator for the resource types that it supports. */
export async function readSupportedTypes(interpreter: string, env: NodeJS.ProcessEnv): Promise<ReadonlySet<string>> {
  try {
    const { stdout } = await promisify(execFile)(interpreter, ['-c', SCRIPT], { env, timeout: 60_000 });
    return new Set(JSON.parse(stdout) as string[]);
  } catch (error) {
    throw new LocalFailure(`the emulator does not list the resource types that it supports: ${(error as Error).message.split('\n')[0]}`);
  }
}
