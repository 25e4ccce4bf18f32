import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { normalizeBraintreeNotification } from './notification';
import type { ProviderConfig } from '../../../src/private/contract';

const AT = '2026-01-31T12:00:00Z';
const encode = (xml: string) => Buffer.from(xml).toString('base64').replace(/.{1,60}/g, '$&\n');
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** A notification in Braintree's format. */
const notification = (kind: string, subject: string, timestamp = AT) => (
  `<?xml version="1.0" encoding="UTF-8"?>
<notification>
  <kind>${kind}</kind>
  <timestamp type="datetime">${timestamp}</timestamp>
  <subject>${subject}</subject>
</notification>
`);
const normalize = (payload: string, metadataKeys: ProviderConfig['metadataKeys'] = []) => normalizeBraintreeNotification(payload, { metadataKeys });
const read = (kind: string, subject: string, timestamp?: string) => normalize(encode(notification(kind, subject, timestamp)));

/** Elements by their names. null becomes Braintree's `nil`. */
type Elements = Readonly<Record<string, string | null>>;

function element(name: string, elements: Elements): string {
  const inner = Object.entries(elements)
    .map(([child, text]) => text === null ? `<${child} nil="true"/>` : `<${child}>${text}</${child.split(' ', 1)[0]}>`);
  return `<${name}>\n    ${inner.join('\n    ')}\n  </${name}>`;
}

const SALE: Elements = {
  'id': '0123e4',
  'status': 'settled',
  'type': 'sale',
  'currency-iso-code': 'EUR',
  'amount': '1234.50',
  'customer': '<id>00042</id><email>Someone@Mail.example</email>',
  'credit-card': '<bin>510510</bin><last-4>5100</last-4>',
  'billing': '<country-name>Germany</country-name><country-code-alpha2>DE</country-code-alpha2><country-code-alpha3>DEU</country-code-alpha3>',
  'refunded-transaction-id': null,
  'payment-instrument-type': 'sepa_debit_account',
  'subscription-id': null,
};
const DISPUTE: Elements = {
  'id': 'dp1',
  'kind': 'chargeback',
  'status': 'open',
  'amount': '100.00',
  'amount-disputed': '25.0',
  'currency-iso-code': 'USD',
  'transaction': '<id>tx1</id><amount>100.00</amount>',
};
const DISBURSEMENT: Elements = {
  'id': 'DS1',
  'amount': '987.65',
  'disbursement-type': 'credit',
  'success type="boolean"': 'true',
  'merchant-account': '<id>a-merchant-account</id><currency-iso-code>GBP</currency-iso-code>',
};

const sale = (overrides: Elements = {}) => read('transaction_settled', element('transaction', { ...SALE, ...overrides }));
const dispute = (overrides: Elements = {}) => read('dispute_opened', element('dispute', { ...DISPUTE, ...overrides }));
const disbursement = (overrides: Elements = {}) => read('disbursement', element('disbursement', { ...DISBURSEMENT, ...overrides }));
const subscription = (kind: string, ...charges: Elements[]) => (
  read(kind, element('subscription', { id: 'sub1', status: 'Active', transactions: charges.map((charge) => element('transaction', charge)).join('') }))
);

