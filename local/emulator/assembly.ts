import { readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { leaveOutRefused, type LeftOut } from './left-out';
import { nestedTemplatePath, type Template } from './template';

/** The part of a cloud assembly's manifest that is needed to find the templates. */
interface Manifest {
  readonly artifacts: {
    readonly [id: string]: {
      readonly type: string;
      readonly properties?: { readonly templateFile?: string; readonly directoryName?: string };
    };
  };
}

/**
 * Removes the resources that the emulator rejects from a synthesized app.
 *
 * A template's asset keeps the hash that the app gave it: the CDK uses it as
 * the name to upload under and does not compare it with the content.
 */
export function leaveOutOfAssembly(folder: string): readonly LeftOut[] {
  const before = readTemplates(folder);
  const { templates, leftOut } = leaveOutRefused(before);
  if (leftOut.length > 0) {
    templates.forEach((template, path) => writeFileSync(join(folder, path), JSON.stringify(template, undefined, 1)));
  }
  return leftOut;
}

/** The templates of all stacks, including nested stacks and stacks in stages. */
function readTemplates(folder: string): Map<string, Template> {
  const templates = new Map<string, Template>();
  const add = (path: string) => {
    const template = readJson<Template>(folder, path);
    templates.set(path, template);
    Object.values(template.Resources ?? {}).flatMap((resource) => nestedTemplatePath(path, resource) ?? []).forEach(add);
  };
  stackTemplates(folder, '').forEach(add);
  return templates;
}

function stackTemplates(folder: string, directory: string): string[] {
  const { artifacts } = readJson<Manifest>(folder, posix.join(directory, 'manifest.json'));
  return Object.values(artifacts).flatMap(({ type, properties }) => {
    switch (type) {
      case 'aws:cloudformation:stack':
        return [posix.join(directory, properties!.templateFile!)];
      case 'cdk:cloud-assembly':
        return stackTemplates(folder, posix.join(directory, properties!.directoryName!));
      default:
        return [];
    }
  });
}

function readJson<T>(folder: string, path: string): T {
  return JSON.parse(readFileSync(join(folder, path), 'utf8')) as T;
}
