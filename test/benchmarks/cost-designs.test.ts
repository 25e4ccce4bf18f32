import { cost } from '../../benchmarks/groups/cost';
import { designsFor } from '../../benchmarks/groups/cost/designs';
import { OTHER_PRICES } from '../../benchmarks/groups/cost/other-prices';
import { putThenPublishCost, quickStartCost } from '../../benchmarks/groups/cost/plain-designs';
import { measurementsOf, sharesOf } from '../../cli/cost/webhook-mix';
import { SHARES } from '../../cli/cost/workload';
import { ApiType } from '../../src';
import { smallestDeployment } from '../cost/calculation';
import { tablesOn } from '../cost/pages';

const MILLION = 1_000_000;
const deployment = smallestDeployment();
const designs = designsFor(deployment, smallestDeployment({ apiType: ApiType.httpApi() }));
const costOf = (name: string, webhooks = MILLION) => designs.find((design) => design.name === name)!.costOfMonth(webhooks);
const measured = measurementsOf(sharesOf(SHARES), deployment);

test('the cost of this system is that of docs/cost.md', () => {
  const [, documented] = tablesOn('docs/cost.md').get('summary')!.split('\n').find((row) => row.startsWith('| 1 million'))!.split(' | ');

  expect(costOf('rest')).toBeCloseTo(Number(documented), 1);
});

test('an HTTP API saves 2.50 USD for the requests and 0.05 USD for their traces', () => {
  expect(costOf('rest') - costOf('http-api')).toBeCloseTo(2.55, 1);
});

test('a month without movements of money, archive and alerts costs less', () => {
  expect(costOf('request-to-event')).toBeLessThan(costOf('rest') - 1);
  // The request, a new item of two units and the event.
  expect(costOf('request-to-event')).toBeGreaterThan(3.5 + 2 * 0.625 + 1);
});

test('PutItem and PutEvents match a manual calculation', () => {
  // 25 ms and 1 % of 500 ms with 1 GB, and an item of three units.
  const known = 3.5 + 0.2 + 0.03 * 13.3334 + 3 * 0.625 + 1;
  const storage = (measured.bodyBytes + 300) / 1_000 / 2 * 0.25;
  const others = putThenPublishCost(measured) * MILLION - known - storage;

  expect(measured.bodyBytes).toBeLessThan(3 * 1024 - 200);
  // The response, and the logs: Lambda's three lines and the body.
  expect(others).toBeGreaterThan(measured.bodyBytes / 1_000 * 0.5);
  expect(others).toBeLessThan((measured.bodyBytes + 700) / 1_000 * 0.5);
});

test('the quick start costs a request to Lambda, 20 ms with 128 MB, an event and the lines of Lambda', () => {
  const others = quickStartCost(measured) * MILLION - (0.2 + 0.02 / 8 * 16.6667 + 1);

  expect(others).toBeGreaterThan(0.1);
  expect(others).toBeLessThan(0.3);
});

test('Svix bills each message beyond those of the plan', () => {
  expect(costOf('svix', 50_000)).toBe(0);
  expect(costOf('svix')).toBeCloseTo(95);
});

test('each price has its page', () => {
  expect(Object.values(OTHER_PRICES).filter(({ source }) => !/^https:\/\/(aws\.amazon|www\.svix)\.com\//.test(source))).toEqual([]);
});

test('the group has a table for each volume, with this system first', async () => {
  const tables = await cost.measure({ quick: true, progress: () => undefined });
  const [, million] = tables;

  expect(tables.map(({ id }) => id)).toEqual(['cost/0.1-million', 'cost/million', 'cost/10-million', 'cost/100-million']);
  expect(million.rows[0]).toMatchObject({ id: 'cost/million/rest', unit: 'USD', figure: { value: costOf('rest') }, ratio: { value: 1 } });
  expect(million.rows.map(({ id }) => id)).toEqual(designs.map(({ name }) => `cost/million/${name}`));
  expect(tables[0].rows[0].figure.value).toBeCloseTo(costOf('rest', 100_000) * 10);
});