describe('normalizeBraintreeNotification', () => {
  test('reads every field of a transaction', () => {
    expect(sale()).toEqual({
      parsed: true,
      fields: {
        eventId: sha256(`["transaction_settled","${AT}","0123e4"]`),
        transactionId: '0123e4',
        eventName: 'transaction_settled',
        kind: 'captured',
        status: 'settled',
        live: true,
        money: { minor: 123450n, exponent: 2 },
        currency: 'EUR',
        customerId: '00042',
        paymentMethod: 'sepa_debit_account',
        country: 'DE',
        cardBin: '510510',
        emailDomain: 'mail.example',
        email: 'someone@mail.example',
        eventTime: new Date(AT),
        moneyMovement: true,
        declined: false,
      },
    });
  });

  test('reads a refund with the transaction id of its payment and its own event id', () => {
    const refund = { 'type': 'credit', 'refunded-transaction-id': 'tx1', 'subscription-id': 'sub1' };

    const [first, second] = [sale({ ...refund, id: 're1' }), sale({ ...refund, id: 're2' })];

    expect(first.fields).toMatchObject({ transactionId: 'tx1', kind: 'refunded', moneyMovement: true });
    expect(second.fields).toMatchObject({ transactionId: 'tx1', eventId: expect.not.stringMatching(first.fields.eventId!) });
  });

  test('reads a failed refund with the transaction id of its payment', () => {
    expect(read('refund_failed', element('transaction', { ...SALE, 'id': 're1', 'refunded-transaction-id': 'tx1' })).fields).toMatchObject({ transactionId: 'tx1', kind: 'failed', moneyMovement: false });
  });

  test('reads a dispute with the id of its transaction and its own amount', () => {
    expect(dispute().fields).toMatchObject({
      eventId: sha256(`["dispute_opened","${AT}","dp1"]`),
      transactionId: 'tx1',
      kind: 'disputed',
      status: 'open',
      money: { minor: 2500n },
      currency: 'USD',
      moneyMovement: true,
    });
  });

  test.each<[Elements, object]>([
    [{ 'amount-disputed': null }, { money: { minor: 10000n } }],
    [{ 'amount-disputed': null, 'amount': null }, { money: { minor: 10000n } }],
    [{ transaction: null }, { transactionId: 'dp1' }],
    [{ kind: 'pre_arbitration' }, { moneyMovement: true }],
    [{ kind: 'retrieval' }, { moneyMovement: false }],
  ])('reads a dispute with %j as %j', (overrides, fields) => {
    expect(dispute(overrides).fields).toMatchObject(fields);
  });

  test('reads the charge of a subscription from its latest transaction, and its settlement as no second money movement', () => {
    const charge = { ...SALE, 'id': 'tx2', 'status': 'submitted_for_settlement', 'subscription-id': 'sub1' };

    const charged = subscription('subscription_charged_successfully', charge, { ...SALE, id: 'tx1', amount: '1.00' });
    const settled = sale(charge);

    expect(charged.fields).toMatchObject({
      eventId: sha256(`["subscription_charged_successfully","${AT}","tx2"]`),
      transactionId: 'tx2',
      kind: 'captured',
      status: 'submitted_for_settlement',
      money: { minor: 123450n },
      currency: 'EUR',
      customerId: '00042',
      moneyMovement: true,
    });
    expect(settled.fields).toMatchObject({ transactionId: 'tx2', kind: 'captured', moneyMovement: false });
  });

  test('reads a charge with one transaction and a charge without a transaction', () => {
    const [withTransaction, withoutTransaction] = [[{ id: 'tx1', amount: '49.99' }], []].map((transactions) => subscription('subscription_charged_successfully', ...transactions));

    expect(withTransaction).toMatchObject({ parsed: true, fields: { transactionId: 'tx1', money: { minor: 4999n, exponent: 2 }, currency: undefined } });
    expect(withoutTransaction).toMatchObject({ parsed: true, fields: { transactionId: 'sub1', money: undefined } });
  });

  test('reads other events of a subscription without a payment', () => {
    expect(subscription('subscription_canceled', SALE).fields).toMatchObject({ transactionId: 'sub1', status: 'Active', money: undefined, kind: 'other' });
  });

  test('reads a disbursement in the currency of its merchant account', () => {
    expect(disbursement().fields).toMatchObject({
      transactionId: 'DS1', kind: 'paid-out', status: 'credit', money: { minor: 98765n }, currency: 'GBP', moneyMovement: true,
    });
  });

  test.each([['true', 'paid-out', true], ['false', 'failed', false]])('reads a disbursement with the success %s as %s', (success, kind, moneyMovement) => {
    expect(disbursement({ 'success type="boolean"': success }).fields).toMatchObject({ kind, moneyMovement });
  });

  test('reads the transaction of a local payment, if it has one, and of a review', () => {
    const transaction = '<id>tx1</id><status>settled</status><amount>10.00</amount>';
    const funded = read('local_payment_funded', element('local-payment-funded', { 'payment-id': 'p1', transaction }));
    const completed = read('local_payment_completed', element('local-payment', { 'payment-id': 'p1', 'payment-method-nonce': 'n1' }));
    const reviewed = read('transaction_reviewed', element('transaction-review', { 'transaction-id': 'tx1', 'decision': 'approved' }));

    expect(funded.fields).toMatchObject({ transactionId: 'tx1', status: 'settled', kind: 'captured', money: { minor: 1000n }, moneyMovement: true });
    expect(completed.fields).toMatchObject({ transactionId: 'p1', kind: 'authorized', money: undefined, moneyMovement: false });
    expect(reviewed.fields).toMatchObject({ transactionId: 'tx1', kind: 'other' });
  });

  test.each([
    ['local_payment_expired', 'canceled'], ['local_payment_reversed', 'canceled'], ['subscription_charged_unsuccessfully', 'failed'],
    ['transaction_settlement_declined', 'failed'], ['transaction_disbursed', 'paid-out'], ['disbursement_exception', 'failed'],
    ['dispute_expired', 'disputed'], ['dispute_won', 'disputed'], ['dispute_auto_accepted', 'disputed'], ['check', 'other'],
    ['subscription_canceled', 'other'], ['account_updater_daily_report', 'other'], ['constructor', 'other'],
  ])('reads %s as %s', (kind, expected) => {
    expect(read(kind, element('transaction', SALE)).fields.kind).toBe(expected);
  });

  test.each<[string | null, string]>([
    ['authorized', 'authorized'], ['submitted_for_settlement', 'captured'], ['processor_declined', 'failed'], ['voided', 'canceled'],
    ['authorization_expired', 'canceled'], [null, 'other'],
  ])('reads a retried transaction with the status %s as %s', (status, kind) => {
    expect(read('transaction_retried', element('transaction', { ...SALE, status })).fields).toMatchObject({ kind, moneyMovement: false });
  });

  test('marks these kinds as money movements, of all kinds that can contain an amount', () => {
    const kinds = [
      'dispute_accepted', 'dispute_auto_accepted', 'dispute_disputed', 'dispute_expired', 'dispute_lost', 'dispute_opened', 'dispute_under_review',
      'dispute_won', 'disbursement', 'disbursement_exception', 'local_payment_completed', 'local_payment_expired', 'local_payment_funded',
      'local_payment_reversed', 'refund_failed', 'subscription_canceled', 'subscription_charged_successfully', 'subscription_charged_unsuccessfully',
      'subscription_went_past_due', 'transaction_disbursed', 'transaction_retried', 'transaction_reviewed', 'transaction_settled',
      'transaction_settlement_declined',
    ];

    expect(kinds.filter((kind) => read(kind, element('transaction', SALE)).fields.moneyMovement)).toEqual([
      'dispute_opened', 'disbursement', 'local_payment_funded', 'subscription_charged_successfully', 'transaction_settled',
    ]);
  });

  test.each<[Elements, bigint, number]>([
    [{ 'currency-iso-code': 'JPY', 'amount': '500' }, 500n, 0], [{ 'currency-iso-code': 'JPY', 'amount': '500.00' }, 500n, 0],
    [{ 'currency-iso-code': 'KWD', 'amount': '1.005' }, 1005n, 3], [{ 'currency-iso-code': null, 'amount': '100' }, 10000n, 2],
    [{ amount: '90071992547409931.10' }, 9007199254740993110n, 2],
  ])('reads the money of %j as %s with %d decimals', (overrides, minor, exponent) => {
    expect(sale(overrides)).toMatchObject({ parsed: true, fields: { money: { minor, exponent } } });
  });

  test.each(['much', '1e3', '1.005', '0x10', '1 000', '<b>1</b>', '1</amount><amount>2'])('does not parse the amount %s, but all other fields', (amount) => {
    expect(sale({ amount })).toMatchObject({ parsed: false, fields: { transactionId: '0123e4', money: undefined, moneyMovement: true } });
  });

  test('reads nil, empty and repeated elements as absent', () => {
    const nothing = { 'customer': '<id nil="true"/>', 'credit-card': '<bin nil="true"/>', 'status': '', 'currency-iso-code': 'XXX' };

    expect(sale({ ...nothing, type: 'sale</type><type>sale' }).fields).toMatchObject({ customerId: undefined, cardBin: undefined, emailDomain: undefined, status: undefined, currency: undefined, kind: 'captured' });
  });

  test.each([['1e5'], ['0x1F'], ['+7'], ['007'], ['true'], ['9007199254740993']])('keeps the identifier %s unchanged', (id) => {
    expect(sale({ id, customer: `<id>${id}</id>` }).fields).toMatchObject({ transactionId: id, customerId: id });
  });
});

