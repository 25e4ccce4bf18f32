import { activityFinding, type WebhookActivity } from '../../../cli/doctor/activity-checks';
import { alarmStateFinding, notificationFinding, type AlarmInfo } from '../../../cli/doctor/alarm-checks';
import { smsFinding, subscriptionFinding } from '../../../cli/doctor/alert-checks';
import { deadLetterFinding } from '../../../cli/doctor/dead-letter-check';
import { clockFinding, endpointFinding } from '../../../cli/doctor/endpoint-checks';
import { functionFinding, mappingFinding } from '../../../cli/doctor/function-checks';
import { quotaFinding } from '../../../cli/doctor/quota-checks';
import { rulesFinding } from '../../../cli/doctor/routing-checks';
import { openFinding, tableFinding } from '../../../cli/doctor/table-checks';

describe('the webhooks of the last days', () => {
  const at = (text: string) => new Date(`2026-01-${text}:00:00Z`);
  const activity = (stored: number, duplicate: number, rejected: number): WebhookActivity => ({
    stored: { total: stored, last: stored > 0 ? at('30T10') : undefined },
    duplicate: { total: duplicate, last: duplicate > 0 ? at('31T10') : undefined },
    rejected: { total: rejected },
  });

  test.each([
    [activity(5, 1, 0), 'ok', 'last one in the hour from 2026-01-31T10:00Z; 5 stored, 1 duplicate, 0 rejected in 14 days'],
    [activity(1, 0, 2), 'warning', 'most were rejected: 1 stored, 0 duplicate, 2 rejected in 14 days; last one in the hour from 2026-01-30T10:00Z'],
    [activity(0, 0, 2), 'failed', 'all were rejected: 0 stored, 0 duplicate, 2 rejected in 14 days'],
    [activity(0, 0, 0), 'warning', 'none in 14 days'],
  ])('%j are %s', (seen, status, text) => {
    expect(activityFinding(seen, 'stripe', false)).toMatchObject({ status, text });
  });

  test('are not counted by the emulator', () => {
    expect(activityFinding(activity(0, 0, 0), 'stripe', true).status).toBe('not-checked');
  });
});

describe('the answer of an endpoint', () => {
  test.each([
    [{ status: 401, error: 'signature_missing' }, 'ok', 'answers (401 signature_missing to a request without a signature)'],
    [{ status: 403, error: 'source_not_allowed' }, 'ok', 'answers (403 source_not_allowed to a request without a signature)'],
    [{ status: 503, error: 'secret_not_set' }, 'failed', 'answers 503 secret_not_set'],
    [{ status: 503, error: 'unavailable' }, 'failed', 'answers 503 unavailable'],
    [{ status: 502 }, 'failed', 'answers 502'],
    [{ status: 429 }, 'warning', 'answers 429: API Gateway throttles it'],
    [{ status: 403 }, 'failed', 'answers 403, which is not an answer of the validator'],
    [{ status: 404, error: 'unknown_provider' }, 'failed', 'answers 404 unknown_provider, which is not an answer of the validator'],
    [{ status: 200, error: '\u001b[0m' }, 'failed', 'answers 200  (0m, which is not an answer of the validator'],
  ])('%j is %s', (answer, status, text) => {
    expect(endpointFinding(answer, 'stripe')).toMatchObject({ status, text });
  });
});

test.each([
  [undefined, 'not-checked', 'the answer has no time'], [1_400, 'ok', 'is that of AWS'], [-1_400, 'ok', 'is that of AWS'], [30_000, 'ok', '30 s behind AWS'],
  [-90_000, 'warning', '90 s ahead of AWS'], [301_000, 'failed', '301 s behind AWS'],
] as const)('a clock with a difference of %s ms is %s', (skew, status, text) => {
  expect(clockFinding(skew)).toMatchObject({ status, text });
});

