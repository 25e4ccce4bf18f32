import { payPalEvent, samples } from './samples';
import { BuiltValidator } from '../../../test/handlers/support/built-validator';
import { Output } from '../../../test/handlers/support/output';
import { withChecksumOf } from '../../../test/handlers/support/same-checksum';

const validator = new BuiltValidator([samples]);
const output = new Output();

beforeAll(() => validator.start());

beforeEach(() => {
  validator.aws.reset();
  output.capture();
});

afterAll(() => validator.stop());

const event = (id: string, value: string) => payPalEvent(id, 'PAYMENT.CAPTURE.COMPLETED', { id: `CAPTURE-${id}`, amount: { currency_code: 'EUR', value } });
const deliver = async (payload: object) => samples.sign(Buffer.from(JSON.stringify(payload)));

describe('PayPal signs a CRC-32 of the body: a captured delivery', () => {
  test('with another body of the same CRC-32 is rejected', async () => {
    const genuine = await deliver(event('WH-1', '5.00'));
    const forged = { ...genuine, body: withChecksumOf(genuine.body, event('WH-2', '90000.00')) };

    const answers = [await validator.post(genuine, 'paypal'), await validator.post(forged, 'paypal'), await validator.post(genuine, 'paypal')];

    expect(answers.map(({ statusCode, body }) => [statusCode, JSON.parse(body) as unknown])).toEqual([
      [200, { result: 'stored', transaction_id: 'paypal:CAPTURE-WH-1' }],
      [401, { error: 'body_mismatch' }],
      [200, { result: 'duplicate', transaction_id: 'paypal:CAPTURE-WH-1' }],
    ]);
    expect(validator.aws.transactions).toHaveLength(1);
  });

  test('of a duplicate event also protects its own transmission id', async () => {
    const first = await deliver(event('WH-1', '5.00'));
    const second = await samples.sign(first.body, { name: 'sent again' });
    const forged = { ...second, body: withChecksumOf(second.body, event('WH-2', '90000.00')) };

    const answers = [await validator.post(first, 'paypal'), await validator.post(second, 'paypal'), await validator.post(forged, 'paypal')];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 401]);
    expect(validator.aws.transactions).toHaveLength(1);
  });

  test('is never stored together with its forgery if both arrive at once', async () => {
    const genuine = await deliver(event('WH-1', '5.00'));
    const forged = { ...genuine, body: withChecksumOf(genuine.body, event('WH-2', '90000.00')) };

    const answers = await Promise.all([genuine, forged].map(async (webhook) => validator.post(webhook, 'paypal')));

    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 401]);
    expect(validator.aws.transactions).toHaveLength(1);
  });
});
