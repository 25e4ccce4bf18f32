import '@shopify/shopify-api/adapters/web-api';
import { ApiVersion, LogSeverity, shopifyApi } from '@shopify/shopify-api';
import { PLANTED, type Headers, type ProviderSamples, type SamplePayload } from '../shared/samples/provider-samples';
import { signedBody } from '../shared/samples/sample-signing';

const HEADER = 'X-Shopify-Hmac-Sha256';

const libraries = new Map<string, ReturnType<typeof shopifyApi>>();

/** Shopify's library, made for one secret. */
function libraryFor(secret: string): ReturnType<typeof shopifyApi> {
  const made = libraries.get(secret) ?? shopifyApi({
    apiKey: 'key',
    apiSecretKey: secret,
    apiVersion: ApiVersion.July25,
    hostName: 'example.com',
    isEmbeddedApp: false,
    logger: { level: LogSeverity.Error, log: () => undefined },
  });
  libraries.set(secret, made);
  return made;
}

const unsignedHeaders = (at: Date, name: string): Headers => ({
  'X-Shopify-Topic': name.replace('.', '/'),
  'X-Shopify-Shop-Domain': 'a-shop.myshopify.com',
  'X-Shopify-API-Version': '2025-01',
  'X-Shopify-Webhook-Id': 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043',
  'X-Shopify-Event-Id': '98880550-7158-44d4-b7cd-2c97c8a091b5',
  'X-Shopify-Triggered-At': at.toISOString(),
});

const shopifyTransaction = (kind: string, id: number, more: object = {}) => ({
  id,
  order_id: 5540001234,
  kind,
  gateway: 'visa',
  status: 'success',
  created_at: '2026-01-31T13:00:00+01:00',
  test: false,
  amount: '12500.00',
  currency: 'EUR',
  payment_details: { payment_method_name: 'visa' },
  admin_graphql_api_id: `gid://shopify/OrderTransaction/${id}`,
  ...more,
});
const shopifyOrder = (status: string, more: object = {}) => ({
  id: 55, admin_graphql_api_id: 'gid://shopify/Order/55', financial_status: status, total_price: '5.00', currency: 'EUR', updated_at: '2026-01-31T12:00:00Z', ...more,
});
const shopifyDispute = (status: string, more: object = {}) => ({
  id: 9001,
  order_id: 5540001234,
  type: 'chargeback',
  amount: '40.00',
  currency: 'EUR',
  reason: 'fraudulent',
  status,
  evidence_due_by: '2026-02-14T12:00:00Z',
  evidence_sent_on: null,
  finalized_on: null,
  initiated_at: '2026-01-31T12:00:00Z',
  ...more,
});
const outcome = (kind: string, status: string): SamplePayload => ({ payload: shopifyTransaction(kind, 1, { status }) });

