import type { StoredItem } from '../../../../handlers/aws/stored-item';
import { toTransactionDetail } from '../../../../handlers/publish/events/detail';
import { screeningOf } from '../../../../handlers/publish/screening/decline-lookups';
import { DetailType, KINDS, type AssessmentScopeConfig, type TransactionDetail } from '../../../../src/private/contract';
import { DETAIL_CONFIG, RECEIVED_AT, storedTransaction } from '../../support/items';

const SCOPE: AssessmentScopeConfig = { below: 'suspicious', declines: 2, windowSeconds: 3_600 };
const SMALL = { amount_minor: { N: '500' }, card_fingerprint: { S: 'card_1' } };

function screening(
  overrides: Parameters<typeof storedTransaction>[0] = {},
  { type = DetailType.RECEIVED, scope = SCOPE as AssessmentScopeConfig | undefined, without = [] as (keyof TransactionDetail)[] } = {},
) {
  const item = storedTransaction({ ...SMALL, ...overrides }) as StoredItem;
  const detail = { ...toTransactionDetail(item, DETAIL_CONFIG) };
  without.forEach((field) => delete (detail as Partial<TransactionDetail>)[field]);
  return screeningOf({ type: type as typeof DetailType.RECEIVED, detail, item }, scope);
}

describe('screeningOf', () => {
  const WINDOW = { provider: 'stripe', from: '2025-03-04T04:06:00.000Z', to: RECEIVED_AT };
  const CUSTOMER = { ...WINDOW, index: 'customer-index', key: 'customer_key', partition: 'declined#stripe:cus_1' };
  const CARD = { ...WINDOW, index: 'card-index', key: 'card_fingerprint', partition: 'card_1' };

  test('looks up the declines of the customer and with the card in the window before the payment', () => {
    expect(screening()).toEqual({ declines: 2, lookups: [CUSTOMER, CARD] });
  });

  test.each<[string, Parameters<typeof storedTransaction>[0], object[]]>([
    ['the customer', { card_fingerprint: undefined }, [CUSTOMER]],
    ['the card', { customer_id: undefined }, [CARD]],
  ])('looks up only those of %s if nothing else is known', (_, overrides, lookups) => {
    expect(screening(overrides)).toEqual({ declines: 2, lookups });
  });

  test('screens payments, and no refunds, disputes and payouts', () => {
    const screened = KINDS.filter((kind) => screening({ kind: { S: kind } }));

    expect(screened).toEqual(['authorized', 'captured', 'other']);
  });

  test('screens medium-value payments too', () => {
    expect(screening({ amount_minor: { N: '1000000' } })).toBeDefined();
  });

  test.each<[string, Parameters<typeof screening>]>([
    ['a high-value payment, which is assessed anyway', [{ amount_minor: { N: '1000001' } }]],
    ['an event that is no money movement', [{ money_movement: { BOOL: false } }]],
    ['an event without a tier', [{}, { without: ['tier'] }]],
    ['a payment without a customer and a card', [{ customer_id: undefined, card_fingerprint: undefined }]],
    ['a verdict', [{}, { type: DetailType.ASSESSED as never }]],
    ['a payment if all are assessed', [{}, { scope: { below: 'all' } }]],
  ])('does not screen %s', (_, given) => {
    expect(screening(...given)).toBeUndefined();
  });

  test('does not screen a payment if only the high tier is assessed', () => {
    const item = storedTransaction(SMALL) as StoredItem;

    expect(screeningOf({ type: DetailType.RECEIVED, detail: toTransactionDetail(item, DETAIL_CONFIG), item }, undefined)).toBeUndefined();
  });
});
