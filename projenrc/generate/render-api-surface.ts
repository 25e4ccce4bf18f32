import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GeneratedFile } from './generated-file';
import { commandLines } from '../api-surface/command-lines';
import { configurationLines, busEventLines, itemLines, metricLines } from '../api-surface/contract-lines';
import { libraryLines } from '../api-surface/library-lines';
import { mergeSurface, type SurfaceLine } from '../api-surface/surface-lines';
import { logicalIdLines, physicalNameLines, type SnapshotTemplate } from '../api-surface/template-lines';

const ROOT = join(__dirname, '../..');

/** The snapshots of the smallest system, and of one with every option and this suffix. */
const MINIMAL = 'test/integ/integ.minimal.ts.snapshot/WebhookMinimal.template.json';
const EVERYTHING = 'test/integ/integ.everything.ts.snapshot/WebhookEverything.template.json';
const SUFFIX = 'everything';
/** The id of the construct in both. */
const SYSTEM_ID = 'Payments';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const template = (path: string) => JSON.parse(read(path)) as SnapshotTemplate;

/** What each file of test/api-surface/ records. docs/versioning.md has the rules. */
const SURFACE: { readonly [file: string]: () => SurfaceLine[] } = {
  'library': () => libraryLines(read('API.md')),
  'logical-ids': () => [
    ...logicalIdLines(template(MINIMAL), SYSTEM_ID, 'in the smallest system'),
    ...logicalIdLines(template(EVERYTHING), SYSTEM_ID, 'in a system with every option'),
  ],
  'physical-names': () => physicalNameLines(template(EVERYTHING), SUFFIX),
  'events': busEventLines,
  'items': itemLines,
  'metrics': metricLines,
  'configuration': configurationLines,
  'command-line': commandLines,
};

/** The record of the public API, in files of lines that only grow. */
export function apiSurfaceFiles(): GeneratedFile[] {
  return Object.entries(SURFACE).map(([name, lines]) => ({ path: `test/api-surface/${name}.txt`, render: (current) => mergeSurface(current, lines()) }));
}
