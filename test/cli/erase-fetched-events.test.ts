import '../handlers/reconcile/support/reconciler-environment';
import { byEvent, differences, JANE, MARKER, PROVIDER, state, world } from './support/jane-and-john';
import { handler } from '../../handlers/reconcile/handler';
import { StubApi } from '../handlers/reconcile/support/stub-api';
import { charge, HOUR } from '../handlers/reconcile/support/stub-events';
import { Output } from '../handlers/support/output';

const api = new StubApi();
const realFetch = globalThis.fetch;

beforeAll(async () => {
  await world.start();
  await api.start();
});
afterAll(async () => {
  globalThis.fetch = realFetch;
  await api.stop();
  await world.stop();
});

/** What is stored, without the checkpoint that every run moves. */
const stored = async () => (await state()).filter((text) => !text.includes('reconciled_until'));

/** A run of the deployed reconciler, from two hours ago on. */
const reconcile = async () => handler(
  { task: 'reconcile', provider: PROVIDER, since: new Date(Date.now() - 2 * HOUR).toISOString() },
  { awsRequestId: 'a-request', getRemainingTimeInMillis: () => 900_000 },
);

test('an erased event that was fetched stays a fetched one, and is not fetched again', async () => {
  new Output().capture();
  await world.reset();
  api.reset();
  globalThis.fetch = api.fetch;
  api.events = [charge('1', Date.now() - HOUR, { customer: JANE, description: MARKER })];
  expect(await reconcile()).toEqual({ result: 'completed', missing: 1 });
  await world.archiveChanges();

  await world.erase({ provider: PROVIDER, id: JANE });

  expect(await byEvent('evt_1')).toEqual(expect.objectContaining({ fetched: { BOOL: true }, erased_at: { S: expect.any(String) as string } }));
  expect((await world.everything()).includes(MARKER)).toBe(false);
  const before = await stored();
  expect(await reconcile()).toEqual({ result: 'completed', missing: 0 });
  await world.archiveChanges();
  expect(differences(before, await stored())).toEqual([]);
});
