/* eslint-disable @typescript-eslint/no-require-imports -- the package has no types */
import { SecretField } from '../../../src/private/contract';
import { otherCharacter, otherField } from '../shared/samples/changes';
import { PLANTED, type ProviderSamples, type SamplePayload, type SignedWebhook } from '../shared/samples/provider-samples';
import { providerConfig } from '../shared/samples/sample-signing';

/** The parts of Braintree's library that sign and verify. */
interface BraintreeLibrary {
  readonly BraintreeGateway: new (options: object) => {
    readonly webhookTesting: { readonly sampleSignature: (payload: string) => string };
    readonly webhookNotification: { readonly parse: (signature: string, payload: string) => Promise<unknown> };
  };
  readonly Environment: { readonly Sandbox: object };
}

/** The keys of the library's own samples. */
const KEYS = { [SecretField.PUBLIC_KEY]: 'integration_public_key', [SecretField.PRIVATE_KEY]: 'integration_private_key' };
const SECRET = JSON.stringify(KEYS);

function gatewayOf(secret: string) {
  const { BraintreeGateway, Environment } = require('braintree') as BraintreeLibrary;
  const { [SecretField.PUBLIC_KEY]: publicKey, [SecretField.PRIVATE_KEY]: privateKey } = JSON.parse(secret) as Record<string, string>;
  return new BraintreeGateway({ environment: Environment.Sandbox, merchantId: 'a-merchant', publicKey, privateKey });
}

export function braintreeForm(fields: Record<string, string>): SignedWebhook {
  return { body: Buffer.from(String(new URLSearchParams(fields))), headers: { 'Content-Type': 'application/x-www-form-urlencoded' } };
}

function fieldsOf({ body }: SignedWebhook): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(body.toString()));
}

export const braintreeXml = (kind: string, subject: string) => `<?xml version="1.0" encoding="UTF-8"?>
<notification>
  <kind>${kind}</kind>
  <timestamp type="datetime">2026-01-31T12:00:00Z</timestamp>
  <subject>${subject}</subject>
</notification>
`;

const membersXml = (content: Readonly<Record<string, string>>) => Object.entries(content).map(([name, value]) => `<${name}>${value}</${name}>`).join('');
const transactionXml = (id: string, amount: string, content: Readonly<Record<string, string>>) => (
  `<transaction>${membersXml({ id, amount, 'currency-iso-code': 'EUR', ...content })}</transaction>`
);
const chargeXml = (kind: string, id: string, status: string) => braintreeXml(kind, `<subscription><id>s1</id><status>Active</status>
  <transactions type="array">${transactionXml(id, '5.00', { 'status': status, 'type': 'sale', 'subscription-id': 's1' })}</transactions></subscription>`);
const disputeXml = (event: string, kind: string, status: string) => braintreeXml(event, `<dispute>
  ${membersXml({ 'id': `d-${kind}`, 'amount-disputed': '4.00', 'currency-iso-code': 'EUR', kind, status })}${transactionXml('t1', '6.00', {})}</dispute>`);
const localPaymentXml = (event: string, content = '') => braintreeXml(event, `<local-payment><payment-id>PAY-1</payment-id>${content}</local-payment>`);

function outcome(kind: string, content: Readonly<Record<string, string>> = { type: 'sale' }): SamplePayload {
  return { payload: braintreeXml(kind, `<transaction><id>tx1</id>${membersXml(content)}</transaction>`) };
}

