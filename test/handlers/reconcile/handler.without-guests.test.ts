import './support/reconciler-without-guests';
import { handler } from '../../../handlers/reconcile/handler';
import { FakeSecrets } from '../support/fake-secrets';
import { FakeTable } from '../support/fake-table';
import { Output } from '../support/output';
import { StubApi } from './support/stub-api';
import { charge, HOUR, MINUTE } from './support/stub-events';

const table = new FakeTable();
const api = new StubApi();

beforeAll(async () => api.start());
afterAll(async () => api.stop());

test('a guest has no id if guests are not identified', async () => {
  new FakeSecrets().reset();
  new Output().capture();
  globalThis.fetch = api.fetch;
  api.events = [charge('1', Date.now() - 90 * MINUTE, { billing_details: { email: 'someone@mail.example' } })];

  const since = new Date(Date.now() - 2 * HOUR).toISOString();
  const result = await handler({ task: 'reconcile', provider: 'stripe', since }, { awsRequestId: 'a-request', getRemainingTimeInMillis: () => 900_000 });

  expect(result).toEqual({ result: 'completed', missing: 1 });
  expect(table.itemsOf('transaction').map(({ customer_id: id }) => id)).toEqual([undefined]);
});
