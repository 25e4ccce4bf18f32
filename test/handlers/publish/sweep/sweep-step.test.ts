import type { StoredItem } from '../../../../handlers/aws/stored-item';
import { deadClaimsBefore, sweepStep } from '../../../../handlers/publish/sweep/sweep-step';
import { ASSESSMENT, RECEIVED_AT, DETAIL_CONFIG, storedTransaction } from '../../support/items';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const received = Date.parse(RECEIVED_AT);
const SEEN = '2025-03-04T05:16:07.089Z';

function stepAt(minutes: number, overrides: Parameters<typeof storedTransaction>[0] = {}) {
  return sweepStep(storedTransaction(overrides) as StoredItem, DETAIL_CONFIG, received + minutes * MINUTE);
}

describe('sweepStep', () => {
  test('republishes a due transaction and sweeps it again after 20 minutes', () => {
    expect(stepAt(10)).toMatchObject({
      step: 'publish', expectedSweepAt: SEEN, nextSweepAt: '2025-03-04T05:36:07.089Z', detail: { transaction_id: 'stripe:pi_1', amount: 12345.67 },
    });
  });

  test.each([[0, 20], [1, 40], [2, 80], [5, 640]])('after %i sweeps, sweeps again in %i minutes', (sweeps, minutes) => {
    const nextSweepAt = new Date(received + (10 + minutes) * MINUTE).toISOString();

    expect(stepAt(10, { sweeps: { N: String(sweeps) } })).toMatchObject({ step: 'publish', nextSweepAt });
  });

  test('sweeps last at the 24 hour limit, after any number of sweeps', () => {
    const nextSweepAt = new Date(received + 24 * HOUR).toISOString();

    expect(stepAt(23 * 60, { sweeps: { N: '6' } })).toMatchObject({ step: 'publish', nextSweepAt });
    expect(stepAt(23 * 60, { sweeps: { N: '99999' } })).toMatchObject({ step: 'publish', nextSweepAt });
  });

  test('stops retrying after 24 hours, with the event in the message', () => {
    expect(stepAt(24 * 60 - 1)).toMatchObject({ step: 'publish' });
    expect(stepAt(24 * 60)).toEqual({
      step: 'dead-letter',
      expectedSweepAt: SEEN,
      message: {
        origin: 'sweep',
        error: 'not assessed and alerted within 24 hours',
        keys: { transaction_id: { S: 'stripe:pi_1' }, timestamp: { S: '2025-03-04T05:06:00.000Z#evt_1' } },
        event: expect.objectContaining({ transaction_id: 'stripe:pi_1' }),
      },
    });
  });

  test('skips transactions that are not due or already closed', () => {
    expect(stepAt(9)).toEqual({ step: 'skip' });
    expect(stepAt(10, { sweep_at: undefined })).toEqual({ step: 'skip' });
  });

  test.each<[string, Parameters<typeof storedTransaction>[0]]>([
    ['a forged transaction', { transaction_id: { S: 'blocklist:country:DE' } }],
    ['another record', { record_type: { S: 'blocklist-entry' } }],
    ['one with a closing time', { transaction_id: { S: 'blocklist:country:DE' }, closed_at: { S: SEEN } }],
  ])('dead-letters %s, so that it does not stay among the open ones', (_, overrides) => {
    const { transaction_id: id, timestamp } = storedTransaction(overrides);

    expect(stepAt(10, overrides)).toEqual({
      step: 'dead-letter', expectedSweepAt: SEEN, message: { origin: 'sweep', error: 'an open item is not a transaction', keys: { transaction_id: id, timestamp } },
    });
  });

  test('closes a transaction that a workflow has closed, even one with a fresh claim', () => {
    expect(stepAt(10, { ...ASSESSMENT, closed_at: { S: SEEN }, claimed_at: { S: SEEN } })).toEqual({ step: 'close', expectedSweepAt: SEEN });
  });

  test.each<[string, Parameters<typeof storedTransaction>[0]]>([
    ['a transaction that is no longer high-value', { amount_minor: { N: '5' } }],
    ['one that is also assessed and approved', { amount_minor: { N: '5' }, ...ASSESSMENT, verdict: { S: 'approve' } }],
  ])('closes %s', (_, overrides) => {
    expect(stepAt(10, overrides)).toEqual({ step: 'close', expectedSweepAt: SEEN });
  });

  test.each(['review', 'block'])('dead-letters a verdict of %s without a confirmed alert if thresholds rose in between', (verdict) => {
    expect(stepAt(10, { amount_minor: { N: '5' }, ...ASSESSMENT, verdict: { S: verdict } })).toMatchObject({
      step: 'dead-letter',
      message: { error: 'the transaction has a verdict without an alert, and is no longer high-value', event: { transaction_id: 'stripe:pi_1' } },
    });
  });

  test('does not close one because of a verdict, because the alert might be missing', () => {
    expect(stepAt(10, ASSESSMENT)).toMatchObject({ step: 'publish', detail: { transaction_id: 'stripe:pi_1' } });
    expect(stepAt(24 * 60, ASSESSMENT)).toMatchObject({ step: 'dead-letter' });
  });

  test.each([
    ['a fresh claim', '2025-03-04T05:15:00.000Z', 'skip'],
    ['a claim of exactly ten minutes', '2025-03-04T05:06:07.089Z', 'skip'],
    ['an older claim', '2025-03-04T05:06:07.088Z', 'publish'],
  ])('%s: %s', (_, claimedAt, step) => {
    expect(stepAt(10, { claimed_at: { S: claimedAt } })).toMatchObject({ step });
  });

  test('does not stop retrying one that a workflow is processing', () => {
    expect(stepAt(24 * 60, { claimed_at: { S: new Date(received + 24 * HOUR - MINUTE).toISOString() } })).toEqual({ step: 'skip' });
  });

  test.each([
    ['is exactly at the threshold', { amount_minor: { N: '1000000' } }],
    ['has no amount', { amount_minor: undefined, exponent: undefined }],
    ['is not routed', { money_movement: { BOOL: false } }],
  ])('closes one that %s, because the rule would not send it to the workflow', (_, overrides) => {
    expect(stepAt(10, overrides)).toEqual({ step: 'close', expectedSweepAt: SEEN });
  });

  test('dead-letters an unreadable one', () => {
    expect(stepAt(10, { kind: { N: '1' } })).toEqual({
      step: 'dead-letter',
      expectedSweepAt: SEEN,
      message: {
        origin: 'sweep',
        error: 'UnreadableItem: the attribute kind is missing or not as expected',
        keys: { transaction_id: { S: 'stripe:pi_1' }, timestamp: { S: '2025-03-04T05:06:00.000Z#evt_1' } },
      },
    });
  });
});

describe('deadClaimsBefore', () => {
  test('is ten minutes ago', () => {
    expect(deadClaimsBefore(received + 10 * MINUTE)).toBe(RECEIVED_AT);
  });
});
