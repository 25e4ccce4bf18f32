import { PutRuleCommand, PutTargetsCommand, RemoveTargetsCommand } from '@aws-sdk/client-eventbridge';
import { SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, DeleteMessageBatchCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import pc from 'picocolors';
import { FakeMessaging } from './support/fake-messaging';
import { FakeTerminal } from './support/fake-terminal';
import { FaultyClients, InjectedFault } from './support/faulty-clients';
import { bus, resetStack, settings, STACK, tool } from './support/operated-system';
import { connectToAws } from '../../cli/aws/aws-clients';
import { ObservedLines } from '../../cli/listen/observed-lines';
import { verdictAlert } from '../../handlers/alerts/alert-text';
import { toAssessedDetail, toTransactionDetail } from '../../handlers/publish/events/detail';
import { ASSESSMENT, DETAIL_CONFIG, storedTransaction } from '../handlers/support/items';

const messaging = new FakeMessaging();
const NOW = new Date('2026-01-31T10:00:00.500Z');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const received = toTransactionDetail(storedTransaction(), DETAIL_CONFIG);
const assessed = toAssessedDetail(storedTransaction(ASSESSMENT), DETAIL_CONFIG);

const eventOf = (type: string, detail: object, id = type) => ({ 'id': id, 'source': 'webhook-processing-system.prod', 'time': '2026-01-31T10:00:01Z', 'detail-type': `transaction.${type}`, 'detail': detail });
const notification = (Message: string, MessageId = 'n1', Subject: string | null = null) => ({ Type: 'Notification', MessageId, Timestamp: '2026-01-31T10:00:02.000Z', Subject, Message });

/** Runs the command until `messages` are received and nothing more is in the queue. */
async function listen(args: readonly string[], messages: readonly (object | string)[] = [], clients = connectToAws({ region: 'eu-central-1' })) {
  const interruption = new AbortController();
  let sent = false;
  messaging.onIdle = () => {
    if (sent) {
      interruption.abort();
    } else {
      sent = true;
      messages.forEach((message) => messaging.send(message));
    }
  };
  return tool(['listen', ...args, ...STACK], { clients, signal: interruption.signal, now: () => NOW });
}

beforeEach(() => {
  resetStack();
  messaging.reset();
});

describe('the lines', () => {
  test('show events and alerts in columns', async () => {
    const { code, printed } = await listen([], [eventOf('received', received), eventOf('assessed', assessed), notification(JSON.stringify(received.alert_sms))]);

    expect(code).toBe(0);
    expect(printed.split('\n')).toEqual([
      'TIME (UTC)  WHAT      PROVIDER  PAYMENT                             AMOUNT  TIER    KIND        REFERENCE           RESULT',
      '10:00:01    received  stripe    pi_1                         12,345.67 EUR  high    captured    order-1001          -',
      '10:00:01    assessed  stripe    pi_1                         12,345.67 EUR  high    captured    order-1001          review (40); amount 12,345.67 EUR is over 10,000 (+40)',
      '10:00:02    alert     stripe    pi_1                         12,345.67 EUR  high    captured    order-1001          -',
    ]);
  });

  test('are JSON objects with --json', async () => {
    const { printed } = await listen(['--json'], [eventOf('blocked', { ...assessed, verdict: 'block' })]);

    expect(printed.split('\n').map((line) => JSON.parse(line) as object)).toEqual([{
      time: '2026-01-31T10:00:01Z',
      what: 'blocked',
      id: 'blocked',
      provider: 'stripe',
      transaction_id: 'stripe:pi_1',
      event_id: 'evt_1',
      amount: '12,345.67',
      currency: 'EUR',
      tier: 'high',
      kind: 'captured',
      live: true,
      reference: 'order-1001',
      verdict: 'block',
      score: 40,
      reasons: ['amount 12,345.67 EUR is over 10,000 (+40)'],
    }]);
  });

  test('show each event once, although it is delivered again', async () => {
    messaging.sqs.on(DeleteMessageBatchCommand).rejectsOnce(new Error('failed'));

    const { printed } = await listen([], [eventOf('received', received), eventOf('received', received), eventOf('received', received, 'other')]);

    expect(printed.split('\n')).toHaveLength(3);
  });

  test('show an alert of a verdict, of a test and of another system', async () => {
    const verdict = verdictAlert({ ...received, live: false }, { verdict: 'review', score: 40, reasons: [], rule_set: 'one' }, DETAIL_CONFIG.origin);

    const { printed } = await listen([], [
      notification(verdict.alert_text, 'n1', verdict.alert_subject),
      notification('{"AlarmName":"x"}', 'n2', 'ALARM: "x" in eu-central-1'),
      notification('only\ntext', 'n3'),
      notification('Transaction: other, no amount (stripe, test)\nID stripe:pi_9', 'n4'),
    ]);

    expect(printed.split('\n').slice(1)).toEqual([
      '10:00:02    alert     stripe    pi_1                         12,345.67 EUR  high    captured (test)  order-1001          review',
      '10:00:02    alert     -         -                                        -  -       -                -                   ALARM: "x" in eu-central-1',
      '10:00:02    alert     -         -                                        -  -       -                -                   only',
      '10:00:02    alert     stripe    pi_9                                     -  -       other            -                   -',
    ]);
  });

  test.each(['medium', 'low'] as const)('show the tier of a %s-value transaction that was assessed', async (tier) => {
    const { alert_text: text } = verdictAlert({ ...received, tier, suspicious: true }, { verdict: 'review', score: 40, reasons: [], rule_set: 'one' }, DETAIL_CONFIG.origin);

    const { printed } = await listen(['--json'], [notification(text, 'n1')]);

    expect(JSON.parse(printed)).toMatchObject({ what: 'alert', tier, verdict: 'review' });
  });

  test('show what has no amount and is of a type of another version', async () => {
    const { amount_minor: _, tier, ...detail } = received;

    const { printed } = await listen([], [
      { ...eventOf('received', { ...detail, money_movement: false, tier }), 'detail-type': 'something.else' },
      eventOf('received', { amount_minor: '100', exponent: 2 }, 'bare'),
    ]);

    expect(printed.split('\n').slice(1)).toEqual([
      '10:00:01    something.else  stripe    pi_1                                     -  -       captured    order-1001          -',
      '10:00:01    received        -         -                                     1.00  -       -           -                   -',
    ]);
  });

  test.each([
    ['an alert that is no text of JSON', { Type: 'Notification', MessageId: 'n1', Timestamp: '2026-01-31T10:00:02Z', Message: '"Deploy" finished' }, 1],
    ['an event with an amount that is no number', { 'id': 'x', 'time': '2026-01-31T10:00:02Z', 'detail-type': 'x', 'detail': { amount_minor: '1.5', exponent: 2 } }, 0],
    ['an event without a detail', { 'id': 'x', 'time': '2026-01-31T10:00:02Z', 'detail-type': 'x' }, 0],
    ['neither', null, 0],
  ])('continue after %s', async (_, message, shown) => {
    const { code, printed } = await listen([], [JSON.stringify(message) as never, eventOf('received', received)]);

    expect(code).toBe(0);
    expect(printed.split('\n')).toHaveLength(2 + shown);
  });

  test('escape control characters', async () => {
    const { printed } = await listen([], [eventOf('received', { ...received, reference: '\u001b[2J' })]);

    expect(printed).toContain('\\u001b[2J');
    expect(printed).not.toContain('\u001b');
  });

  test('leave out messages that are no events', async () => {
    const { code, printed } = await listen([], ['no JSON', 'null', '1', { Type: 'SubscriptionConfirmation' }, {}]);

    expect([code, printed.split('\n').length]).toEqual([0, 1]);
  });

  test('have a column as wide as the longest name of a provider', async () => {
    resetStack({ WebhookUrlStandardWebhooks: 'https://api.example/prod/webhook/standard-webhooks' });
    messaging.reset();

    expect((await listen([])).printed).toContain('PROVIDER           PAYMENT');
  });

  test('have only what --provider and --tier choose, also of alerts', async () => {
    const messages = [
      eventOf('received', received), notification(received.alert_sms), notification('Low: captured 1.00 EUR (stripe, prod)', 'n2'), notification('Medium: captured 1,000.00 EUR (other, prod)', 'n3'), notification('text', 'n4'),
    ];

    const both = await listen(['--provider', 'stripe', '--tier', 'high'], messages);
    messaging.reset();
    const provider = await listen(['--provider', 'other', '--json'], messages);

    expect(both.printed.split('\n')).toHaveLength(3);
    expect(provider.printed.split('\n')).toHaveLength(1);
  });
});

describe('the session', () => {
  test('creates an encrypted queue that admits only its rule and its topic, and removes everything', async () => {
    let created: string[] = [];
    let queue: Record<string, string> = {};
    let rule = {};
    messaging.sns.on(SubscribeCommand).callsFake(async ({ Endpoint }: { Endpoint: string }) => {
      messaging.subscriptions.set('one', Endpoint.slice(Endpoint.lastIndexOf(':') + 1));
      created = messaging.all;
      [{ attributes: queue }] = messaging.queues.values();
      [rule] = messaging.rules.values();
      return { SubscriptionArn: 'one' };
    });

    await listen(['--provider', 'stripe', '--tier', 'high']);

    const [name] = created.map((each) => each.split(' ')[1]);
    expect(name).toMatch(/^cdk-webhooks-listen-[0-9a-f]{8}-20260131T100000Z-[0-9a-f]{8}$/);
    expect(created).toEqual(['queue', 'rule', 'subscription'].map((what) => `${what} ${name}`));
    expect(queue).toMatchObject({ MessageRetentionPeriod: '300', SqsManagedSseEnabled: 'true' });
    expect(JSON.parse(queue.Policy)).toEqual({
      Version: '2012-10-17',
      Statement: [
        ['events.amazonaws.com', `arn:aws:events:eu-central-1:123456789012:rule/payment-events/${name}`],
        ['sns.amazonaws.com', 'arn:aws:sns:eu-central-1:123456789012:alerts'],
      ].map(([Service, arn]) => ({ Effect: 'Allow', Principal: { Service }, Action: 'sqs:SendMessage', Resource: '*', Condition: { ArnEquals: { 'aws:SourceArn': arn } } })),
    });
    expect(rule).toMatchObject({
      pattern: '{"source":["webhook-processing-system.prod"],"detail":{"provider":["stripe"],"tier":["high"]}}',
      description: 'Temporary rule of cdk-webhooks listen, created 2026-01-31T10:00:00.500Z',
    });
    expect(messaging.all).toEqual([]);
  });

  test('receives every event of the source without options, and subscribes to nothing with --no-alerts', async () => {
    settings.EVENT_BUS_NAME = 'arn:aws:events:eu-central-1:123456789012:event-bus/default';

    await listen(['--no-alerts']);

    expect(messaging.sns.calls()).toEqual([]);
    const [{ args: [{ input: rule }] }] = bus.client.commandCalls(PutRuleCommand);
    expect(rule).toMatchObject({ EventPattern: '{"source":["webhook-processing-system.prod"]}', EventBusName: 'default' });
    const [{ args: [{ input: queue }] }] = messaging.sqs.commandCalls(CreateQueueCommand);
    expect(queue.Attributes!.Policy).toContain('"arn:aws:events:eu-central-1:123456789012:rule/cdk-webhooks-listen-');
  });

  test('ends after --for, and waits for the rest of that time only', async () => {
    let now = NOW.getTime();
    messaging.onIdle = () => {
      now += 7_000;
    };

    const { code } = await tool(['listen', '--for', '0.25', ...STACK], { clients: connectToAws({ region: 'eu-central-1' }), now: () => new Date(now) });

    expect(code).toBe(0);
    expect(messaging.waits).toEqual([10, 8, 1]);
    expect(messaging.all).toEqual([]);
  });

  test.each(['before', 'after'] as const)('leaves nothing if a call fails %s it had its effect', async (when) => {
    const reference = new FaultyClients(connectToAws({ region: 'eu-central-1' }));
    await listen([], [eventOf('received', received)], reference.all);
    const first = reference.calls.indexOf('CreateQueueCommand');
    const last = reference.calls.indexOf('SubscribeCommand');

    for (let call = first; call <= last; call++) {
      messaging.reset();
      const { code, noted } = await listen([], [], new FaultyClients(connectToAws({ region: 'eu-central-1' }), { call, when }).all);
      expect([call, code, messaging.all]).toEqual([call, 1, []]);
      expect(noted).toContain(new InjectedFault(when === 'before' ? 'failed before the call' : 'the answer was lost').message);
    }
    expect(last - first).toBe(4);
  });

  test('fails if the rule gets no target', async () => {
    bus.client.on(PutTargetsCommand).resolves({ FailedEntryCount: 1, FailedEntries: [{ ErrorCode: 'LimitExceeded' }] });

    const { code, noted } = await listen([]);

    expect(code).toBe(1);
    expect(noted).toContain('got no target: LimitExceeded');
    expect(messaging.all).toEqual([]);
  });

  test('lists what it could not remove, and removes the rest', async () => {
    bus.client.on(RemoveTargetsCommand).rejects(Object.assign(new Error('denied'), { name: 'AccessDeniedException' }));

    const { code, noted } = await listen([]);

    expect(code).toBe(3);
    expect(noted).toMatch(/not removed: target of the rule cdk-webhooks-listen-\S+: AccessDeniedException\nnot removed: rule cdk-webhooks-listen-\S+: ValidationException/);
    expect(messaging.all).toEqual([expect.stringMatching(/^rule /)]);
  });

  test('continues after failures of the queue, and ends after five in a row', async () => {
    messaging.sqs.on(ReceiveMessageCommand).rejects(Object.assign(new Error('no network'), { name: 'TimeoutError' }));

    const { code, noted } = await listen([]);
    messaging.reset();
    const answer = messaging.sqs.on(ReceiveMessageCommand);
    answer.rejectsOnce(new Error('no network')).callsFake(async () => {
      messaging.onIdle?.();
      return {};
    });
    const once = await listen([]);

    expect(code).toBe(1);
    expect(noted.match(/No answer from the queue \(TimeoutError\)/g)).toHaveLength(4);
    expect(messaging.all).toEqual([]);
    expect(once.code).toBe(0);
  });

  test('ends without an error if the wait for a message is interrupted', async () => {
    const interruption = new AbortController();
    messaging.sqs.on(ReceiveMessageCommand).callsFake(async () => {
      interruption.abort();
      throw new Error('aborted');
    });

    const { code } = await tool(['listen', ...STACK], { clients: connectToAws({ region: 'eu-central-1' }), signal: interruption.signal });

    expect([code, messaging.all]).toEqual([0, []]);
  });

  test('ends while it waits after a failure', async () => {
    const interruption = new AbortController();
    messaging.sqs.on(ReceiveMessageCommand).rejects(new Error('no network'));
    const sleep = async () => {
      interruption.abort();
      throw new Error('aborted');
    };

    expect((await tool(['listen', ...STACK], { clients: connectToAws({ region: 'eu-central-1' }), signal: interruption.signal, sleep })).code).toBe(0);
  });

  test('remembers the last ids only', async () => {
    const messages = Array.from({ length: 10_001 }, (_, index) => eventOf('received', received, `event-${index}`));

    const { printed } = await listen(['--json'], [...messages, messages[0], messages[10_000]]);

    expect(printed.split('\n')).toHaveLength(10_002);
  });
});

describe('what killed sessions left behind', () => {
  const nameOf = async () => {
    await listen([]);
    const [{ args: [{ input }] }] = messaging.sqs.commandCalls(CreateQueueCommand);
    messaging.reset();
    bus.client.resetHistory();
    return (at: Date, random = '0011aabb') => input.QueueName!.replace(/\d{8}T.*/, `${at.toISOString().replace(/[-:]|\.\d+/g, '')}-${random}`);
  };

  test('is removed after a day', async () => {
    const name = await nameOf();
    messaging.leave(name(new Date(NOW.getTime() - DAY - 1_000)));
    messaging.leave(name(new Date(NOW.getTime() - 9 * DAY)));
    messaging.queues.clear();
    messaging.leave(name(new Date(NOW.getTime() - 5 * DAY)));
    messaging.subscriptions.clear();

    const { noted } = await listen([]);

    expect(noted).toContain('Removed what 3 killed sessions left behind.');
    expect(messaging.all).toEqual([]);
  });

  test('is not removed if its session can be running, or if it is of another bus or not of a session', async () => {
    const name = await nameOf();
    const others = [
      name(new Date(NOW.getTime() - DAY + 1_000)), name(new Date(NOW.getTime() + DAY)), name(new Date(0)).replace(/listen-[0-9a-f]{8}/, 'listen-00000000'),
      name(new Date(0)).replace('19700101T000000Z', 'of-mine'), 'my-queue', name(new Date(0), 'not-hex'),
    ];
    others.forEach((other) => messaging.leave(other));
    const before = messaging.all;

    const interruption = new AbortController();
    interruption.abort();
    const { noted } = await tool(['listen', ...STACK], { clients: connectToAws({ region: 'eu-central-1' }), signal: interruption.signal, now: () => NOW });

    expect(noted).not.toContain('Removed');
    expect(messaging.all).toEqual(before);
  });

  test('is listed if it cannot be removed, and the session starts', async () => {
    const name = await nameOf();
    const left = name(new Date(0));
    messaging.leave(left);
    bus.client.on(RemoveTargetsCommand, { Rule: left }).rejects(Object.assign(new Error('denied'), { name: 'AccessDeniedException' }));

    const { code, noted } = await listen([]);

    expect(code).toBe(0);
    expect(noted).toContain(`not removed: target of the rule ${left}: AccessDeniedException`);
  });
});

test.each([['--for', '0'], ['--for', '721'], ['--for', 'ever'], ['--tier', 'huge']])('%s %s is refused', async (...args) => {
  expect((await listen(args)).code).toBe(2);
  expect(messaging.all).toEqual([]);
});

test.each([['approve', '32'], ['review', '33'], ['block', '31']])('has the color of the verdict %s on a terminal', async (verdict, color) => {
  const lines = new ObservedLines(pc.createColors(true), []);
  const event = { time: NOW.toISOString(), what: 'assessed', id: '1', verdict };

  expect(lines.line(event).startsWith(`\u001b[${color}m`)).toBe(true);
  expect(lines.line({ ...event, verdict: undefined, tier: 'high' }).startsWith('\u001b[36m')).toBe(true);
  expect(lines.line({ ...event, verdict: undefined })).not.toContain('\u001b');
  expect((await tool(['listen', '--help'], { terminal: Object.assign(new FakeTerminal(), { colored: true }) })).code).toBe(0);
});
