import { UnreadableItem, type StoredItem } from '../../../../handlers/aws/stored-item';
import { toAssessedDetail, toTransactionDetail } from '../../../../handlers/publish/events/detail';
import { ASSESSMENT, RECEIVED_AT, DETAIL_CONFIG, TIERS, barestTransaction, storedTransaction } from '../../support/items';

function detailOf(overrides: Parameters<typeof storedTransaction>[0]) {
  return toTransactionDetail(storedTransaction(overrides) as StoredItem, DETAIL_CONFIG);
}

describe('toTransactionDetail', () => {
  test('returns exactly the detail of a complete item', () => {
    const detail = detailOf({ body: { B: Buffer.from('raw') } });

    expect(detail).toStrictEqual({
      schema_version: '1',
      transaction_id: 'stripe:pi_1',
      timestamp: '2025-03-04T05:06:00.000Z#evt_1',
      event_id: 'evt_1',
      provider: 'stripe',
      payment_url: 'https://dashboard.stripe.com/acct_1/payments/pi_1',
      provider_event: 'payment_intent.succeeded',
      kind: 'captured',
      status: 'succeeded',
      live: true,
      money_movement: true,
      amount: 12345.67,
      amount_minor: '1234567',
      exponent: 2,
      currency: 'EUR',
      account: 'acct_1',
      reference: 'order-1001',
      metadata: { cart: 'cart-7', channel: 'app' },
      customer_id: 'cus_1',
      payment_method: 'card',
      country: 'DE',
      card_country: 'FR',
      card_bin: '424242',
      card_fingerprint: 'fingerprint-1',
      email_domain: 'mail.example',
      email_hash: '0123456789abcdef0123456789abcdef',
      risk_score: 66,
      risk_level: 'elevated',
      three_d_secure: 'authenticated',
      event_time: '2025-03-04T05:06:00.000Z',
      received_at: RECEIVED_AT,
      fetched: true,
      tier: 'high',
      alert_subject: 'High: captured 12,345.67 EUR (stripe, test)',
      alert_text: 'High: captured 12,345.67 EUR (stripe, test)\nID stripe:pi_1\nAWS 123456789012 eu-central-1\nReference order-1001\nCustomer cus_1\nTime 2025-03-04 05:06:00 UTC\nMetadata cart: cart-7\nMetadata channel: app\nPayment https://dashboard.stripe.com/acct_1/payments/pi_1',
      alert_sms: 'High: captured 12,345.67 EUR (stripe, test). ID stripe:pi_1. AWS 123456789012 eu-central-1. Reference order-1001. Customer cus_1',
    });
  });

  test('omits absent fields', () => {
    const detail = JSON.parse(JSON.stringify(toTransactionDetail(barestTransaction() as StoredItem, DETAIL_CONFIG))) as object;

    expect(Object.keys(detail).sort()).toEqual([
      'alert_sms', 'alert_subject', 'alert_text', 'currency', 'event_id', 'kind', 'live', 'money_movement', 'payment_url', 'provider', 'provider_event',
      'received_at', 'schema_version', 'timestamp', 'transaction_id',
    ]);
    expect(detail).toMatchObject({ currency: 'XXX', alert_text: expect.stringContaining('Time 2025-03-04 05:06:07 UTC') });
  });

  test('uses XXX for a missing currency', () => {
    expect(detailOf({ currency: undefined }).currency).toBe('XXX');
  });

  test('returns the absolute and clamped amount, and the exact one in addition', () => {
    expect(detailOf({ amount_minor: { N: '-1234567' } })).toMatchObject({ amount: 12345.67, amount_minor: '-1234567' });
    expect(detailOf({ amount_minor: { N: '90071992547409931234' } })).toMatchObject({ amount: 5e9, amount_minor: '90071992547409931234' });
  });

  test('sets the tier by the currency\'s own thresholds', () => {
    const tiers = { ...TIERS, groups: [{ medium: 20000, high: 50000, currencies: ['EUR'] }] };

    expect(toTransactionDetail(storedTransaction() as StoredItem, { ...DETAIL_CONFIG, tiers })).toMatchObject({ tier: 'low', alert_subject: expect.stringMatching(/^Low: /) });
  });

  test.each([
    ['transaction_id', { N: '12' }],
    ['transaction_id', undefined],
    ['timestamp', { N: '12' }],
    ['event_id', undefined],
    ['provider', { M: { name: { S: 'stripe' } } }],
    ['kind', { S: 'unheard-of' }],
    ['live', { S: 'true' }],
    ['money_movement', undefined],
    ['amount_minor', { S: '100' }],
    ['amount_minor', { N: '10.5' }],
    ['exponent', undefined],
    ['exponent', { N: '-1' }],
    ['exponent', { N: '39' }],
    ['customer_id', { N: '7' }],
    ['card_bin', { N: '424242' }],
    ['email_domain', { SS: ['a'] }],
    ['metadata', { S: 'cart-7' }],
    ['metadata', { M: { cart: { N: '7' } } }],
    ['event_time', { S: 'yesterday' }],
    ['received_at', undefined],
  ])('rejects an item whose %s is %j', (name, value) => {
    expect(() => detailOf({ [name]: value })).toThrow(new UnreadableItem(name));
  });
});

describe('toAssessedDetail', () => {
  test('adds the verdict, and the alert shows it', () => {
    const item = storedTransaction(ASSESSMENT) as StoredItem;

    const detail = toAssessedDetail(item, DETAIL_CONFIG);

    expect(detail).toStrictEqual({
      ...toTransactionDetail(item, DETAIL_CONFIG),
      verdict: 'review',
      score: 40,
      reasons: ['amount 12,345.67 EUR is over 10,000 (+40)'],
      rule_set: '0123456789ab',
      assessed_at: '2025-03-04T05:06:09.000Z',
      alert_subject: 'REVIEW: captured 12,345.67 EUR (stripe, test)',
      alert_text: expect.stringMatching(/^REVIEW: [^]*\nScore 40, because\n- amount 12,345\.67 EUR is over 10,000 \(\+40\)\nID stripe:pi_1\n[^]* UTC\nMetadata cart: cart-7\nMetadata channel: app\nPayment https:\/\/dashboard\.stripe\.com\/acct_1\/payments\/pi_1$/),
      alert_sms: expect.stringContaining('REVIEW: captured 12,345.67 EUR (stripe, test). ID stripe:pi_1. AWS 123456789012 eu-central-1. amount'),
    });
  });

  test.each([
    ['verdict', { S: 'constructor' }],
    ['verdict', { BOOL: true }],
    ['score', { S: '40' }],
    ['score', undefined],
    ['reasons', { S: 'because' }],
    ['rule_set', undefined],
    ['assessed_at', undefined],
  ])('rejects an item whose %s is %j', (name, value) => {
    const item = storedTransaction({ ...ASSESSMENT, [name]: value }) as StoredItem;

    expect(() => toAssessedDetail(item, DETAIL_CONFIG)).toThrow(new UnreadableItem(name));
  });
});
