import fc from 'fast-check';
import { adyen } from '.';
import { samples } from './samples';
import type { ProviderConfig } from '../../../src/private/contract';
import {
  ADYEN_KEY, NOTIFICATION, SIGNED_TEXT, TRANSFER, adyenAccepts, mac, notification, platformWebhook, signed, withSignature, type Json,
} from '../../../test/handlers/support/adyen';
import { describeProviderContract } from '../../../test/handlers/support/provider-contract';
import { describePublished, payloads, vectors, type PublishedVector } from '../../../test/handlers/support/published';
import { request } from '../../../test/handlers/support/webhooks';
import { transactionItem, type TransactionItem } from '../../ingest/transaction-item';
import { changed } from '../shared/samples/changes';
import type { SignedWebhook } from '../shared/samples/provider-samples';

type AdyenVector = PublishedVector & { readonly secretHex: string; readonly item: Json; readonly expectedSignature: string };

const CONFIG: ProviderConfig = { name: 'adyen', scheme: 'adyen', secretArns: [] };
const OTHER_KEY = ADYEN_KEY.replace('8f', '9f');

const verify = (webhook: SignedWebhook, secrets: readonly string[] = [ADYEN_KEY]) => adyen.verify(request(webhook), secrets);
const split = (webhook: SignedWebhook) => adyen.batch.split(request(webhook));
const batch = (...items: unknown[]): SignedWebhook => (
  notification({ live: 'false', notificationItems: items.map((item) => ({ NotificationRequestItem: item })) })
);

/** The key of a stored notification. */
function keyOf(item: Json): TransactionItem[string][] {
  const { body } = notification(item);
  const normalized = adyen.normalize(request(notification(item)));
  const stored = transactionItem({ provider: CONFIG, normalized, rawBody: body, receivedAt: new Date(), tiers: { medium: 1, high: 2 } });
  return [stored.transaction_id, stored.timestamp];
}

describeProviderContract(samples);

describePublished('the published material of Adyen', () => {
  const published = () => vectors('adyen') as AdyenVector[];

  test.each(published().filter(({ mode }) => mode === 'standard-item').map((vector) => [vector.name, vector] as const))('%s', (_, vector) => {
    const verification = verify(notification(withSignature(vector.item, vector.expectedSignature)), [vector.secretHex]);

    expect(verification === 'authentic').toBe(vector.valid);
  });

  test.each(published().filter(({ mode }) => mode === 'raw-body-header').map((vector) => [vector.name, vector] as const))('%s', (_, vector) => {
    expect(verify({ body: Buffer.from(vector.rawBody), headers: vector.headers }, [vector.secretHex])).toBe('authentic');
  });

  test.each(payloads('adyen'))('%s is rejected as published, and authentic and parsed when the library signs it', (_, body) => {
    const parts = split({ body, headers: {} })!;
    const resigned = parts.map((part) => {
      const json = JSON.parse(part.body.toString()) as Json;
      return json.eventCode === undefined ? platformWebhook(part.body) : notification(signed(json));
    });

    expect(parts.map((part) => adyen.verify(part, [ADYEN_KEY]) === 'authentic')).toEqual(parts.map(() => false));
    expect(resigned.map((webhook) => verify(webhook))).toEqual(parts.map(() => 'authentic'));
    expect(resigned.map((webhook) => adyen.normalize(request(webhook)).parsed)).toEqual(parts.map(() => true));
  });
});

