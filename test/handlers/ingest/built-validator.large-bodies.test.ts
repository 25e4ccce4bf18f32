import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { goCardlessEvent, samples as goCardless } from '../../../handlers/providers/gocardless/samples';
import { payPalEvent, samples as payPal } from '../../../handlers/providers/paypal/samples';
import { Metric } from '../../../src/private/contract';
import { BuiltValidator } from '../support/built-validator';
import { Output } from '../support/output';
import { withChecksumOf } from '../support/same-checksum';

const validator = new BuiltValidator([goCardless, payPal]);
const output = new Output();

beforeAll(() => validator.start());

beforeEach(() => {
  validator.aws.reset();
  output.capture();
});

afterAll(() => validator.stop());

const incompressible = (length: number) => randomBytes(length).toString('base64').slice(0, length);
const bodyKeys = () => validator.aws.transactions.map(({ event_id: id, body_key: key }) => [id.S, key?.S]).sort();
const objects = () => [...validator.aws.objects.keys()].map((path) => path.replace('/the-archive/', ''));

test('of a batch, the deployed validator writes only the large body to S3, and the retry of the batch adds nothing', async () => {
  const ids = Array.from({ length: 30 }, (_, index) => `EV${index}`);
  const events = ids.map((id) => goCardlessEvent(id, 'payments', 'confirmed', { payment: `PM-${id}` }, id === 'EV7' ? { padding: incompressible(600 * 1024) } : {}));
  const webhook = await goCardless.sign(Buffer.from(JSON.stringify({ events })));

  const first = await validator.post(webhook, 'gocardless');
  const keys = bodyKeys();
  const second = await validator.post(webhook, 'gocardless');

  expect([first.statusCode, second.statusCode]).toEqual([200, 200]);
  expect(keys.map(([id]) => id)).toEqual([...ids].sort());
  expect(keys.filter(([, key]) => key)).toEqual([['EV7', objects()[0]]]);
  expect(bodyKeys()).toEqual(keys);
  expect(objects()).toHaveLength(1);
  expect(gunzipSync([...validator.aws.objects.values()][0]).toString().includes('"EV7"')).toBe(true);
  expect([output.counted(Metric.STORED), output.counted(Metric.DUPLICATE)]).toEqual([30, 30]);
});

describe('a large body of PayPal, whose signature covers only a checksum of it,', () => {
  const capture = (note: string, value: string) => payPalEvent('WH-1', 'PAYMENT.CAPTURE.COMPLETED', {
    id: 'CAPTURE1', status: 'COMPLETED', amount: { currency_code: 'EUR', value }, note,
  });
  const genuine = Buffer.from(JSON.stringify(capture(incompressible(4 * 1024 * 1024), '12.50')));
  const deliver = async (name: string) => validator.post(await payPal.sign(genuine, { secret: payPal.secret, name }), 'paypal');

  test('is stored with its transmission, and a second transmission of it is a duplicate', async () => {
    const answers = [await deliver('first'), await deliver('first'), await deliver('second')];

    expect(answers.map(({ statusCode, body }) => [statusCode, (JSON.parse(body) as { result: string }).result])).toEqual([
      [200, 'stored'], [200, 'duplicate'], [200, 'duplicate'],
    ]);
    expect(bodyKeys()).toEqual([['WH-1', objects()[0]]]);
    expect(objects()).toHaveLength(1);
    expect(output.counted(Metric.ALTERED)).toBe(0);
  });

  test.each(['WH-1', 'WH-2'])('does not let a forger write another body to S3, for the event %s', async (id) => {
    await deliver('first');
    const { headers } = await payPal.sign(genuine, { secret: payPal.secret, name: 'first' });
    const forged = withChecksumOf(genuine, { ...capture(incompressible(700 * 1024), '9999.00'), id });

    const { statusCode, body } = await validator.post({ headers, body: forged }, 'paypal');

    expect([statusCode, body]).toEqual([401, '{"error":"body_mismatch"}']);
    expect([validator.aws.transactions.length, objects().length]).toEqual([1, 1]);
  });
});
