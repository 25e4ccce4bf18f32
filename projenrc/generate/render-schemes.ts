/* eslint-disable @typescript-eslint/no-require-imports -- `generatedFiles` is synchronous, and import() is not available in CommonJS */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { typescriptFile, type GeneratedFile } from './generated-file';
import type { Scheme } from '../../handlers/providers/shared/scheme';

const FOLDER = join(__dirname, '../../handlers/providers');
/** The folder among the providers that is not a provider. */
const SHARED = 'shared';

/**
 * The names of the schemes and of their events. They come from the provider
 * folders, because the type of the registry comes from them.
 */
export function schemeFiles(): GeneratedFile[] {
  const names = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== SHARED).map(({ name }) => name);
  return [typescriptFile('src/private/contract/generated/schemes.ts', [
    '/** The events of each scheme with their kinds. A scheme has no events if the user configures what its events mean. */',
    'export const SCHEME_EVENTS = {',
    ...names.sort().flatMap((name) => schemeLines(name)),
    '} as const;',
    '',
    '/** The ways of signing and writing webhooks that the validator supports: the folders of `handlers/providers`. */',
    'export type SchemeName = keyof typeof SCHEME_EVENTS;',
  ].join('\n'))];
}

function schemeLines(name: string): string[] {
  const [{ events }] = Object.values(require(join(FOLDER, name)) as Record<string, Scheme>);
  // eslint allows quotes only if one of the names needs them.
  const quote = Object.keys(events).every((event) => /^\w+$/.test(event)) ? '' : '\'';
  const lines = Object.entries(events).map(([event, { kind }]) => `    ${quote}${event}${quote}: '${kind}',`);
  return lines.length === 0 ? [`  '${name}': {},`] : [`  '${name}': {`, ...lines, '  },'];
}
