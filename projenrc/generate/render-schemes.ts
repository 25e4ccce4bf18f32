/* eslint-disable @typescript-eslint/no-require-imports -- `generatedFiles` is synchronous, and import() is not available in CommonJS */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { typescriptFile, type GeneratedFile } from './generated-file';
import type { Scheme } from '../../handlers/providers/shared/scheme';

const FOLDER = join(__dirname, '../../handlers/providers');
/** The folder among the providers that is not a provider. */
const SHARED = 'shared';
/** The provider's other events, each in a line. Lines with `#` are comments. */
const OTHER_EVENTS = 'other-events.txt';

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
  const kinds = [...Object.entries(events).map(([event, { kind }]) => [event, kind]), ...otherEvents(name).map((event) => [event, 'other'])];
  // eslint allows quotes only if one of the names needs them.
  const quote = kinds.every(([event]) => /^[a-z_]\w*$/i.test(event)) ? '' : '\'';
  const lines = kinds.map(([event, kind]) => `    ${quote}${event}${quote}: '${kind}',`);
  return lines.length === 0 ? [`  '${name}': {},`] : [`  '${name}': {`, ...lines, '  },'];
}

/** The names that the handlers need not distinguish. They are in a file of their own, so that the bundles do not contain them. */
function otherEvents(name: string): string[] {
  const file = join(FOLDER, name, OTHER_EVENTS);
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#')) : [];
}
