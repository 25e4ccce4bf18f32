import { adyen } from '.';
import {
  ADYEN_KEY, NOTIFICATION, SIGNED_TEXT, TRANSFER, adyenAccepts, adyenAcceptsPlatform, mac, notification, platformWebhook, withSignature, type Json,
} from '../../../test/handlers/support/adyen';
import { request } from '../../../test/handlers/support/webhooks';
import type { SignedWebhook } from '../shared/samples/provider-samples';

const HEADER = 'HmacSignature';

const verify = (webhook: SignedWebhook, secrets: readonly string[] = [ADYEN_KEY]) => adyen.verify(request(webhook), secrets);
const read = (body: unknown) => adyen.normalize(request(platformWebhook(JSON.stringify(body))));

describe('verify a webhook of the platform', () => {
  const BODY = JSON.stringify(TRANSFER);

  test.each(['', 'rubbish', '\u{0}', '{"a":', ':::::::', '{:::::::', 'a:b'])('accepts the signed body %j, JSON or not', (body) => {
    expect(verify(platformWebhook(body))).toBe('authentic');
  });

  test('accepts bytes that are not valid text', () => {
    expect(verify(platformWebhook(Buffer.from([0x61, 0xff, ...Buffer.from(':::::::')])))).toBe('authentic');
  });

  test.each<[string, SignedWebhook['headers'], string]>([
    ['no signature', {}, 'signature_missing'],
    ['an empty signature', { [HEADER]: '' }, 'signature_missing'],
    ['a signature that is not base64', { [HEADER]: '!' }, 'signature_malformed'],
    ['half a signature', { [HEADER]: mac(BODY).slice(0, 20) }, 'signature_mismatch'],
    ['a repeated signature', { [HEADER]: mac(BODY), [HEADER.toLowerCase()]: mac(BODY) }, 'signature_malformed'],
    ['a signature in another header', { 'X-Signature': mac(BODY) }, 'signature_missing'],
  ])('rejects %s', (_, headers, reason) => {
    expect(verify({ body: Buffer.from(BODY), headers })).toBe(reason);
  });

  test('does not accept the signature of a notification for a body with its signed text', () => {
    const text = SIGNED_TEXT;

    expect(verify(notification(withSignature(NOTIFICATION, mac(text))))).toBe('authentic');
    expect([verify(platformWebhook(text)), adyenAcceptsPlatform(platformWebhook(text))]).toEqual(['signature_malformed', true]);
  });

  test('does not accept the signature of a body for a notification with the same text', () => {
    const [pspReference, originalReference, merchantAccountCode, ...rest] = BODY.split(':');
    const [value, currency, eventCode, success] = rest.splice(-4);
    const forged = withSignature({
      pspReference, originalReference, merchantAccountCode, merchantReference: rest.join(':'), amount: { value, currency }, eventCode, success,
    }, mac(BODY));

    expect([verify(notification(forged)), adyenAccepts(forged)]).toEqual(['signature_malformed', true]);
  });
});