export const samples = {
  config: providerConfig('braintree'),
  secret: SECRET,
  otherSecret: otherField(KEYS, SecretField.PRIVATE_KEY),
  signatureHeaders: [],

  /** The base64 text has lines of 60 characters, as Ruby writes it. */
  sign(payload, { secret = SECRET } = {}) {
    const text = payload.toString('base64').replace(/.{1,60}/g, '$&\n');
    return braintreeForm({ bt_signature: gatewayOf(secret).webhookTesting.sampleSignature(text), bt_payload: text });
  },

  async libraryAccepts(webhook, secret) {
    const { bt_signature: signature, bt_payload: payload } = fieldsOf(webhook);
    return gatewayOf(secret).webhookNotification.parse(signature, payload).then(() => true, () => false);
  },

  altered(webhook, change) {
    const fields = fieldsOf(webhook);
    return Object.keys(fields).filter((name) => fields[name] !== '')
      .map((name) => braintreeForm({ ...fields, [name]: otherCharacter(fields[name], change) }));
  },

  unsignedChanges: ({ body, headers }) => [
    (form: string) => `${form}&other=1`,
    (form: string) => form.split('&').reverse().join('&'),
    (form: string) => form.replace(/[a-z](?=[A-Za-z0-9%]*$)/, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
    (form: string) => form.replace('bt_signature=', 'bt_signature=another_key%7C00%26'),
  ].map((change) => ({ headers, body: Buffer.from(change(body.toString())) })),

  events: [
    {
      payload: braintreeXml('transaction_settled', `<transaction>
        <id>own1</id><order-id>order-1001</order-id><merchant-account-id>shop_eur</merchant-account-id><status>settled</status><type>sale</type><amount>12500.00</amount><currency-iso-code>EUR</currency-iso-code>
        <customer><id>00042</id><email>Someone@Mail.example</email></customer>
        <credit-card><bin>510510</bin><last-4>5100</last-4><unique-number-identifier>e6c2b1ab9c6f1ccfa7d0d8bcbe0ae4f4</unique-number-identifier></credit-card>
        <risk-data><id>1SG23YHM4BT5</id><decision>Decline</decision><device-data-captured type="boolean">true</device-data-captured><transaction-risk-score>980</transaction-risk-score></risk-data>
        <three-d-secure-info><status>authenticate_attempt_successful</status><enrolled>Y</enrolled></three-d-secure-info>
        <billing><country-code-alpha2>DE</country-code-alpha2></billing>
        <payment-instrument-type>sepa_debit_account</payment-instrument-type>
      </transaction>`),
      events: [{
        event: 'transaction_settled',
        kind: 'captured',
        moneyMovement: true,
        amount: '12500.00 EUR',
        transaction: 'own1',
        carried: {
          status: 'settled',
          account: 'shop_eur',
          reference: 'order-1001',
          customerId: '00042',
          paymentMethod: 'sepa_debit_account',
          country: 'DE',
          cardBin: '510510',
          cardFingerprint: 'e6c2b1ab9c6f1ccfa7d0d8bcbe0ae4f4',
          emailDomain: 'mail.example',
          riskLevel: 'highest',
          threeDSecure: 'attempted',
        },
      }],
    },
    {
      payload: braintreeXml('dispute_opened', `<dispute>
        <id>d1</id><amount>250.00</amount><currency-iso-code>EUR</currency-iso-code><kind>chargeback</kind><status>open</status>
        <transaction><id>own1</id><amount>12500.00</amount></transaction>
      </dispute>`),
      events: [{ event: 'dispute_opened', kind: 'disputed', moneyMovement: true, amount: '250.00 EUR', transaction: 'own1' }],
    },
    {
      payload: braintreeXml('check', '<check type="boolean">true</check>'),
      events: [{ event: 'check', kind: 'other', moneyMovement: false, transaction: 'by its event' }],
    },
  ],

  outcomes: {
    declined: [
      outcome('subscription_charged_unsuccessfully'),
      outcome('transaction_settlement_declined'),
      ...['processor_declined', 'gateway_rejected', 'settlement_declined'].map((status) => outcome('transaction_retried', { status })),
    ],
    failed: [
      outcome('refund_failed'),
      outcome('disbursement_exception'),
      outcome('transaction_settlement_declined', { type: 'credit' }),
      outcome('transaction_retried', { type: 'credit', status: 'processor_declined' }),
      outcome('transaction_retried', { status: 'failed' }),
    ],
    canceled: [outcome('local_payment_expired'), outcome('local_payment_reversed'), outcome('transaction_retried', { status: 'voided' })],
    others: [outcome('transaction_retried', { status: 'authorized' })],
  },

  flows: [{
    name: 'a bank debit that is settled, refunded in part and disputed, and the dispute is won',
    payloads: [
      braintreeXml('transaction_settled', transactionXml('t1', '6.00', { status: 'settled', type: 'sale' })),
      braintreeXml('transaction_settled', transactionXml('t2', '2.00', { 'status': 'settled', 'type': 'credit', 'refunded-transaction-id': 't1' })),
      disputeXml('dispute_opened', 'retrieval', 'open'),
      disputeXml('dispute_opened', 'chargeback', 'open'),
      disputeXml('dispute_disputed', 'chargeback', 'disputed'),
      disputeXml('dispute_under_review', 'chargeback', 'under_review'),
      disputeXml('dispute_won', 'chargeback', 'won'),
    ],
    movements: ['transaction_settled 6.00 EUR', 'transaction_settled 2.00 EUR', 'dispute_opened 4.00 EUR'],
  }, {
    name: 'the renewal of a subscription that is declined once, and then paid',
    payloads: [
      chargeXml('subscription_charged_unsuccessfully', 't1', 'processor_declined'),
      braintreeXml('subscription_went_past_due', '<subscription><id>s1</id><status>Past Due</status></subscription>'),
      chargeXml('subscription_charged_successfully', 't2', 'submitted_for_settlement'),
    ],
    movements: ['subscription_charged_successfully 5.00 EUR'],
    declines: 1,
    withoutAmount: ['subscription_went_past_due'],
  }, {
    name: 'a local payment that is unpaid, and then paid',
    payloads: [
      localPaymentXml('local_payment_funded', transactionXml('t1', '5.00', { status: 'settled' })),
      braintreeXml('transaction_disbursed', transactionXml('t1', '5.00', { status: 'settled' })),
    ],
    movements: ['local_payment_funded 5.00 EUR'],
  }, {
    name: 'a local payment that is not used in time',
    payloads: [localPaymentXml('local_payment_completed', transactionXml('t1', '5.00', { status: 'authorized' })), localPaymentXml('local_payment_reversed')],
    movements: [],
    withoutAmount: ['local_payment_reversed'],
  }, {
    name: 'a payment',
    payloads: [
      braintreeXml('subscription_charged_successfully', `<subscription><id>s1</id><transactions type="array"><transaction>
        <id>t1</id><amount>5.00</amount><currency-iso-code>EUR</currency-iso-code><subscription-id>s1</subscription-id></transaction></transactions></subscription>`),
      braintreeXml('transaction_settled', `<transaction><id>t1</id><status>settled</status><type>sale</type><amount>5.00</amount>
        <currency-iso-code>EUR</currency-iso-code><subscription-id>s1</subscription-id></transaction>`),
    ],
    movements: ['subscription_charged_successfully 5.00 EUR'],
  }],

  minorUnits: {
    payload: (currency) => braintreeXml('transaction_settled', `<transaction><id>t1</id><amount>500</amount><currency-iso-code>${currency}</currency-iso-code></transaction>`),
    exponents: { EUR: 2, JPY: 0, KWD: 3 },
  },

  personalData: [{
    payload: braintreeXml('transaction_settled', `<transaction><id>tx1</id><customer><id>c1</id><email>${PLANTED.email}</email></customer>
      <credit-card><bin>${PLANTED.cardNumber}</bin></credit-card></transaction>`),
    cardBin: PLANTED.cardBin,
    emailDomain: PLANTED.emailDomain,
    email: PLANTED.emailContact,
  }, {
    payload: braintreeXml('transaction_settled', `<transaction><id>tx1</id><amount>5.00</amount>
      <customer><id nil="true"/><email>${PLANTED.email}</email></customer></transaction>`),
    emailDomain: PLANTED.emailDomain,
    email: PLANTED.emailContact,
    contact: PLANTED.emailContact,
  }, {
    payload: braintreeXml('transaction_settled', `<transaction><id>tx1</id><customer><phone>${PLANTED.phone}</phone></customer></transaction>`),
    contact: PLANTED.phoneContact,
  }],

  references: [
    {
      payload: braintreeXml('disbursement', '<disbursement><id>d1</id><merchant-account><id>shop_usd</id></merchant-account></disbursement>'), account: 'shop_usd',
    },
  ],

  metadata: [
    {
      payload: braintreeXml('transaction_settled', `<transaction><id>tx1</id><custom-fields>
        <cart-number>cart-7</cart-number><shop>A &amp; B &lt;main&gt; &amp;amp;</shop><gift></gift><twice>1</twice><twice>2</twice></custom-fields></transaction>`),
      config: { metadataKeys: ['cart_number', 'shop', 'gift', 'twice'] },
      metadata: { cart_number: 'cart-7', shop: 'A & B <main> &amp;' },
      omittedMetadata: ['twice'],
    },
    { payload: braintreeXml('transaction_settled', '<transaction><id>tx1</id><custom-fields/></transaction>'), config: { metadataKeys: ['cart_number'] } },
  ],
} satisfies ProviderSamples;