describe('verify a notification', () => {
  const text = fc.string({ unit: 'binary' }).map((any) => any.replaceAll(':', ''));
  const name = fc.stringMatching(/^[A-Za-z0-9_.-]{1,20}$/);
  const item = fc.record({
    pspReference: name,
    originalReference: fc.oneof(fc.constant(undefined), fc.constant(null), text),
    merchantAccountCode: text,
    merchantReference: fc.string({ unit: 'binary' }),
    amount: fc.record({ value: fc.oneof(fc.maxSafeInteger(), fc.nat().map(String)), currency: text }),
    eventCode: name,
    success: fc.oneof(fc.constantFrom('true', 'false'), fc.boolean()),
    additionalData: fc.dictionary(fc.string(), fc.string()),
  }).map((any) => JSON.parse(JSON.stringify(any)) as typeof NOTIFICATION & { additionalData: object });

  test('accepts and rejects like Adyen\'s library: any single change in the signed fields, the signature or the key is rejected', () => {
    const character = fc.integer({ min: 0x21, max: 0x7d }).map((code) => String.fromCharCode(code));

    fc.assert(fc.property(item, fc.nat(), character, fc.constantFrom(...'012345678abcde'), (any, position, replacement, digit) => {
      const genuine = signed(any) as typeof any & { additionalData: { hmacSignature: string } };
      const other = (value: unknown) => changed(String(value ?? '') || ' ', position, replacement);
      // The last digit before the padding has two unused bits.
      const otherSignature = genuine.additionalData.hmacSignature.replace(/^[^]{42}/, (digits) => changed(digits, position, digit));
      const altered: Json[] = [
        { ...genuine, pspReference: other(any.pspReference) },
        { ...genuine, originalReference: other(any.originalReference) },
        { ...genuine, merchantAccountCode: other(any.merchantAccountCode) },
        { ...genuine, merchantReference: other(any.merchantReference) },
        { ...genuine, amount: { ...any.amount, value: other(any.amount.value) } },
        { ...genuine, amount: { ...any.amount, currency: other(any.amount.currency) } },
        { ...genuine, eventCode: other(any.eventCode) },
        { ...genuine, success: other(any.success) },
        withSignature(genuine, otherSignature),
      ];
      const otherKey = changed(ADYEN_KEY, position, digit);

      expect([verify(notification(genuine)), adyenAccepts(genuine)]).toEqual(['authentic', true]);
      expect(altered.map((forged) => [verify(notification(forged)) === 'authentic', adyenAccepts(forged)]))
        .toEqual(altered.map(() => [false, false]));
      expect([verify(notification(genuine), [otherKey]), adyenAccepts(genuine, otherKey)]).toEqual(['signature_mismatch', false]);
    }));
  });

  test('accepts any change of unsigned fields, which changes neither the normalized event nor its key', () => {
    const field = fc.constantFrom('live', 'eventDate', 'paymentMethod', 'reason', 'operations', 'shopperReference', 'id', 'type', 'data');
    const unsigned = fc.dictionary(field, fc.jsonValue());
    const genuine = signed(NOTIFICATION);

    fc.assert(fc.property(unsigned, fc.dictionary(fc.string(), fc.jsonValue()), (fields, additionalData) => {
      const altered = { ...genuine, ...fields, additionalData: { ...additionalData, ...genuine.additionalData as object } };

      expect([verify(notification(altered)), adyenAccepts(altered)]).toEqual(['authentic', true]);
      expect(adyen.normalize(request(notification(altered)))).toEqual(adyen.normalize(request(notification(genuine))));
      expect(keyOf(altered)).toEqual(keyOf(genuine));
    }));
  });

  test.each<[string, Json]>([
    ['a value of 0', { amount: { value: 0, currency: 'EUR' } }],
    ['a value as text', { amount: { value: '1000', currency: 'EUR' } }],
    ['a boolean success', { success: true }],
    ['neither an original reference nor a merchant reference', { originalReference: undefined, merchantReference: undefined }],
    ['an original reference that is null', { originalReference: null }],
    ['a merchant reference with colons, slashes and backslashes', { merchantReference: '\\:/\\/:: "{a}" \u{1f600}' }],
    ['an empty amount', { amount: {} }],
  ])('accepts %s', (_, overrides) => {
    const genuine = signed({ ...NOTIFICATION, ...overrides });

    expect([verify(notification(genuine)), adyenAccepts(genuine)]).toEqual(['authentic', true]);
  });

  test('accepts a notification without an amount, which the library rejects with an error', () => {
    const { amount, ...rest } = NOTIFICATION;
    const genuine = withSignature(rest, mac('NC6HT9CRT65ZGN82::AnExampleShop:order-1001:::AUTHORISATION:true'));

    expect(amount).toBeDefined();
    expect([verify(notification(genuine)), adyenAccepts(genuine)]).toEqual(['authentic', false]);
  });

  test('accepts a signature by any of the keys, in either case, and ignores an invalid key', () => {
    expect(verify(notification(signed(NOTIFICATION)), ['rubbish', OTHER_KEY, ADYEN_KEY.toUpperCase()])).toBe('authentic');
  });

  test.each(['', ADYEN_KEY.slice(1), `${ADYEN_KEY} `, `${ADYEN_KEY}\n`, `0x${ADYEN_KEY}`, 'rubbish'])('reports the secret %j as unusable', (secret) => {
    expect(verify(notification(signed(NOTIFICATION)), [secret])).toBe('secret_unusable');
  });

  test('checks the format of a notification before the format of the secret', () => {
    expect([verify(notification(NOTIFICATION), ['rubbish']), verify(notification(withSignature(NOTIFICATION, 'rubbish')), ['rubbish'])])
      .toEqual(['signature_missing', 'signature_malformed']);
  });

  const signature = mac(SIGNED_TEXT);
  test.each<[string, unknown, string]>([
    ['no signature', undefined, 'signature_missing'],
    ['null', null, 'signature_missing'],
    ['an empty text', '', 'signature_missing'],
    ['a number', 1234, 'signature_malformed'],
    ['a list', [signature], 'signature_malformed'],
    ['a signature that is not base64', '!', 'signature_malformed'],
    ['half a signature', signature.slice(0, 20), 'signature_mismatch'],
    ['the signature of another text', mac('another'), 'signature_mismatch'],
    ['a signature by another key', mac(SIGNED_TEXT, OTHER_KEY), 'signature_mismatch'],
    ['hexadecimal digits', Buffer.from(signature, 'base64').toString('hex'), 'signature_mismatch'],
  ])('rejects %s', (_, value, reason) => {
    expect(verify(notification(withSignature(NOTIFICATION, value)))).toBe(reason);
  });

  test('rejects another base64 spelling of the signature, which the library accepts', () => {
    const rewritten = ['=', '', '==', ' ='].map((end) => withSignature(NOTIFICATION, signature.replace('=', end))).slice(1);

    expect(rewritten.map((altered) => [verify(notification(altered)), adyenAccepts(altered)]))
      .toEqual(rewritten.map(() => ['signature_malformed', true]));
  });

  test.each([[{}], [null], ['text'], [undefined]])('rejects a notification with the additional data %j, even with a valid header', (additionalData) => {
    expect(verify(platformWebhook(JSON.stringify({ ...NOTIFICATION, additionalData })))).toBe('signature_missing');
  });

  test('accepts a report whose reference contains times, and identifies it by the signed text, however its parts are assigned', () => {
    const report = signed({
      ...NOTIFICATION, pspReference: 'report_2026-01-31T00:00:00_to_2026-01-31T23:59:59', merchantReference: '', eventCode: 'REPORT_AVAILABLE',
    });
    const shifted = { ...report, pspReference: 'report_2026-01-31T00', originalReference: '00:00_to_2026-01-31T23:59:59:' };
    const keys = [report, shifted].map(keyOf);

    expect([report, shifted].map((each) => [verify(notification(each)), adyenAccepts(each)])).toEqual([['authentic', true], ['authentic', true]]);
    expect(keys[1]).toEqual(keys[0]);
    expect(JSON.stringify(keys[0])).toMatch(/[0-9a-f]{64}/);
    expect(adyen.normalize(request(notification(report)))).toMatchObject({
      parsed: true, fields: { eventName: 'REPORT_AVAILABLE', kind: 'other', status: 'succeeded', moneyMovement: false },
    });
    expect(adyen.normalize(request(notification(signed({ ...report, success: 'false' })))).fields.status).toBe('failed');
    expect(verify(notification({ ...report, success: 'false' }))).toBe('signature_mismatch');
  });

  test('does not accept a payment as a report, wherever its reference contains the name', () => {
    const genuine = signed({ ...NOTIFICATION, merchantReference: 'a:REPORT_AVAILABLE:true' });
    const shifted = { ...genuine, merchantAccountCode: 'AnExampleShop:a', merchantReference: 'REPORT_AVAILABLE:true' };

    expect([verify(notification(genuine)), verify(notification(shifted))]).toEqual(['authentic', 'signature_malformed']);
    expect(adyen.normalize(request(notification(genuine))).fields.eventName).toBe('AUTHORISATION');
  });

  test('rejects fields that were shifted into other fields, which the library accepts', () => {
    const genuine = signed({ ...NOTIFICATION, merchantReference: 'a:b' });
    const shifted = [
      { ...genuine, pspReference: `${NOTIFICATION.pspReference}:`, originalReference: 'AnExampleShop', merchantAccountCode: 'a', merchantReference: 'b' },
      { ...genuine, merchantAccountCode: 'AnExampleShop:a', merchantReference: 'b' },
      { ...genuine, originalReference: ':AnExampleShop', merchantAccountCode: 'a', merchantReference: 'b' },
      {
        ...genuine, merchantReference: 'a', amount: { value: 'b', currency: '123456' }, eventCode: 'EUR', success: 'AUTHORISATION:true',
      },
    ];

    expect(verify(notification(genuine))).toBe('authentic');
    expect(shifted.map((forged) => adyenAccepts(forged))).toEqual(shifted.map(() => true));
    expect(shifted.map((forged) => verify(notification(forged)))).toEqual(shifted.map(() => 'signature_malformed'));
  });

  test('rejects unpaired surrogates, because all of them have the same signature', () => {
    const genuine = signed({ ...NOTIFICATION, pspReference: 'report-\ufffd' });
    const forged = { ...genuine, pspReference: 'report-\ud800' };

    expect(verify(notification(genuine))).toBe('authentic');
    expect([verify(notification(forged)), adyenAccepts(forged)]).toEqual(['signature_malformed', true]);
  });

  test.each<[string, Json]>([
    ['a value beyond 2^53', { amount: { value: 2 ** 60, currency: 'EUR' } }],
    ['a value with a fraction', { amount: { value: 12.5, currency: 'EUR' } }],
    ['a list', { originalReference: [] }],
    ['an object', { success: {} }],
  ])('rejects %s, because its signed text is ambiguous', (_, overrides) => {
    expect(verify(notification(signed({ ...NOTIFICATION, ...overrides })))).toBe('signature_malformed');
  });

  test.each(['pspReference', 'eventCode'])('requires the signature header for a body without %s', (field) => {
    const genuine = signed({ ...NOTIFICATION, [field]: '' });

    expect(verify(notification(genuine))).toBe('signature_missing');
  });
});

