import fc from 'fast-check';
import { adyen } from '.';
import { NOTIFICATION, TRANSFER, notification, type Json } from '../../../test/handlers/support/adyen';
import { request } from '../../../test/handlers/support/webhooks';

const read = (body: unknown) => adyen.normalize(request(notification(body as Json)));

describe('normalize a notification', () => {
  const fields = (overrides: Json) => read({ ...NOTIFICATION, ...overrides }).fields;

  test('reads every signed field', () => {
    expect(read(NOTIFICATION)).toEqual({
      parsed: true,
      fields: {
        eventId: 'NC6HT9CRT65ZGN82:AUTHORISATION:true',
        transactionId: 'NC6HT9CRT65ZGN82',
        eventName: 'AUTHORISATION',
        kind: 'authorized',
        status: 'succeeded',
        live: true,
        money: { minor: 123456n, exponent: 2 },
        currency: 'EUR',
        account: 'AnExampleShop',
        reference: 'order-1001',
        moneyMovement: true,
        declined: false,
      },
    });
  });

  test.each<[unknown, string]>([
    ['8515208516304269', '8515208516304269'], ['', 'NC6HT9CRT65ZGN82'], [null, 'NC6HT9CRT65ZGN82'], [undefined, 'NC6HT9CRT65ZGN82'],
  ])('reads for the original reference %j the transaction %s', (originalReference, transactionId) => {
    expect(fields({ originalReference })).toMatchObject({ transactionId, eventId: 'NC6HT9CRT65ZGN82:AUTHORISATION:true' });
  });

  test.each<[unknown, bigint]>([[0, 0n], ['0', 0n], ['123456789012345678901234567890', 123456789012345678901234567890n], [-5, -5n]])(
    'reads the amount %p as %s', (value, minor) => {
      expect(read({ ...NOTIFICATION, amount: { value, currency: 'EUR' } })).toMatchObject({ parsed: true, fields: { money: { minor } } });
    });

  test.each(['12.5', 'much', true])('does not parse the amount %p, but all other fields', (value) => {
    expect(read({ ...NOTIFICATION, amount: { value, currency: 'EUR' } })).toMatchObject({
      parsed: false, fields: { eventId: `${NOTIFICATION.pspReference}:AUTHORISATION:true`, money: undefined },
    });
  });

  test.each([undefined, {}, null, { value: null, currency: '' }])('reads the amount %j as absent', (amount) => {
    expect(read({ ...NOTIFICATION, amount })).toMatchObject({ parsed: true, fields: { money: undefined, currency: undefined } });
  });

  test.each([
    ['AUTHORISATION', 'authorized'], ['AUTHORISATION_ADJUSTMENT', 'authorized'], ['CAPTURE', 'captured'], ['CAPTURE_FAILED', 'failed'],
    ['REFUND', 'refunded'], ['REFUND_WITH_DATA', 'refunded'], ['REFUND_FAILED', 'failed'], ['REFUNDED_REVERSED', 'failed'],
    ['PAYOUT_THIRDPARTY', 'paid-out'], ['PAYOUT_DECLINE', 'failed'], ['PAYOUT_EXPIRE', 'canceled'], ['PAIDOUT_REVERSED', 'failed'],
    ['OFFER_CLOSED', 'canceled'], ['CANCELLATION', 'canceled'], ['TECHNICAL_CANCEL', 'canceled'], ['EXPIRE', 'canceled'], ['CANCEL_OR_REFUND', 'other'],
    ['VOID_PENDING_REFUND', 'other'], ['CANCEL_AUTORESCUE', 'other'],
    ['ORDER_CLOSED', 'other'], ['REPORT_AVAILABLE', 'other'], ['NOTIFICATION_OF_FRAUD', 'other'], ['constructor', 'other'],
  ])('reads a successful %s as %s', (eventCode, kind) => {
    expect(fields({ eventCode, success: true })).toMatchObject({ eventName: eventCode, kind, status: 'succeeded' });
  });

  test.each([
    'CHARGEBACK', 'CHARGEBACK_REVERSED', 'DISPUTE_DEFENSE_PERIOD_ENDED', 'INFORMATION_SUPPLIED', 'ISSUER_COMMENTS', 'ISSUER_RESPONSE_TIMEFRAME_EXPIRED',
    'NOTIFICATION_OF_CHARGEBACK', 'PREARBITRATION_ACCEPTED', 'PREARBITRATION_DECLINED', 'PREARBITRATION_ISSUER_WITHDRAWN', 'PREARBITRATION_LOST',
    'PREARBITRATION_OPEN', 'PREARBITRATION_WON', 'REQUEST_FOR_INFORMATION', 'SCHEME_ARBITRATION', 'SCHEME_ARBITRATION_LOST', 'SCHEME_ARBITRATION_WON',
    'SECOND_CHARGEBACK',
  ])('reads %s as disputed', (eventCode) => {
    expect(fields({ eventCode }).kind).toBe('disputed');
  });

  test.each([
    ['AUTHORISATION', 'failed'], ['CAPTURE', 'failed'], ['REFUND', 'failed'], ['REFUND_WITH_DATA', 'failed'], ['PAYOUT_THIRDPARTY', 'failed'],
    ['REFUND_FAILED', 'failed'], ['CHARGEBACK', 'disputed'], ['CANCELLATION', 'other'], ['TECHNICAL_CANCEL', 'other'],
  ])('reads an unsuccessful %s as %s, without a money movement', (eventCode, kind) => {
    expect(['false', false, '', 'TRUE'].map((success) => fields({ eventCode, success })))
      .toEqual(Array.from({ length: 4 }, () => expect.objectContaining({ kind, status: 'failed', moneyMovement: false })));
  });

  test.each([
    ['payment', ['AUTHORISATION', 'AUTHORISATION_ADJUSTMENT', 'CAPTURE', 'ORDER_OPENED', 'ORDER_CLOSED', 'PENDING'], 'AUTHORISATION'],
    ['refund', ['REFUND', 'POSTPONED_REFUND', 'REFUND_FAILED', 'REFUNDED_REVERSED', 'CANCEL_OR_REFUND'], 'REFUND'],
    ['refund without a payment', ['REFUND_WITH_DATA'], 'REFUND_WITH_DATA'],
    ['dispute', ['NOTIFICATION_OF_CHARGEBACK', 'REQUEST_FOR_INFORMATION', 'CHARGEBACK', 'CHARGEBACK_REVERSED'], 'CHARGEBACK'],
    ['second dispute of a payment', ['PREARBITRATION_LOST', 'SECOND_CHARGEBACK', 'SCHEME_ARBITRATION'], 'SECOND_CHARGEBACK'],
    ['payout', ['PAYOUT_THIRDPARTY', 'PAYOUT_DECLINE', 'PAYOUT_EXPIRE', 'PAIDOUT_REVERSED'], 'PAYOUT_THIRDPARTY'],
  ])('marks one event of a %s as the money movement', (_, eventCodes, moving) => {
    expect(eventCodes.filter((eventCode) => fields({ eventCode }).moneyMovement)).toEqual([moving]);
  });

  test('does not parse a notification that cannot have a valid signature', () => {
    expect(read({ ...NOTIFICATION, originalReference: 'a:b' })).toMatchObject({ parsed: false, fields: { kind: 'other', live: true } });
  });
});

test('normalize never throws for any body', () => {
  const names = [NOTIFICATION, TRANSFER, TRANSFER.data, TRANSFER.data.amount].flatMap((object) => Object.keys(object));
  const key = fc.constantFrom(...names, '__proto__', 'toString');
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof({ maxDepth: 4 }, fc.jsonValue(), fc.dictionary(key, tie('tree'))),
  }));
  const deep = '{"data":'.repeat(50_000) + '1' + '}'.repeat(50_000);
  const body = fc.oneof(tree, tree.map((any) => ({ ...NOTIFICATION, ...any as object })), tree.map((data) => ({ ...TRANSFER, data })));

  fc.assert(fc.property(body, (any) => expect(() => read(any)).not.toThrow()));
  expect(adyen.normalize(request({ body: Buffer.from(deep), headers: {} })).parsed).toBe(false);
});
