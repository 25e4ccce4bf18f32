import '../support/environment-without-guests';
import { FakeSecrets } from '../support/fake-secrets';
import { FakeTable } from '../support/fake-table';
import { Output } from '../support/output';
import { post, stripeEvent } from '../support/sent';
import { stripeWebhook } from '../support/webhooks';

test('a guest has no customer in a system that does not identify guests', async () => {
  const table = new FakeTable();
  table.reset();
  new FakeSecrets().reset();
  new Output().capture();

  const answer = await post(stripeWebhook(stripeEvent('evt_1', { customer: null, receipt_email: 'guest@example.com' })), 'stripe');

  expect(answer).toMatchObject({ statusCode: 200, body: { result: 'stored' } });
  expect(table.items).toEqual([expect.not.objectContaining({ customer_id: expect.anything() })]);
});