describe('a function', () => {
  test.each([
    [{}, undefined, 'ok', 'active ()'],
    [{ State: 'Inactive', PackageType: 'Image', Architectures: ['arm64'] }, 5, 'ok', 'inactive (image, arm64, 5 reserved executions)'],
    [{}, 0, 'failed', 'stopped: its reserved concurrency is 0'],
    [{ State: 'Failed', StateReason: 'no\nimage' }, undefined, 'failed', 'cannot run: no image'],
    [{ State: 'Failed' }, undefined, 'failed', 'cannot run'],
    [{ LastUpdateStatus: 'Failed', LastUpdateStatusReason: 'no key' }, undefined, 'failed', 'its last update failed: no key'],
    [{ LastUpdateStatus: 'InProgress' }, undefined, 'warning', 'is being updated'],
    [{ State: 'Pending' }, undefined, 'warning', 'is being updated'],
  ] as const)('%j with the reservation %s is %s', (configuration, reserved, status, text) => {
    expect(functionFinding(configuration as never, reserved, 'h')).toMatchObject({ status, text });
  });

  test.each([
    [[], 'failed', 'no event source mapping: nothing reads the stream'],
    [[{ State: 'Enabled' }, { State: 'Disabling' }], 'failed', 'event source mapping is disabling'],
    [[{}], 'failed', 'event source mapping is in an unknown state'],
    [[{ State: 'Enabled', LastProcessingResult: 'PROBLEM: Function call failed' }], 'failed', 'last batch failed: PROBLEM: Function call failed'],
    [[{ State: 'Enabling' }], 'not-checked', 'event source mapping is enabling'],
    [[{ State: 'Enabled', LastProcessingResult: 'No records processed' }], 'ok', 'enabled, no failed batch'],
  ])('with the mappings %j is %s', (mappings, status, text) => {
    expect(mappingFinding(mappings, 'h')).toMatchObject({ status, text });
  });
});

test.each([
  [{ account: 1000, unreserved: 900, burst: 2000 }, 'ok', 'the API accepts 2000 requests at once'],
  [{ account: 1000, unreserved: 900, reserved: 50, burst: 40 }, 'ok', 'validator 50 reserved'],
  [{ account: 10, unreserved: 10 }, 'warning', '10 in the account, 10 unreserved, validator without a reservation'],
  [{ account: 10, unreserved: 0 }, 'failed', '10 in the account, 0 unreserved'],
  [{ account: 1000, unreserved: 1000, reserved: 0 }, 'failed', 'validator 0 reserved'],
] as const)('the limits %j are %s', (limits, status, text) => {
  expect(quotaFinding(limits)).toMatchObject({ status, text: expect.stringContaining(text) });
});

test.each([
  [{ status: 'UPDATING', deletionProtection: true, pointInTimeRecovery: true }, 'ok', 'active, with point-in-time recovery and deletion protection'],
  [{ status: 'ACTIVE', deletionProtection: false, pointInTimeRecovery: true }, 'warning', 'without deletion protection'],
  [{ status: 'ACTIVE', deletionProtection: false, pointInTimeRecovery: false }, 'warning', 'without point-in-time recovery and deletion protection'],
  [{ status: 'ARCHIVED', deletionProtection: true }, 'failed', 'is archived'],
])('the table %j is %s', (protection, status, text) => {
  expect(tableFinding(protection)).toMatchObject({ status, text });
});

test.each([
  [{ open: 3, overdue: 0, givenUp: 0 }, 'ok', '3, which the workflow or the sweep will close'],
  [{ open: 3, overdue: 2, givenUp: 1 }, 'failed', '3 open, 2 of them overdue, 1 given up: the sweep does not republish them'],
  [{ open: 0, overdue: 0, givenUp: 4 }, 'failed', '4 given up, 0 open'],
])('the transactions %j are %s', (counts, status, text) => {
  expect(openFinding(counts)).toMatchObject({ status, text });
});

