import type { StoredItem } from '../../../../handlers/aws/stored-item';
import { deadClaimsBefore, sweepStep, type SweepStep } from '../../../../handlers/publish/sweep/sweep-step';
import type { AssessmentScopeConfig } from '../../../../src/private/contract';
import { ASSESSMENT, RECEIVED_AT, DETAIL_CONFIG, storedTransaction } from '../../support/items';

const MINUTE = 60_000;
const received = Date.parse(RECEIVED_AT);
const SEEN = '2025-03-04T05:16:07.089Z';

function stepAt(minutes: number, overrides: Parameters<typeof storedTransaction>[0] = {}, all = false) {
  return sweepStep(storedTransaction(overrides) as StoredItem, { config: DETAIL_CONFIG, now: received + minutes * MINUTE, all });
}

describe('sweepStep', () => {
  test('republishes a due transaction and sweeps it again after 20 minutes', () => {
    expect(stepAt(10)).toMatchObject({
      step: 'publish', expectedSweepAt: SEEN, nextSweepAt: '2025-03-04T05:36:07.089Z', attempt: 1, detail: { transaction_id: 'stripe:pi_1', amount: 12345.67 },
    });
  });

  test.each([[0, 20], [1, 40], [2, 80], [3, 160], [4, 240], [8, 240], [9, 10]])('after %i sweeps, sweeps again in %i minutes', (sweeps, minutes) => {
    const nextSweepAt = new Date(received + (10 + minutes) * MINUTE).toISOString();

    expect(stepAt(10, { sweeps: { N: String(sweeps) } })).toMatchObject({ step: 'publish', nextSweepAt });
  });

  test('attempts a transaction ten times, at most four hours apart, the last time after more than a day', () => {
    const attempts: number[] = [];
    let due = 10;
    let step = stepAt(due);
    for (let sweeps = 1; step.step === 'publish'; sweeps++) {
      attempts.push(due);
      const nextSweepAt = step.nextSweepAt;
      due = (Date.parse(nextSweepAt) - received) / MINUTE;
      step = stepAt(due, { sweeps: { N: String(sweeps) }, sweep_at: { S: nextSweepAt } });
    }

    expect(attempts).toEqual([10, 30, 70, 150, 310, 550, 790, 1030, 1270, 1510]);
    expect([due, step.step]).toEqual([1520, 'give-up']);
  });

  test('still attempts a transaction that was not swept for a week', () => {
    expect(stepAt(7 * 24 * 60)).toMatchObject({ step: 'publish', attempt: 1 });
  });

  test('gives up after the last attempt, with the event in the message', () => {
    expect(stepAt(1520, { sweeps: { N: '9' } })).toMatchObject({ step: 'publish', attempt: 10 });
    expect(stepAt(1520, { sweeps: { N: '10' } })).toEqual({
      step: 'give-up',
      expectedSweepAt: SEEN,
      message: {
        origin: 'sweep',
        error: 'not assessed and alerted after 10 attempts of the sweep',
        keys: { transaction_id: { S: 'stripe:pi_1' }, timestamp: { S: '2025-03-04T05:06:00.000Z#evt_1' } },
        event: expect.objectContaining({ transaction_id: 'stripe:pi_1' }),
      },
    });
  });

  describe('a transaction that was given up', () => {
    const givenUp = { sweep_partition: { S: 'given-up' }, given_up_at: { S: SEEN }, sweeps: { N: '10' } };

    test('is only republished by a redrive, which starts the attempts again', () => {
      expect(stepAt(1600, givenUp)).toEqual({ step: 'skip' });
      expect(stepAt(1600, givenUp, true)).toMatchObject({ step: 'publish', attempt: 1, nextSweepAt: new Date(received + 1620 * MINUTE).toISOString() });
    });

    test.each<[string, Parameters<typeof storedTransaction>[0]]>([
      ['cannot be read', { kind: { N: '1' } }],
      ['has a verdict without an alert, and is no longer high-value', { amount_minor: { N: '5' }, ...ASSESSMENT }],
      ['is claimed by hand', { claimed_at: { S: new Date(received + 1599 * MINUTE).toISOString() } }],
    ])('gets no second message if it %s', (_, overrides) => {
      expect(stepAt(1600, { ...givenUp, ...overrides }, true)).toEqual({ step: 'skip' });
    });

    test('is closed by a redrive if it no longer needs a workflow', () => {
      expect(stepAt(1600, { ...givenUp, amount_minor: { N: '5' } }, true)).toEqual({ step: 'close', expectedSweepAt: SEEN });
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
  ])('removes %s, so that it does not stay among the open ones', (_, overrides) => {
    const { transaction_id: id, timestamp } = storedTransaction(overrides);

    expect(stepAt(10, overrides)).toEqual({
      step: 'remove', expectedSweepAt: SEEN, message: { origin: 'sweep', error: 'an open item is not a transaction', keys: { transaction_id: id, timestamp } },
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

  test.each(['review', 'block'])('gives up a verdict of %s without a confirmed alert if thresholds rose in between', (verdict) => {
    expect(stepAt(10, { amount_minor: { N: '5' }, ...ASSESSMENT, verdict: { S: verdict } })).toMatchObject({
      step: 'give-up',
      message: { error: 'the transaction has a verdict without an alert, and is no longer in a tier that is assessed', event: { transaction_id: 'stripe:pi_1' } },
    });
  });

  test('does not close one because of a verdict, because the alert might be missing', () => {
    expect(stepAt(10, ASSESSMENT)).toMatchObject({ step: 'publish', detail: { transaction_id: 'stripe:pi_1' } });
    expect(stepAt(1520, { ...ASSESSMENT, sweeps: { N: '10' } })).toMatchObject({ step: 'give-up' });
  });

  test.each([
    ['a fresh claim', '2025-03-04T05:15:00.000Z', 'skip'],
    ['a claim of exactly ten minutes', '2025-03-04T05:06:07.089Z', 'skip'],
    ['an older claim', '2025-03-04T05:06:07.088Z', 'publish'],
  ])('%s: %s', (_, claimedAt, step) => {
    expect(stepAt(10, { claimed_at: { S: claimedAt } })).toMatchObject({ step });
  });

  test('does not stop retrying one that a workflow is processing', () => {
    expect(stepAt(1520, { sweeps: { N: '10' }, claimed_at: { S: new Date(received + 1519 * MINUTE).toISOString() } })).toEqual({ step: 'skip' });
  });

  test.each([
    ['is exactly at the threshold', { amount_minor: { N: '1000000' } }],
    ['has no amount', { amount_minor: undefined, exponent: undefined }],
    ['is not routed', { money_movement: { BOOL: false } }],
  ])('closes one that %s, because the rule would not send it to the workflow', (_, overrides) => {
    expect(stepAt(10, overrides)).toEqual({ step: 'close', expectedSweepAt: SEEN });
  });

  describe.each<[string, AssessmentScopeConfig, true | undefined]>([
    ['payments after declines', { below: 'suspicious', declines: 2, windowSeconds: 3_600 }, true],
    ['all movements', { below: 'all' }, undefined],
  ])('if %s are assessed below the high tier', (_, scope, suspicious) => {
    const step = (overrides: Parameters<typeof storedTransaction>[0]) => sweepStep(
      storedTransaction(overrides) as StoredItem, { config: { ...DETAIL_CONFIG, scope }, now: received + 10 * MINUTE },
    );

    test('republishes an open one below the high tier so that the rule on the bus matches it', () => {
      for (const overrides of [{}, ASSESSMENT]) {
        const { detail } = step({ amount_minor: { N: '500' }, ...overrides }) as Extract<SweepStep, { step: 'publish' }>;
        expect([detail.tier, detail.suspicious]).toEqual(['low', suspicious]);
      }
    });

    test('does not mark a high-value one', () => {
      expect(step({})).toMatchObject({ step: 'publish', detail: { tier: 'high' } });
      expect(step({})).not.toHaveProperty('detail.suspicious');
    });

    test.each([
      ['has no amount', { amount_minor: undefined, exponent: undefined }],
      ['is not routed', { money_movement: { BOOL: false } }],
    ])('closes one that %s', (__, overrides) => {
      expect(step(overrides)).toEqual({ step: 'close', expectedSweepAt: SEEN });
    });
  });

  test('gives up an unreadable one', () => {
    expect(stepAt(10, { kind: { N: '1' } })).toEqual({
      step: 'give-up',
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
