import { adyen } from '.';
import { ADYEN_KEY, adyenAcceptsPlatform, platformWebhook, type Json } from '../../../test/handlers/support/adyen';
import { request } from '../../../test/handlers/support/webhooks';

const PAYOUT = {
  eventType: 'ACCOUNT_HOLDER_PAYOUT',
  eventDate: '2026-01-31T13:00:00+01:00',
  executingUserKey: 'Payout',
  live: true,
  pspReference: 'PSP1',
  content: {
    accountCode: 'AC1',
    accountHolderCode: 'AH1',
    amounts: [{ currency: 'EUR', value: 1500 }],
    merchantReference: 'payout-1',
    status: { statusCode: 'Confirmed' },
  },
};

const read = (body: unknown) => adyen.normalize(request(platformWebhook(JSON.stringify(body))));
const content = (more: Json) => read({ ...PAYOUT, content: { ...PAYOUT.content, ...more } });

test('a webhook of a classic platform is verified by the signature of its raw body, as by the library', () => {
  const webhook = platformWebhook(JSON.stringify(PAYOUT));
  const altered = { ...webhook, body: Buffer.from(webhook.body.toString().replace('1500', '1501')) };

  expect([webhook, altered].map((each) => adyen.verify(request(each), [ADYEN_KEY]))).toEqual(['authentic', 'signature_mismatch']);
  expect([webhook, altered].map((each) => adyenAcceptsPlatform(each))).toEqual([true, false]);
});

test('a payout has every field', () => {
  expect(read(PAYOUT)).toEqual({
    parsed: true,
    fields: {
      transactionId: 'PSP1',
      eventName: 'ACCOUNT_HOLDER_PAYOUT',
      kind: 'paid-out',
      status: 'Confirmed',
      account: 'AH1',
      reference: 'payout-1',
      live: true,
      money: { minor: 1500n, exponent: 2 },
      currency: 'EUR',
      eventTime: new Date('2026-01-31T12:00:00Z'),
      moneyMovement: true,
      declined: false,
    },
  });
});

test.each<[string, string, boolean]>([['Initiated', 'paid-out', false], ['Confirmed', 'paid-out', true], ['Failed', 'failed', false], ['', 'paid-out', false]])(
  'a payout with the status %j is %s, a money movement: %s', (statusCode, kind, moneyMovement) => {
    expect(content({ status: { statusCode } }).fields).toMatchObject({ kind, moneyMovement, movesNothing: moneyMovement ? undefined : true });
  });

test.each<[Json, string]>([
  [{ originalPspReference: 'PSP0' }, 'PSP0'], [{ originalReference: 'PSP0' }, 'PSP0'], [{ paymentPspReference: 'PSP0' }, 'PSP0'], [{ originalReference: null }, 'PSP1'],
])('the transaction of %j is %s', (more, transactionId) => {
  expect(content(more).fields.transactionId).toBe(transactionId);
});

test.each<[unknown, boolean]>([[true, true], ['true', true], [false, false], ['false', false], [undefined, true]])('live %j is read as %s', (live, expected) => {
  expect(read({ ...PAYOUT, live }).fields.live).toBe(expected);
});

test.each<[string, Json, boolean, bigint | undefined]>([
  ['no amount', { amounts: undefined }, true, undefined],
  ['an empty list of amounts', { amounts: [] }, true, undefined],
  ['one amount', { amounts: undefined, amount: { currency: 'JPY', value: 7 } }, true, 7n],
  ['two amounts', { amounts: [{ currency: 'EUR', value: 1 }, { currency: 'USD', value: 1 }] }, false, undefined],
  ['an amount that is not a number', { amounts: [{ currency: 'EUR', value: 'much' }] }, false, undefined],
  ['an amount that is no object', { amounts: [1] }, false, undefined],
])('%s is read', (_, more, parsed, minor) => {
  const normalized = content(more);

  expect([normalized.parsed, normalized.fields.money?.minor]).toEqual([parsed, minor]);
});

test.each([
  'ACCOUNT_CREATED', 'ACCOUNT_HOLDER_CREATED', 'ACCOUNT_HOLDER_VERIFICATION', 'BENEFICIARY_SETUP', 'COMPENSATE_NEGATIVE_BALANCE', 'DIRECT_DEBIT_INITIATED',
  'REFUND_FUNDS_TRANSFER', 'REPORT_AVAILABLE', 'SCHEDULED_REFUNDS', 'TRANSFER_FUNDS', 'constructor', 'AUTHORISATION',
])('%s is other, and no money movement', (eventType) => {
  expect(read({ ...PAYOUT, eventType })).toMatchObject({ parsed: true, fields: { eventName: eventType, kind: 'other', moneyMovement: false } });
});

test.each(['', 1.5, {}, null, []])('the event type %j is not parsed', (eventType) => {
  expect(read({ ...PAYOUT, eventType })).toMatchObject({ parsed: false, fields: { kind: 'other', moneyMovement: false } });
});

test.each([undefined, null, 'text', [], 1])('the content %j has no fields', (body) => {
  expect(read({ ...PAYOUT, content: body })).toMatchObject({ parsed: true, fields: { transactionId: 'PSP1', account: undefined, moneyMovement: false } });
});