describe('normalize a webhook of the platform', () => {
  const fields = (data: Json, overrides: Json = {}) => read({ ...TRANSFER, ...overrides, data: { ...TRANSFER.data, ...data } }).fields;

  test('reads every field of a transfer', () => {
    expect(read(TRANSFER)).toEqual({
      parsed: true,
      fields: {
        transactionId: '4S6TWX5VQ0LW90K1',
        eventName: 'balancePlatform.transfer.updated',
        kind: 'paid-out',
        status: 'booked',
        live: true,
        money: { minor: 250000n, exponent: 2 },
        currency: 'EUR',
        eventTime: new Date('2026-01-31T12:00:00Z'),
        moneyMovement: false,
        declined: false,
      },
    });
  });

  test.each<[unknown, boolean]>([['test', false], ['live', true], [undefined, true], [null, true], ['anything', true]])(
    'reads the environment %j as live: %s', (environment, live) => {
      expect(fields({}, { environment }).live).toBe(live);
    });

  test.each<[Json, string | undefined]>([
    [{ timestamp: '2026-01-31T12:00:00Z', createdAt: '2026-01-30T12:00:00Z' }, '2026-01-31T12:00:00.000Z'],
    [{ timestamp: 'yesterday', createdAt: '2026-01-30T12:00:00Z' }, '2026-01-30T12:00:00.000Z'],
    [{ timestamp: undefined }, '2026-01-30T12:00:00.000Z'],
    [{ timestamp: undefined, data: {} }, undefined],
  ])('reads the time of %j as %s', (overrides, time) => {
    expect(read({ ...TRANSFER, ...overrides }).fields.eventTime?.toISOString()).toBe(time);
  });

  test.each<[Json, string | undefined]>([[{ id: undefined, pspReference: 'PSP1' }, 'PSP1'], [{ id: null }, undefined], [{ id: {} }, undefined]])(
    'reads the transaction of %j as %s, and no event identifier, because the signature covers no identifier', (data, transactionId) => {
      expect(fields(data).transactionId).toBe(transactionId);
      expect(fields(data).eventId).toBeUndefined();
    });

  test('reads the disputed amount', () => {
    const dispute = { id: 'DS1', status: 'open', disputedAmount: { value: 1000, currency: 'JPY' } };

    expect(read({ type: 'balancePlatform.dispute.created', environment: 'live', data: dispute })).toMatchObject({
      parsed: true, fields: { kind: 'disputed', money: { minor: 1000n, exponent: 0 }, currency: 'JPY', moneyMovement: false },
    });
  });

  test.each<[Json, string]>([
    [{ status: 'authorised' }, 'authorized'], [{ status: 'captured' }, 'captured'], [{ status: 'capturedExternally' }, 'captured'],
    [{ status: 'refunded' }, 'refunded'], [{ status: 'refundedExternally' }, 'refunded'], [{ status: 'chargeback' }, 'disputed'],
    [{ status: 'chargebackExternally' }, 'disputed'], [{ status: 'secondChargeback' }, 'disputed'], [{ status: 'dispute' }, 'disputed'],
    [{ status: 'failed' }, 'failed'], [{ status: 'error' }, 'failed'], [{ status: 'rejected' }, 'failed'], [{ status: 'rejected' }, 'failed'],
    [{ status: 'returned' }, 'failed'],
    [{ status: 'cancelled' }, 'canceled'], [{ status: 'expired', type: 'payment' }, 'canceled'], [{ status: 'cancelled', type: 'cardTransfer' }, 'canceled'],
    [{ status: 'cancelled', type: 'refund' }, 'other'], [{ status: 'expired', type: 'chargeback' }, 'other'], [{ status: 'expired', type: undefined }, 'other'],
    [{ status: 'received' }, 'other'], [{ status: undefined }, 'other'], [{ status: { toString: 1 } }, 'other'],
    [{ status: 'credited', type: 'cardTransfer' }, 'paid-out'], [{ direction: 'incoming' }, 'other'],
    [{ type: 'capture' }, 'captured'], [{ type: 'payment' }, 'captured'], [{ type: 'refund', direction: 'incoming' }, 'refunded'],
    [{ type: 'chargeback' }, 'disputed'], [{ type: 'secondChargeback' }, 'disputed'], [{ type: 'internalTransfer' }, 'other'], [{ type: undefined }, 'other'],
  ])('reads a transfer with %j as %s, without a money movement', (data, kind) => {
    expect(fields(data)).toMatchObject({ kind, moneyMovement: false });
  });

  test.each([
    'balancePlatform.accountHolder.created', 'balancePlatform.balanceAccountSweep.updated', 'recurring.token.created', 'merchant.created',
  ])('reads %s as other', (type) => {
    expect(fields({}, { type }).kind).toBe('other');
  });

  test.each(['12.5', 'much', {}, 12.5])('does not parse the amount %p, but all other fields', (value) => {
    expect(read({ ...TRANSFER, data: { ...TRANSFER.data, amount: { value, currency: 'EUR' } } })).toMatchObject({
      parsed: false, fields: { transactionId: '4S6TWX5VQ0LW90K1', money: undefined },
    });
  });

  test.each([undefined, null, 'text', []])('reads no amount from the data %j', (data) => {
    expect(read({ ...TRANSFER, data })).toMatchObject({ parsed: true, fields: { money: undefined, transactionId: undefined, kind: 'other' } });
  });

  test.each([{}, { type: '' }, { type: {} }, [], 'text', 1, null])('does not parse %j', (body) => {
    expect(read(body)).toMatchObject({ parsed: false, fields: { eventId: undefined, kind: 'other', live: true, moneyMovement: false } });
  });
});
