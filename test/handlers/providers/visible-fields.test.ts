import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { markdownTable } from '../../../projenrc/generate/generated-file';
import { ALL_SAMPLES } from '../support/all-samples';
import { VISIBLE_COLUMNS, visibleFields } from '../support/visible-fields';

const PAGE = join(__dirname, '..', '..', '..', 'docs', 'fraud-data.md');
const SECTION = /(?<=<!-- tested: visible fields -->\n\n)[^]*(?=\n\n<!-- end: visible fields -->)/;

test('docs/fraud-data.md shows what the rules can see of each provider\'s samples', async () => {
  // Of mapped bodies, the user defines the fields.
  const providers = Object.entries(ALL_SAMPLES).filter(([, { config }]) => config.fields === undefined);
  const rows = await Promise.all(providers.map(async ([name, samples]) => [name, ...await visibleFields(samples)]));
  const page = readFileSync(PAGE, 'utf8');
  const expected = page.replace(SECTION, () => markdownTable(['provider', ...VISIBLE_COLUMNS], rows));
  if (process.env.UPDATE_OUTCOMES) {
    writeFileSync(PAGE, expected);
  }

  expect(SECTION.test(page)).toBe(true);
  expect(process.env.UPDATE_OUTCOMES ? expected : page).toBe(expected);
});