describe('the event identifier', () => {
  const subject = (id: string) => element('transaction', { ...SALE, id });
  const identity = (...notificationParts: Parameters<typeof read>) => read(...notificationParts).fields.eventId;

  test('is the same for changes of other elements', () => {
    expect(sale({ status: 'settling', amount: '1.00' }).fields.eventId).toBe(sale().fields.eventId);
  });

  test('differs for another kind, time or subject, even if their joined text is the same', () => {
    const identities = [
      identity('kind', subject('1')), identity('kind1', subject('')), identity('kin', subject('d1')), identity('kind', subject('2')),
      identity('kind', subject('1'), '2026-01-31T12:00:01Z'), identity('kind', subject('1'), `${AT}","1`), identity('kind', subject(`${AT}1`)),
    ];

    expect(new Set(identities).size).toBe(identities.length);
  });

  test.each<[string, string]>([
    ['a time', notification('check', subject('1'), '')],
    ['a single time', notification('check', subject('1'), `${AT}</timestamp><timestamp>${AT}`)],
    ['an identifier', notification('local_payment_reversed', element('local-payment-reversed', { 'payment-id': 'p1' }))],
    ['a subject', `<notification><kind>check</kind><timestamp>${AT}</timestamp></notification>`],
    ['a subject with members', notification('check', '<check type="boolean">true</check>')],
    ['a kind', notification('', subject('1'))],
    ['a notification', '<rubbish/>'],
    ['XML', 'rubbish'],
  ])('is the hash of the payload without %s', (_, xml) => {
    const payload = encode(xml);

    expect(normalize(payload).fields.eventId).toBe(sha256(payload.trimEnd()));
    expect(normalize(payload.trimEnd()).fields.eventId).toBe(sha256(payload.trimEnd()));
  });
});

