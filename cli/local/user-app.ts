import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { UsageError } from '../terminal/usage-error';

/** The app of a user, as `cdk.json` describes it. */
export interface UserApp {
  /** The shell command that synthesizes it. */
  readonly command: string;
  /** The context of `cdk.json`. */
  readonly context: object;
  /** The cached look-ups of `cdk.context.json`. */
  readonly lookups: object;
}

/** A command, with the arguments before those of a caller. */
export interface Executable {
  readonly command: string;
  readonly args: readonly string[];
}

interface CdkJson {
  readonly app?: unknown;
  readonly build?: unknown;
  readonly context?: object;
}

const NO_APP = 'Run this command in the folder of your CDK app, or name its command with --app.';

/** Reads the app in a folder. `app` replaces the command of `cdk.json`. */
export function readUserApp(folder: string, app?: string): UserApp {
  const { app: own, build, context = {} } = readSettings<CdkJson>(folder, 'cdk.json') ?? {};
  const command = app ?? own;
  if (typeof command !== 'string' || command.trim() === '') {
    throw new UsageError(existsSync(join(folder, 'cdk.json'))
      ? `the file cdk.json in ${folder} names no \`app\`. ${NO_APP}`
      : `the folder ${folder} has no cdk.json. ${NO_APP}`);
  }
  return {
    command: typeof build === 'string' ? `${build} && ${command}` : command,
    context,
    lookups: readSettings<object>(folder, 'cdk.context.json') ?? {},
  };
}

/** Finds the CDK's command line: that of the app, then that on the PATH. */
export function findCdk(folder: string, path = String(process.env.PATH)): Executable {
  try {
    const script = join(createRequire(join(folder, 'package.json')).resolve('aws-cdk/package.json'), '..', 'bin', 'cdk');
    return { command: process.execPath, args: [script] };
  } catch {
    const installed = path.split(delimiter).filter(Boolean).map((each) => join(each, 'cdk')).find(existsSync);
    if (installed === undefined) {
      throw new UsageError('the AWS CDK\'s command line is not installed. Install it in your app: npm install --save-dev aws-cdk');
    }
    return { command: installed, args: [] };
  }
}

function readSettings<T>(folder: string, name: string): T | undefined {
  let text: string;
  try {
    text = readFileSync(join(folder, name), 'utf8');
  } catch {
    return undefined;
  }
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw new UsageError(`the file ${name} in ${folder} is not JSON: ${(error as Error).message}`);
  }
}
