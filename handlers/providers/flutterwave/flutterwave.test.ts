import { createHmac } from 'node:crypto';
import { flutterwave } from '.';
import { samples } from './samples';
import { describeProviderContract } from '../../../test/handlers/support/provider-contract';
import { context, request } from '../../../test/handlers/support/webhooks';
import type { Headers } from '../shared/samples/provider-samples';

const BODY = Buffer.from('{"type":"charge.completed","data":{}}');
const sign = (encoding: 'hex' | 'base64') => createHmac('sha256', samples.secret).update(BODY).digest(encoding);
const read = (body: unknown) => flutterwave.normalize(request({ body: Buffer.from(JSON.stringify(body)), headers: {} }), samples.config);

/** As in https://developer.flutterwave.com/docs/opay. */
const PUBLISHED_CHARGE = {
  webhook_id: 'wbk_1',
  timestamp: 1738317739798,
  type: 'charge.completed',
  data: {
    id: 'chg_nONgeAGY97',
    amount: 200,
    currency: 'NGN',
    customer: { id: 'cus_dc0FUyBpd0', address: { city: 'Shirley', country: 'US' }, email: 'Johndoe@example.com', meta: {} },
    description: null,
    meta: {},
    payment_method: { type: 'opay', opay: {}, id: 'pmd_uF9ADr9LvH', customer_id: null },
    redirect_url: null,
    reference: 'reference-1',
    status: 'succeeded',
    processor_response: { type: 'approved', code: '00' },
    created_datetime: '2025-01-31T10:01:50.209Z',
  },
};

describeProviderContract(samples);

describe('verify', () => {
  test.each<[Headers, string]>([
    [{ 'flutterwave-signature': sign('base64') }, 'authentic'],
    [{ 'flutterwave-signature': sign('hex') }, 'signature_mismatch'],
    [{ 'flutterwave-signature': samples.secret }, 'signature_malformed'],
    // Version 3.
    [{ 'verif-hash': samples.secret }, 'signature_missing'],
  ])('answers the headers %j with %s', (headers, result) => {
    expect(flutterwave.verify(request({ body: BODY, headers }), [samples.secret], context(samples.config, new Date()))).toBe(result);
  });
});

describe('normalize', () => {
  test('reads every field of a charge like the one that Flutterwave publishes', () => {
    expect(read(PUBLISHED_CHARGE)).toEqual({
      parsed: true,
      fields: {
        eventId: 'charge.completed:chg_nONgeAGY97:succeeded',
        transactionId: 'chg_nONgeAGY97',
        eventName: 'charge.completed',
        kind: 'captured',
        status: 'succeeded',
        live: true,
        money: { minor: 20000n, exponent: 2 },
        currency: 'NGN',
        reference: 'reference-1',
        customerId: 'cus_dc0FUyBpd0',
        emailDomain: 'example.com',
        email: 'johndoe@example.com',
        paymentMethod: 'opay',
        country: 'US',
        eventTime: new Date('2025-01-31T10:01:50.209Z'),
        moneyMovement: true,
        declined: false,
      },
    });
  });

  test('identifies an event by what does not depend on the delivery', () => {
    const again = { ...PUBLISHED_CHARGE, webhook_id: 'wbk_other', timestamp: 1738317999999 };

    expect(read(again)).toEqual(read(PUBLISHED_CHARGE));
  });

  test.each([{ id: 'chg_1' }, { status: 'succeeded' }])('leaves the identity to the body of %j', (data) => {
    expect(read({ type: 'charge.completed', data }).fields.eventId).toBeUndefined();
  });

  test('reads what left the balance for a transfer, in its currency', () => {
    const data = { id: 'trf_1', status: 'SUCCESSFUL', amount: 4, currency: 'GHS', debit_information: { currency: 'UGX', actual_debit_amount: 1500 } };

    expect(read({ type: 'transfer.disburse', data }).fields).toMatchObject({ money: { minor: 1500n, exponent: 0 }, currency: 'UGX' });
  });

  test.each(['new', 'NEW', 'pending', 'requires_action', undefined, 'later'])('does not count the status %p as a movement', (status) => {
    expect(read({ ...PUBLISHED_CHARGE, data: { ...PUBLISHED_CHARGE.data, status } }).fields).toMatchObject({ kind: 'captured', movesNothing: true, declined: false });
  });

  test('reads the customer of a charge that names only the id', () => {
    expect(read({ type: 'charge.completed', data: { id: 'chg_1', customer_id: 'cus_1' } }).fields.customerId).toBe('cus_1');
  });

  // Version 3 has `event` instead of `type`.
  test.each<[unknown]>([[{}], [null], ['text'], [[]], [{ type: 'charge.completed' }], [{ event: 'charge.completed', data: { id: 1 } }]])('does not parse %j', (body) => {
    expect(read(body)).toMatchObject({ parsed: false, fields: { kind: 'other', moneyMovement: false } });
  });

  test.each([12.505, 'much', {}])('does not parse the amount %p, but the other fields', (amount) => {
    expect(read({ ...PUBLISHED_CHARGE, data: { ...PUBLISHED_CHARGE.data, amount } })).toMatchObject({ parsed: false, fields: { currency: 'NGN', money: undefined } });
  });
});