export const samples = {
  ...signedBody('shopify', {
    header: HEADER, encoding: 'base64', secret: '5c0e8f7a1b2d3946e8f7a1b2c3d49506', unsigned: ({ at = new Date(), name = 'orders.paid' }) => unsignedHeaders(at, name),
  }),

  async libraryAccepts({ body, headers }, secret) {
    const rawRequest = new Request('https://example.com/', { method: 'POST', headers });
    const { valid } = await libraryFor(secret).webhooks.validate({ rawBody: body.toString(), rawRequest });
    return valid;
  },

  unsignedChanges({ body, headers }) {
    const others = Object.keys(headers).filter((name) => name.startsWith('X-Shopify-')).map((name) => [name, 'other']);
    return [{ body, headers: { ...Object.fromEntries(others) as Headers, [HEADER]: headers[HEADER] } }];
  },

  events: [
    {
      payload: shopifyTransaction('sale', 6620001111, { payment_details: { payment_method_name: 'visa', credit_card_bin: '424242' } }),
      name: 'order_transactions.create',
      events: [{
        event: 'order_transactions.sale',
        kind: 'captured',
        moneyMovement: true,
        amount: '12500.00 EUR',
        transaction: 'gid://shopify/Order/5540001234',
        carried: { status: 'success', reference: '5540001234', paymentMethod: 'visa', cardBin: '424242' },
      }],
    },
    {
      payload: shopifyTransaction('refund', 6620002222),
      name: 'order_transactions.create',
      events: [{ event: 'order_transactions.refund', kind: 'refunded', moneyMovement: true, amount: '12500.00 EUR', transaction: 'gid://shopify/Order/5540001234' }],
    },
    {
      payload: { id: 7001, email: 'a@example.com', admin_graphql_api_id: 'gid://shopify/Customer/7001' },
      name: 'customers.create',
      events: [{ event: 'unknown', kind: 'other', moneyMovement: false, transaction: 'gid://shopify/Customer/7001' }],
    },
    {
      payload: shopifyOrder('paid', { name: '#1001', email: 'Someone@Mail.example', customer: { id: 7207 }, billing_address: { country_code: 'CA' } }),
      name: 'orders.paid',
      events: [{
        event: 'orders.paid',
        kind: 'captured',
        moneyMovement: false,
        amount: '5.00 EUR',
        transaction: 'gid://shopify/Order/55',
        carried: { status: 'paid', reference: '#1001', customerId: '7207', country: 'CA', emailDomain: 'mail.example' },
      }],
    },
  ],

  outcomes: {
    declined: ['authorization', 'emv_authorization', 'sale'].map((kind) => outcome(kind, 'failure')),
    failed: [...['refund', 'capture'].map((kind) => outcome(kind, 'failure')), outcome('sale', 'error')],
    canceled: [outcome('void', 'success')],
    others: [outcome('sale', 'success'), outcome('void', 'failure')],
  },

  flows: [{
    name: 'an authorization that is captured in part, refunded in part and disputed, and the dispute is won',
    payloads: [
      shopifyTransaction('authorization', 1, { amount: '100.00' }),
      shopifyOrder('authorized'),
      shopifyTransaction('capture', 2, { amount: '60.00', parent_id: 1 }),
      shopifyOrder('partially_paid'),
      shopifyTransaction('refund', 3, { amount: '20.00', parent_id: 2, status: 'pending' }),
      shopifyTransaction('refund', 3, { amount: '20.00', parent_id: 2 }),
      shopifyOrder('partially_refunded'),
      shopifyDispute('needs_response', { type: 'inquiry' }),
      shopifyDispute('needs_response'),
      shopifyDispute('under_review', { evidence_sent_on: '2026-02-01T12:00:00Z' }),
      shopifyDispute('won', { evidence_sent_on: '2026-02-01T12:00:00Z', finalized_on: '2026-03-01T12:00:00Z' }),
    ],
    movements: ['order_transactions.capture 60.00 EUR', 'order_transactions.refund 20.00 EUR', 'disputes.chargeback 40.00 EUR'],
  }, {
    name: 'a checkout that is unpaid, and then paid',
    payloads: [
      shopifyTransaction('sale', 1, { status: 'pending', gateway: 'bank transfer' }),
      shopifyOrder('pending'),
      shopifyTransaction('sale', 2, { gateway: 'bank transfer', parent_id: 1 }),
      shopifyOrder('paid'),
    ],
    movements: ['order_transactions.sale 12500.00 EUR'],
  }, {
    name: 'the renewal of a subscription that is declined once, and then paid',
    payloads: [shopifyTransaction('sale', 1, { status: 'failure', error_code: 'card_declined' }), shopifyTransaction('sale', 2), shopifyOrder('paid')],
    movements: ['order_transactions.sale 12500.00 EUR'],
    declines: 1,
  }, {
    name: 'a payment',
    payloads: [
      shopifyTransaction('authorization', 1), shopifyTransaction('capture', 2), shopifyOrder('authorized'), shopifyOrder('paid'),
      { id: 3, order_id: 55, amount: '5.00', currency: 'EUR', payment_method: 'credit_card', remote_reference: '1' },
    ],
    movements: ['order_transactions.capture 12500.00 EUR'],
  }],

  minorUnits: { payload: (currency) => shopifyTransaction('sale', 1, { amount: '403', currency }), exponents: { USD: 2, JPY: 0, KWD: 3 } },

  personalData: [{
    payload: { id: 1, email: PLANTED.email, payment_details: { credit_card_bin: PLANTED.cardNumber } },
    cardBin: PLANTED.cardBin,
    emailDomain: PLANTED.emailDomain,
    email: PLANTED.emailContact,
    contact: PLANTED.emailContact,
  }, {
    payload: { id: 1, email: null, phone: PLANTED.phone },
    contact: PLANTED.phoneContact,
  }],

  references: [
    { payload: shopifyOrder('paid'), reference: '55' },
  ],

  metadata: [
    {
      payload: shopifyOrder('paid', {
        note_attributes: [{ name: 'gift', value: 'yes' }, { name: 'Delivery day', value: '2026-02-01' }, { name: 'table', value: 7 }, { value: 'unnamed' }, null],
      }),
      config: { metadataKeys: ['Delivery day', 'table'] },
      metadata: { 'Delivery day': '2026-02-01', 'table': '7' },
    },
    { payload: shopifyOrder('paid', { note_attributes: { gift: 'yes' } }), config: { metadataKeys: ['gift'] } },
    { payload: shopifyTransaction('sale', 1), config: { metadataKeys: ['gift'] } },
  ],
} satisfies ProviderSamples;
