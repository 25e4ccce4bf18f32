import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_SAMPLES } from '../support/all-samples';
import { flowSection } from '../support/flow-tables';

const PAGE = join(__dirname, '..', '..', '..', 'docs', 'payment-flows.md');
const SECTION = /(?<=<!-- tested: flows -->\n\n)[^]*(?=\n\n<!-- end: flows -->)/;

test('docs/payment-flows.md shows what the events of each flow become', async () => {
  const withFlows = Object.entries(ALL_SAMPLES).filter(([, { flows }]) => flows !== undefined);
  const sections = await Promise.all(withFlows.map(async ([name, samples]) => flowSection(name, samples)));
  const page = readFileSync(PAGE, 'utf8');
  const expected = page.replace(SECTION, () => sections.join('\n\n'));
  if (process.env.UPDATE_OUTCOMES) {
    writeFileSync(PAGE, expected);
  }

  expect(withFlows.length).toBeGreaterThan(10);
  expect(SECTION.test(page)).toBe(true);
  expect(process.env.UPDATE_OUTCOMES ? expected : page).toBe(expected);
});