describe('the rules', () => {
  test('must exist', () => {
    expect(rulesFinding([])).toMatchObject({ status: 'failed', text: 'the stack has no rules of this system' });
  });

  test.each([
    ['bus|high', 'RoutingHighRule1', 'aws events enable-rule --name high --event-bus-name bus', 'webhooks-sweep-republishes-suffix'],
    ['sweep', 'EventRelaySweep1', 'aws events enable-rule --name sweep`', 'webhooks-sweep-stopped-suffix'],
    ['own', 'Other1', 'aws events enable-rule --name own`', 'webhooks-sweep-republishes-suffix'],
  ])('%s can be enabled again', (name, id, command, heading) => {
    expect(rulesFinding([{ name, id, state: 'disabled' }])).toMatchObject({ remedy: expect.stringContaining(command), runbook: expect.stringContaining(`#${heading}`) });
  });
});

test.each([
  [{ messages: 1, inFlight: 0, oldestAge: 7_200 }, '1, the oldest 2 hours old'], [{ messages: 1, inFlight: 2, oldestAge: 13 * 86_400 }, '3 (2 in flight), the oldest 13 days old'],
])('the dead letters %j are a failure', (state, text) => {
  expect(deadLetterFinding(state)).toMatchObject({ status: 'failed', text });
});

describe('the alerts', () => {
  test.each([
    [{ confirmed: [], pending: [] }, 'warning', 'no subscription: nobody gets the alerts'],
    [{ confirmed: [], pending: [{}] }, 'failed', '1 not confirmed, 0 confirmed: nobody gets the alerts'],
    [{ confirmed: [{}], pending: [{}] }, 'warning', '1 not confirmed, 1 confirmed (unknown)'],
  ])('with %j are %s', (subscriptions, status, text) => {
    expect(subscriptionFinding(subscriptions)).toMatchObject({ status, text });
  });

  test.each([
    [2, 1, false, 'warning', '2 recipients, at most 1 USD a month'], [1, 50, true, 'warning', '1 recipient, at most 50 USD a month, and the account is in the SMS sandbox'],
  ])('to %i by SMS, with %i USD, in the sandbox: %s, are a %s', (recipients, usd, isInSandbox, status, text) => {
    expect(smsFinding(recipients, usd, isInSandbox)).toMatchObject({ status, text });
  });
});

describe('the alarms', () => {
  const alarm = (name: string, more: Partial<AlarmInfo> = {}): AlarmInfo => ({ name, state: 'OK', topics: ['t'], ignoresMissingData: false, isComposite: false, ...more });
  const six = Array.from({ length: 6 }, (_, number) => alarm(`a${number}`, { state: 'INSUFFICIENT_DATA' }));

  test('that fire are failures, with the runbook of the first one', () => {
    const firing = [alarm('a', { state: 'ALARM', runbook: 'https://a' }), alarm('b', { state: 'ALARM' }), alarm('all', { state: 'ALARM', isComposite: true })];

    expect(alarmStateFinding(firing, false)).toEqual({
      status: 'failed', text: 'in ALARM: a, b', remedy: 'Follow the runbook of a, then those of the others.', runbook: 'https://a',
    });
  });

  test('must exist', () => {
    expect(alarmStateFinding([], false)).toMatchObject({ status: 'warning', text: 'the stack has no alarms' });
  });

  test('without data are a warning, except in the emulator', () => {
    expect(alarmStateFinding(six, false)).toMatchObject({ status: 'warning', text: 'without data: a0, a1, a2, a3, a4 and 1 more' });
    expect(alarmStateFinding(six, true)).toMatchObject({ status: 'not-checked' });
  });

  test.each([
    [[alarm('a', { topics: [] })], [], 'warning', 'the alarms notify nobody'],
    [[alarm('a'), alarm('b', { topics: [] })], [['t', 1]], 'warning', 'these notify nobody: b'],
    [[alarm('a'), alarm('b', { topics: ['u'] })], [['t', 1], ['u', 2]], 'ok', '2 alarms notify 2 topics with confirmed subscriptions'],
  ] as const)('%j with the subscriptions %j are %s', (alarms, confirmed, status, text) => {
    expect(notificationFinding(alarms, new Map(confirmed))).toMatchObject({ status, text });
  });
});