describe('an invalid or unusual notification', () => {
  const ENTITIES = '<!DOCTYPE n [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>';

  test.each([
    ['an empty text', ''], ['text', 'rubbish'], ['JSON', '{"kind": "check"}'], ['another document', '<transaction><id>1</id></transaction>'],
    ['an unclosed tag', '<notification'], ['two kinds', '<notification><kind>check</kind><kind>check</kind></notification>'],
    ['two notifications', '<notification><kind>a</kind></notification><notification><kind>b</kind></notification>'],
    ['an unclosed document type', '<!DOCTYPE n [<!ENTITY a "b"><notification/>'],
    ['a prototype', '<notification><__proto__><kind>check</kind></__proto__></notification>'],
    ['deep nesting', `<notification><kind>check</kind>${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}</notification>`],
  ])('is not parsed: %s', (_, xml) => {
    expect(normalize(encode(xml))).toMatchObject({ parsed: false, fields: { kind: 'other', live: true, moneyMovement: false } });
  });

  test('is read without the expansion of entities', () => {
    const { fields } = normalize(encode(ENTITIES + notification('check', element('transaction', { id: '&c;&lt;&#65;' })).replace(/<\?.*\?>/, '')));

    expect(fields.transactionId).toBe('&c;&lt;&#65;');
  });

  test('can contain CDATA sections, and comments and instructions that are ignored', () => {
    const xml = notification('<![CDATA[check]]>', '<!-- <id>1</id> --><?php id?><transaction><id>2</id></transaction>');

    expect(normalize(encode(xml)).fields).toMatchObject({ eventName: 'check', transactionId: '2' });
  });

  test('never causes an error', () => {
    const names = fc.constantFrom('notification', 'kind', 'timestamp', 'subject', 'transaction', 'transactions', 'id', 'amount', 'dispute', 'constructor', 'a b="c"');
    const text = fc.oneof(fc.constantFrom('check', 'subscription_charged_successfully', 'dispute_opened', '1.00', '&', '<', '>', ']]>', '<!--', '<!DOCTYPE'), fc.string());
    const { tree } = fc.letrec<{ tree: string; node: string }>((tie) => ({
      tree: fc.array(tie('node'), { maxLength: 5 }).map((nodes) => nodes.join('')),
      node: fc.oneof({ depthSize: 'small' }, text, fc.tuple(names, tie('tree')).map(([name, inner]) => `<${name}>${inner}</${name.split(' ', 1)[0]}>`)),
    }));
    const payload = fc.oneof(fc.string(), fc.base64String(), tree.map(encode), tree.map((inner) => encode(notification('transaction_settled', inner))));

    fc.assert(fc.property(payload, (value) => {
      expect(normalize(value).fields.eventId).toMatch(/^[0-9a-f]{64}$/);
    }));
  });
});
