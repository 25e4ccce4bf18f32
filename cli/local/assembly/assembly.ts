import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExclusionRules } from './exclusion-rules';
import { leaveOutRefused, type LeftOutResources } from './left-out';
import { readAssembly, readJson } from './manifest';
import { nestedTemplatePath, type Template, type Templates } from './template';

/**
 * Removes the resources that the rules refuse from a synthesized app.
 *
 * A template's asset keeps the hash that the app gave it: the CDK uses it as
 * the name to upload under and does not compare it with the content.
 */
export function leaveOutOfAssembly(folder: string, rules: ExclusionRules): LeftOutResources {
  const { templates, leftOut, dependents } = leaveOutRefused(readTemplates(folder), rules);
  if (leftOut.length > 0) {
    writeTemplates(folder, templates);
  }
  return { leftOut, dependents };
}

/** The templates of all stacks, including nested stacks and stacks in stages. */
export function readTemplates(folder: string): Map<string, Template> {
  const templates = new Map<string, Template>();
  const add = (path: string) => {
    const template = readJson<Template>(folder, path);
    templates.set(path, template);
    Object.values(template.Resources ?? {}).flatMap((resource) => nestedTemplatePath(path, resource) ?? []).forEach(add);
  };
  readAssembly(folder).stacks.forEach(({ template }) => add(template));
  return templates;
}

export function writeTemplates(folder: string, templates: Templates): void {
  templates.forEach((template, path) => writeFileSync(join(folder, path), JSON.stringify(template, undefined, 1)));
}
