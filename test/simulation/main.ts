/**
 * Simulates months of three shops, and prints how well the default rules distinguish fraud from honest payments.
 *
 *   npx projen fraud                               # the tables of docs/fraud-measurements.md
 *   npx projen fraud --seeds 7,8                   # the same for other months
 *   npx projen fraud --write                       # write them, and the summary in docs/fraud.md
 *   npx projen fraud --rules file.json --seeds 1   # try a rule set: an object with `review`, `block` and `rules`
 *   npx projen fraud --events file.jsonl.gz        # write the events of months, with labels, for `cdk-webhooks backtest` and `fit`
 *     --shop wholesaler --months 6 --seeds 2         # of another shop, number of months or seed
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { FRESH_SEEDS, fraudSummary, fraudTables, TUNING_SEEDS } from './fraud-tables';
import { monthLines, monthFileContent } from './month-file';
import { measureMonth } from './month-results';
import { PRESENT_RULES } from './present-rules';
import { writeResults } from './result-file';
import { tryRules } from './rule-trial';
import { SHOP_DESIGNS } from './shop-designs';
import type { RuleSetConfig } from '../../src/private/contract';
import { writeTables } from '../cost/pages';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    rules: { type: 'string' },
    write: { type: 'boolean' },
    events: { type: 'string' },
    shop: { type: 'string', default: SHOP_DESIGNS[0].name },
    months: { type: 'string', default: '3' },
  },
});
const seeds = values.seeds?.split(',').map(Number);

if (values.events !== undefined) {
  writeEvents(values.events, values.shop, Number(values.months), seeds?.[0] ?? 1);
} else if (values.rules !== undefined) {
  const ruleSet = JSON.parse(readFileSync(values.rules, 'utf8')) as RuleSetConfig;
  tryRules({ ...PRESENT_RULES, rules: ({ tiers }) => ({ ...ruleSet, tiers }) }, seeds ?? [1]).forEach((line) => console.log(line));
} else {
  const results = SHOP_DESIGNS.flatMap((design) => Object.keys(design.difficulties)
    .flatMap((difficulty) => (seeds ?? [...TUNING_SEEDS, ...FRESH_SEEDS]).map((seed) => measureMonth(design, difficulty, seed, PRESENT_RULES))));
  const tables = fraudTables(results, seeds);
  Object.entries(tables).forEach(([name, content]) => console.log(`${name}\n\n${content}\n`));
  if (values.write) {
    if (seeds) {
      throw new Error('`--write` must not be used with `--seeds`, because docs/fraud-measurements.md names the seeds of its tables. Leave one out.');
    }
    writeResults(results);
    writeTables('docs/fraud-measurements.md', tables, 'fraud');
    writeTables('docs/fraud.md', fraudSummary(results), 'fraud');
  }
}

/** Writes months of the most difficult kind, and the 90 days before them. */
function writeEvents(file: string, shop: string, months: number, seed: number): void {
  const design = SHOP_DESIGNS.find(({ name }) => name === shop);
  if (!design || !Number.isInteger(months) || months < 1) {
    throw new Error(`\`--shop\` must be one of ${SHOP_DESIGNS.map(({ name }) => name).join(', ')}, and \`--months\` a number from 1, got '${shop}' and ${months}.`);
  }
  const lines = monthLines(design.generate(seed, Object.values(design.difficulties).at(-1)!, months), design.tiers);
  writeFileSync(file, monthFileContent(file, lines));
  console.log(`${file} has ${(lines.split('\n').length - 1).toLocaleString('en-US')} events. The months begin on ${new Date(design.start).toISOString().slice(0, 10)}, after 90 days of history.`);
}
