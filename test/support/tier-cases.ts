import * as fc from 'fast-check';
import { eventAmount } from '../../handlers/domain/money';
import { DetailType, NO_CURRENCY, type TierConfig } from '../../src/private/contract';
import { resolveThresholds } from '../../src/private/settings/tier-config';

export const SOURCE = 'webhook-processing-system.test';

/** Thresholds with and without overrides, two of them alike, one with equal bounds, one with decimals. */
export const TIER_CONFIGS: readonly TierConfig[] = [
  resolveThresholds(),
  resolveThresholds({ medium: 0, high: 0 }),
  resolveThresholds({
    medium: 1_000,
    high: 10_000,
    currencies: {
      JPY: { medium: 100_000, high: 1_000_000 },
      KRW: { medium: 100_000, high: 1_000_000 },
      IDR: { medium: 1e7, high: 4_999_999_999 },
      BHD: { medium: 0.001, high: 999.999 },
      XXX: { medium: 5, high: 5 },
    },
  }),
];

export interface TierCase {
  readonly event: { readonly [key: string]: unknown };
  /** Whether it is a routed transaction of this system, which one rule must match. */
  readonly isMovement: boolean;
}

const currency = fc.oneof(
  fc.constantFrom('JPY', 'KRW', 'IDR', 'BHD', 'EUR', 'USD', NO_CURRENCY),
  fc.stringMatching(/^[A-Z]{3}$/),
);

/** Minor units around every threshold, beyond what EventBridge compares, and anywhere between. */
const minor = fc.oneof(
  fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
  fc.constantFrom(0n, 5n, 1_000n, 10_000n, 100_000n, 1_000_000n, 10_000_000n, 4_999_999_999n, 5_000_000_000n, 5_000_000_001n, 999n, 1n)
    .chain((major) => fc.integer({ min: -2, max: 2 }).map((step) => ({ major, step })))
    .chain(({ major, step }) => fc.constantFrom(0, 2, 3).map((exponent) => major * 10n ** BigInt(exponent) + BigInt(step))),
);

/** A routed transaction as the relay publishes it, with any amount and currency. */
export const movementCase: fc.Arbitrary<TierCase> = fc.record({ minor, exponent: fc.constantFrom(0, 2, 3, 4, 8), currency })
  .map((money) => ({
    isMovement: true,
    event: envelope({ money_movement: true, currency: money.currency, amount: eventAmount(money.minor, money.exponent) }),
  }));

/** Events that no rule must match: from another source, of another type, not routed, or without an amount. */
export const foreignCase: fc.Arbitrary<TierCase> = fc
  .record({ minor, exponent: fc.constantFrom(0, 2, 3), currency, flaw: fc.integer({ min: 0, max: 4 }) })
  .map(({ flaw, ...money }) => {
    const amount = eventAmount(money.minor, money.exponent);
    const detail = { money_movement: true, currency: money.currency, amount };
    const flawed = [
      { ...envelope(detail), source: 'another.system' },
      { ...envelope(detail), 'detail-type': DetailType.ASSESSED },
      envelope({ ...detail, money_movement: false }),
      envelope({ money_movement: true, currency: money.currency }),
      envelope({ ...detail, amount: String(amount) }),
    ];
    return { isMovement: false, event: flawed[flaw] };
  });

function envelope(detail: object): { [key: string]: unknown } {
  return {
    'version': '0',
    'id': '00000000-0000-0000-0000-000000000000',
    'source': SOURCE,
    'detail-type': DetailType.RECEIVED,
    'account': '123456789012',
    'time': '2024-01-01T00:00:00Z',
    'region': 'us-east-1',
    'resources': [],
    detail,
  };
}
