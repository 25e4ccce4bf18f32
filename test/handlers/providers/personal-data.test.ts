import { transactionItem } from '../../../handlers/ingest/transaction-item';
import { SCHEME_NAMES, loadScheme } from '../../../handlers/providers/registry';
import type { FieldsConfig, ProviderConfig, SchemeName } from '../../../src/private/contract';
import { request } from '../support/webhooks';

const NUMBER = '4242421234567890';
const ADDRESS = 'Some.One+tag@Mail.example';

const FIELDS: FieldsConfig = { cardBin: 'card', email: 'buyer.email', transactionId: 'id' };
const BRAINTREE = `<notification><kind>transaction_settled</kind><timestamp>2026-01-31T12:00:00Z</timestamp><subject><transaction><id>tx1</id>
  <customer><id>c1</id><email>${ADDRESS}</email></customer><credit-card><bin>${NUMBER}</bin></credit-card></transaction></subject></notification>`;
const ADYEN = {
  pspReference: 'psp1',
  eventCode: 'AUTHORISATION',
  success: 'true',
  merchantAccountCode: 'm1',
  amount: { value: 1, currency: 'EUR' },
  additionalData: { cardBin: NUMBER, shopperEmail: ADDRESS, hmacSignature: 'x' },
};

const BIN = '42424212';
const DOMAIN = 'mail.example';
/** Bodies that hold a whole card number and an address wherever a scheme looks for them, and what is kept of those. */
const CASES: readonly [SchemeName, unknown, string | undefined, string | undefined, FieldsConfig?][] = [
  ['adyen', ADYEN, undefined, undefined],
  ['adyen', { type: 'any', data: { id: 'i1', cardBin: NUMBER, email: ADDRESS } }, undefined, undefined],
  ['braintree', new URLSearchParams({ bt_payload: Buffer.from(BRAINTREE).toString('base64') }).toString(), BIN, DOMAIN],
  ['checkout-com', { id: 'evt_1', type: 'payment_captured', data: { id: 'pay_1', source: { bin: NUMBER }, customer: { email: ADDRESS } } }, BIN, DOMAIN],
  ['coinbase-commerce', { event: { id: 'e1', type: 'charge:failed', data: { code: 'c1', metadata: { email: ADDRESS } } } }, undefined, DOMAIN],
  ['gocardless', { id: 'EV1', resource_type: 'payments', action: 'failed', metadata: { email: ADDRESS } }, undefined, undefined],
  ['hmac', { id: 'i1', card: NUMBER, buyer: { email: ADDRESS } }, BIN, DOMAIN, FIELDS],
  ['mollie', { id: 'e1', type: 'payment.paid', _embedded: { entity: { billingAddress: { email: ADDRESS }, details: { cardNumber: NUMBER } } } }, undefined, DOMAIN],
  ['paypal', { id: 'WH-1', event_type: 'CHECKOUT.ORDER.COMPLETED', resource: { id: 'o1', payer: { email_address: ADDRESS } } }, undefined, DOMAIN],
  ['paystack', { event: 'charge.success', data: { id: 1, authorization: { channel: 'card', bin: NUMBER }, customer: { email: ADDRESS } } }, BIN, DOMAIN],
  ['razorpay', { event: 'payment.failed', payload: { payment: { entity: { id: 'pay_1', email: ADDRESS } } } }, undefined, DOMAIN],
  ['shopify', { id: 1, email: ADDRESS, payment_details: { credit_card_bin: NUMBER } }, BIN, DOMAIN],
  ['square', { type: 'payment.updated', data: { object: { payment: { id: 'p1', buyer_email_address: ADDRESS, card_details: { card: { bin: NUMBER } } } } } }, BIN, DOMAIN],
  ['standard-webhooks', { id: 'i1', card: NUMBER, buyer: { email: ADDRESS } }, BIN, DOMAIN, FIELDS],
  ['standard-webhooks', { transaction_id: 'o1', kind: 'captured', card_bin: NUMBER, email_domain: DOMAIN }, undefined, undefined],
  ['standard-webhooks', { transaction_id: 'o1', kind: 'captured', card_bin: BIN, email_domain: ADDRESS }, undefined, undefined],
  ['stripe', {
    id: 'evt_1', type: 'any', data: { object: { id: 'ch_1', receipt_email: ADDRESS, payment_method_details: { card: { iin: NUMBER } } } },
  }, BIN, DOMAIN],
];

// A fifth parameter would be Jest's callback where a row has four.
test.each(CASES)('%s: of %j the item holds the digits %s and the domain %s beside the raw body, and nothing more', async (scheme, payload, bin, domain, ...[fields]) => {
  const provider: ProviderConfig = { name: scheme, scheme, secretArns: [], ...fields && { fields } };
  const rawBody = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
  const normalized = await loadScheme(scheme).normalize(request({ body: rawBody, headers: {} }), provider);

  const { body, ...item } = transactionItem({ provider, normalized, rawBody, receivedAt: new Date(), tiers: { medium: 1000, high: 10000 } });

  const texts = Object.values(item).map(String).join(' ');
  expect(body).toBeDefined();
  expect([item.card_bin, item.email_domain]).toEqual([bin, domain]);
  expect(texts).not.toMatch(/@|some\.one|tag/i);
  expect(texts).not.toContain(NUMBER.slice(0, 9));
});

test('every scheme is among them', () => {
  expect(new Set(CASES.map(([scheme]) => scheme))).toEqual(new Set(SCHEME_NAMES));
});