describe('the notifications of a request', () => {
  const other = { ...NOTIFICATION, pspReference: 'QFQTPCQ8HXSKGK82', eventCode: 'REFUND', originalReference: NOTIFICATION.pspReference };

  test('are verified and normalized one by one', () => {
    const parts = split(batch(signed(NOTIFICATION), { ...signed(other), success: 'false' }, signed(other)))!;

    expect(adyen.batch.signed).toBe('each');
    expect(parts.map((part) => adyen.verify(part, [ADYEN_KEY]))).toEqual(['authentic', 'signature_mismatch', 'authentic']);
    expect(parts.map((part) => adyen.normalize(part).fields.eventId))
      .toEqual([`${NOTIFICATION.pspReference}:AUTHORISATION:true`, `${other.pspReference}:REFUND:false`, `${other.pspReference}:REFUND:true`]);
  });

  test.each<[string, unknown]>([
    ['an element without a notification', { Item: NOTIFICATION }], ['null', null], ['a text', 'text'], ['an empty element', {}], ['a list', [signed(NOTIFICATION)]],
  ])('%s is rejected, and the valid one before it is accepted', (_, item) => {
    const [first, second] = split(batch(signed(NOTIFICATION), item))!;

    expect(adyen.verify(first, [ADYEN_KEY])).toBe('authentic');
    expect(adyen.verify(second, [ADYEN_KEY])).toBe('signature_missing');
  });

  test.each([JSON.stringify(TRANSFER), '{"live": "false", "notificationItems": []}', 'rubbish'])('the request is verified as a whole if %s contains no notification', (body) => {
    const parts = split(platformWebhook(body))!;

    expect(parts.map((part) => [part.body.toString(), adyen.verify(part, [ADYEN_KEY])])).toEqual([[body, 'authentic']]);
  });

  test('are acknowledged with the body that older accounts require', () => {
    expect(adyen.acknowledgement).toEqual({ accepted: '[accepted]' });
  });
});
