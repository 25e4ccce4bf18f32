import type { APIGatewayProxyResult } from 'aws-lambda';
import { notificationBatch, adyenItem, samples as adyen, withSignature, type NotificationItem } from '../../../handlers/providers/adyen/samples';
import { goCardlessEvent, samples as goCardless } from '../../../handlers/providers/gocardless/samples';
import type { SignedWebhook } from '../../../handlers/providers/shared/samples/provider-samples';
import { Metric } from '../../../src/private/contract';
import { BuiltValidator } from '../support/built-validator';
import { Output } from '../support/output';

const validator = new BuiltValidator([adyen, goCardless]);
const output = new Output();

beforeAll(() => validator.start());

beforeEach(() => {
  validator.aws.reset();
  output.capture();
});

afterAll(() => validator.stop());

const stored = () => validator.aws.transactions.map(({ transaction_id: id }) => id.S!.split(':')[1]).sort();
const answerOf = ({ statusCode, body }: APIGatewayProxyResult) => [statusCode, body];
const failFor = (name: string) => {
  validator.aws.failWith(({ transaction_id: id }) => id.S?.endsWith(name) ? 'AccessDeniedException' : undefined);
};

describe('a batch of Adyen', () => {
  const ITEMS = ['PSP1', 'PSP2', 'PSP3'].map((id) => adyenItem(id, 'AUTHORISATION', { originalReference: undefined }));
  const sign = async (items: readonly object[]) => adyen.sign(Buffer.from(JSON.stringify({
    live: 'true', notificationItems: items.map((item) => ({ NotificationRequestItem: item })),
  })));

  const itemsIn = ({ body }: SignedWebhook) => (JSON.parse(body.toString()) as { notificationItems: { NotificationRequestItem: NotificationItem }[] })
    .notificationItems.map(({ NotificationRequestItem: item }) => item);

  /** The batch with one item replaced by an altered one. */
  async function altered(position: number, alter: (item: NotificationItem) => NotificationItem): Promise<SignedWebhook> {
    return notificationBatch({ live: 'true' }, itemsIn(await sign(ITEMS)).map((item, index) => index === position ? alter(item) : item));
  }

  test('is stored item by item', async () => {
    const answer = await validator.post(await sign(ITEMS), 'adyen');

    expect(answerOf(answer)).toEqual([200, '[accepted]']);
    expect(stored()).toEqual(['PSP1', 'PSP2', 'PSP3']);
    expect(output.counted(Metric.STORED)).toBe(3);
  });

  test.each<[string, number, (item: NotificationItem) => NotificationItem, string]>([
    ['the first is altered', 0, (item) => ({ ...item, amount: { ...item.amount, value: 1 } }), 'signature_mismatch'],
    ['the second has another signature', 1, (item) => withSignature(item, Buffer.alloc(32).toString('base64')), 'signature_mismatch'],
    ['the last has no signature', 2, ({ additionalData: _, ...item }) => item as NotificationItem, 'signature_missing'],
    ['the last has half a signature', 2, (item) => withSignature(item, 'AAA'), 'signature_malformed'],
  ])('is stored without one item if %s, and completed by the next attempt', async (_, position, alter, error) => {
    const rejected = await validator.post(await altered(position, alter), 'adyen');
    const others = stored();
    const accepted = await validator.post(await sign(ITEMS), 'adyen');

    expect(answerOf(rejected)).toEqual([401, JSON.stringify({ error })]);
    expect(others).toEqual(['PSP1', 'PSP2', 'PSP3'].filter((id) => id !== `PSP${position + 1}`));
    expect(answerOf(accepted)).toEqual([200, '[accepted]']);
    expect(stored()).toEqual(['PSP1', 'PSP2', 'PSP3']);
    expect([output.counted(Metric.STORED), output.counted(Metric.DUPLICATE), output.counted(Metric.REJECTED)]).toEqual([3, 2, 1]);
  });

  test('is answered with 503 if one write fails, and completed by the next attempt', async () => {
    const batch = await sign(ITEMS);
    failFor('PSP2');

    const failed = await validator.post(batch, 'adyen');
    const others = stored();
    validator.aws.failWith(() => undefined);
    const accepted = await validator.post(batch, 'adyen');

    expect(failed).toMatchObject({ statusCode: 503, headers: { 'retry-after': '30' } });
    expect(others).toEqual(['PSP1', 'PSP3']);
    expect(answerOf(accepted)).toEqual([200, '[accepted]']);
    expect(stored()).toEqual(['PSP1', 'PSP2', 'PSP3']);
  });

  test('with a repeated item is stored with the item once', async () => {
    const answer = await validator.post(await sign([ITEMS[0], ITEMS[0]]), 'adyen');

    expect(answerOf(answer)).toEqual([200, '[accepted]']);
    expect(stored()).toEqual(['PSP1']);
  });

  test('can combine items of different requests, because each item has its own signature', async () => {
    const [first, second] = [itemsIn(await sign([ITEMS[0]])), itemsIn(await sign([ITEMS[1]]))];

    const answer = await validator.post(notificationBatch({ live: 'true' }, [...second, ...first]), 'adyen');

    expect(answerOf(answer)).toEqual([200, '[accepted]']);
    expect(stored()).toEqual(['PSP1', 'PSP2']);
  });
});

describe('a batch of GoCardless', () => {
  const EVENTS = ['EV1', 'EV2', 'EV3'].map((id, index) => goCardlessEvent(id, 'payments', 'confirmed', { payment: `PM${index + 1}` }));
  const sign = async (events: readonly object[], secret?: string) => goCardless.sign(Buffer.from(JSON.stringify({ events })), { secret });

  test('is stored event by event', async () => {
    const answer = await validator.post(await sign(EVENTS), 'gocardless');

    expect(answer.statusCode).toBe(200);
    expect((JSON.parse(answer.body) as { results: object[] }).results).toHaveLength(3);
    expect(stored()).toEqual(['PM1', 'PM2', 'PM3']);
  });

  test('with a wrong signature is rejected as a whole, with the status that GoCardless requires', async () => {
    const answer = await validator.post(await sign(EVENTS, 'another secret'), 'gocardless');

    expect(answerOf(answer)).toEqual([498, JSON.stringify({ error: 'signature_mismatch' })]);
    expect(stored()).toEqual([]);
  });

  test('is answered with 503 if one write fails, and completed by the next attempt', async () => {
    const batch = await sign(EVENTS);
    failFor('PM2');

    const failed = await validator.post(batch, 'gocardless');
    const others = stored();
    validator.aws.failWith(() => undefined);
    const accepted = await validator.post(batch, 'gocardless');

    expect([failed.statusCode, others]).toEqual([503, ['PM1', 'PM3']]);
    expect([accepted.statusCode, stored()]).toEqual([200, ['PM1', 'PM2', 'PM3']]);
    expect((JSON.parse(accepted.body) as { results: { result: string }[] }).results.map(({ result }) => result)).toEqual(['duplicate', 'stored', 'duplicate']);
  });
});
