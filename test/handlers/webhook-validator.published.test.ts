import { gunzipSync } from 'node:zlib';
import './support/validator-environment';
import { FakeSecrets } from './support/fake-secrets';
import { Output } from './support/output';
import { describePublished, payloads } from './support/published';
import { PutTable } from './support/put-table';
import { post } from './support/sent';
import { standardWebhook, stripeWebhook } from './support/webhooks';
import { Metric } from '../../src/private/contract';

const table = new PutTable();
const secrets = new FakeSecrets();
const output = new Output();

beforeEach(() => {
  table.reset();
  secrets.reset();
  output.capture();
});

describePublished('the published payloads of Stripe', () => {
  test.each(payloads('stripe'))('%s is stored', async (_, payload) => {
    const answer = await post(stripeWebhook(payload), 'stripe');

    expect(answer).toMatchObject({ statusCode: 200, body: { result: 'stored' } });
    expect(gunzipSync(table.items[0].body.B!).equals(payload)).toBe(true);
    expect(output.counted(Metric.NOT_UNDERSTOOD)).toBe(0);
  });
});

describePublished('the published payloads of Standard Webhooks', () => {
  test.each(payloads('standard-webhooks'))('%s is stored', async (_, payload) => {
    const answer = await post(standardWebhook(payload), 'mapped');

    expect(answer).toMatchObject({ statusCode: 200, body: { result: 'stored' } });
    expect(table.items[0].timestamp.S).toMatch(/^\d{4}-.*Z#msg_1$/);
  });
});
