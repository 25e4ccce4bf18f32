import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './guarded-command';
import type { Template } from './template-difference';

export const APPS = ['smallest', 'full'] as const;
export type AppName = typeof APPS[number];

/** One function of the smallest app is an image for each handler. */
const IMAGES = 4;

/** Synthesizes without the tool of the CDK: runs a command that must run the app. */
export async function synthesize(folder: string, app: AppName, [command, ...args]: readonly string[], output: string): Promise<Template> {
  // The CDK validates the template at the first synthesis of a process, which other checks cover.
  const env = { CDK_OUTDIR: join(folder, output), CDK_VALIDATION: 'false', JSII_DEPRECATED: 'quiet' };
  await runCommand(command, [...args, `${app}.mjs`], { cwd: folder, env });
  return templateOf(folder, app, output);
}

/** The template that an app wrote, which must contain the functions. */
export function templateOf(folder: string, app: AppName, output: string): Template {
  const template = JSON.parse(readFileSync(join(folder, output, 'Payments.template.json'), 'utf8')) as Template;
  const functions = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
  const images = functions.filter(({ Properties }) => Properties?.PackageType === 'Image');
  if (functions.length < IMAGES || images.length !== (app === 'smallest' ? IMAGES : 0)) {
    throw new Error(`the ${app} app has ${functions.length} functions, of which ${images.length} are images`);
  }
  return template;
}

/** The version of an installed package. */
export function installedVersion(folder: string, name: string): string {
  return (JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')) as { readonly version: string }).version;
}
