/** Events in the shapes of the providers', with made-up contents. */

export const stripeEvent = (id: string, type: string, object: object) => ({
  id, object: 'event', api_version: '2024-06-20', created: 1769860800, livemode: true, pending_webhooks: 1, request: { id: null }, type, data: { object },
});

export const adyenItem = (pspReference: string, eventCode: string, more: object = {}) => ({
  additionalData: { cardSummary: '1111', authCode: '064668' },
  amount: { currency: 'EUR', value: 1250000 },
  eventCode,
  eventDate: '2026-01-31T13:00:00+01:00',
  merchantAccountCode: 'AMerchant',
  merchantReference: 'order-1',
  originalReference: 'PSP0000000000001',
  paymentMethod: 'visa',
  pspReference,
  reason: '',
  success: 'true',
  ...more,
});
export const adyenBatchOf = (...items: object[]) => ({ live: 'true', notificationItems: items.map((item) => ({ NotificationRequestItem: item })) });

export const payPalEvent = (id: string, type: string, resource: object) => ({
  id, event_version: '1.0', create_time: '2026-01-31T12:00:00.000Z', resource_type: 'any', event_type: type, summary: 'a summary', resource, links: [],
});

export const squareEvent = (id: string, type: string, name: string, object: object) => ({
  merchant_id: 'a-merchant', type, event_id: id, created_at: '2026-01-31T12:00:00.000Z', data: { type: name, id: 'an-id', object: { [name]: object } },
});

export const razorpayEvent = (event: string, entities: Readonly<Record<string, object>>) => ({
  entity: 'event',
  account_id: 'acc_own',
  event,
  contains: Object.keys(entities),
  payload: Object.fromEntries(Object.entries(entities).map(([name, entity]) => [name, { entity }])),
  created_at: 1769860800,
});
export const razorpayPayment = { id: 'pay_own_1', entity: 'payment', amount: 1250000, currency: 'INR', status: 'captured', method: 'upi', customer_id: 'cust_own' };

export const checkoutEvent = (id: string, type: string, data: object) => ({ id, type, created_on: '2026-01-31T12:00:00Z', version: '1.0.1', data, _links: {} });

export const mollieEvent = (id: string, type: string, entity: { readonly id: string; readonly [field: string]: unknown }) => ({
  resource: 'event', id, type, entityId: entity.id, createdAt: '2026-01-31T12:00:00.0Z', _embedded: { entity }, _links: {},
});

export const coinbaseEvent = (id: string, type: string, status: string) => ({
  attempt_number: 1,
  id: `attempt-${id}`,
  scheduled_for: '2026-01-31T12:00:01Z',
  event: {
    api_version: '2018-03-22',
    created_at: '2026-01-31T12:00:00Z',
    id,
    resource: 'event',
    type,
    data: {
      id: 'a-charge',
      code: 'OWNCODE1',
      name: 'A thing',
      pricing_type: 'fixed_price',
      pricing: { local: { amount: '12500.00', currency: 'USD' } },
      timeline: [{ status: 'NEW', time: '2026-01-31T11:50:00Z' }, { status, time: '2026-01-31T12:00:00Z' }],
      metadata: { customer_id: 'customer-1' },
    },
  },
});

export const goCardlessEvent = (id: string, type: string, action: string, links: object) => ({
  id, created_at: '2026-01-31T12:00:00.000Z', resource_type: type, action, links, details: { origin: 'bank', cause: 'a_cause', scheme: 'bacs' }, metadata: {},
});

export const braintreeXml = (kind: string, subject: string) => `<?xml version="1.0" encoding="UTF-8"?>
<notification>
  <kind>${kind}</kind>
  <timestamp type="datetime">2026-01-31T12:00:00Z</timestamp>
  <subject>${subject}</subject>
</notification>
`;

export const shopifyTransaction = (kind: string, id: number) => ({
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
});

export const paystackEvent = (event: string, data: object) => ({ event, data: { domain: 'live', ...data } });
export const paystackCustomer = { id: 1, customer_code: 'CUS_own', email: 'a@example.com' };
