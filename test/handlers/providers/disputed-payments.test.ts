import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { markdownTable } from '../../../projenrc/generate/generated-file';
import { ALL_SAMPLES } from '../support/all-samples';
import { labelsOfDisputes } from '../support/disputed-payments';

const PAGE = join(__dirname, '..', '..', '..', 'docs', 'fraud-data.md');
const SECTION = /(?<=<!-- tested: disputes -->\n\n)[^]*(?=\n\n<!-- end: disputes -->)/;

test('docs/fraud-data.md shows which disputes of each provider\'s samples have the id of the payment', async () => {
  const providers = Object.entries(ALL_SAMPLES).filter(([, { config }]) => config.fields === undefined);
  const rows = await Promise.all(providers.map(async ([name, samples]) => [name, await labelsOfDisputes(samples)]));
  const page = readFileSync(PAGE, 'utf8');
  const expected = page.replace(SECTION, () => markdownTable(['provider', 'disputes that label their payment'], rows));
  if (process.env.UPDATE_OUTCOMES) {
    writeFileSync(PAGE, expected);
  }

  expect(SECTION.test(page)).toBe(true);
  expect(process.env.UPDATE_OUTCOMES ? expected : page).toBe(expected);
});
