import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import {
  batchLetter, eventOf, EXECUTION, failedBatch, givenUp, itemOf, relayLetter, RULE_ATTRIBUTES, sweepLetter, undelivered, workflowLetter,
} from './support/dead-letter-samples';
import { FakeTerminal } from './support/fake-terminal';
import { FaultyClients } from './support/faulty-clients';
import { intercepted } from './support/intercepted';
import { ARCHIVAL, BUCKET, OperatedSystem, RELAY } from './support/operator-system';

const system = new OperatedSystem();
const { queue, bus } = system;
const HOUR = 3_600_000;
const REDRIVE = ['dlq', 'redrive', '--yes'];
const earlier = (hours: number) => ({ sentAt: system.now - hours * HOUR });
const putBatch = async (Key: string, content: string) => (
  system.clients.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: Buffer.from(content) }))
);
const json = (text: string) => JSON.parse(text) as Record<string, any>;

beforeAll(async () => system.start());
afterAll(async () => system.stop());
beforeEach(async () => system.reset());

/** One message of each form. */
function addEveryKind(): Record<string, string> {
  return {
    workflow: queue.add(workflowLetter(1), earlier(2)),
    incomplete: queue.add(workflowLetter(1, 'OnEvent', 'the event lacks one of: tier'), earlier(2)),
    sweep: queue.add(sweepLetter(itemOf(2, { sweeps: { N: '10' } })), earlier(3)),
    lowered: queue.add(sweepLetter(itemOf(3, { verdict: { S: 'block' } }), { medium: 50_000, high: 100_000 }), earlier(3)),
    forged: queue.add(sweepLetter(itemOf(4, { record_type: { S: 'blocklist-entry' } })), earlier(3)),
    unreadable: queue.add(sweepLetter(itemOf(5, { amount_minor: { S: 'x' } })), earlier(3)),
    relay: queue.add(relayLetter(), earlier(4)),
    batch: queue.add(batchLetter('aws/lambda/one'), earlier(5)),
    rule: queue.add(undelivered(6), { ...earlier(6), attributes: RULE_ATTRIBUTES }),
    other: queue.add('hello\u001b[31m', earlier(7)),
  };
}

describe('dlq list', () => {
  test('groups every form of a message, with what to do', async () => {
    addEveryKind();
    queue.add(workflowLetter(7), earlier(1));

    const { exitCode, printed } = await system.run(['dlq', 'list']);

    expect(exitCode).toBe(0);
    expect(printed).toMatchSnapshot();
  });

  test('prints the groups as JSON', async () => {
    const id = queue.add(workflowLetter(1), earlier(2));

    expect(json((await system.run(['dlq', 'list', '--json'])).printed)).toEqual({
      at_least: 1,
      read: 1,
      hidden: 0,
      groups: [{
        origin: 'transaction-workflow',
        error: 'DetectFraud: Lambda.TooManyRequestsException',
        count: 1,
        oldest: '2025-03-04T22:00:00.000Z',
        advice: 'fix the cause; the sweep repeats the transaction, or redrive',
        message_ids: [id],
      }],
    });
  });

  test('reads more messages than one answer has, and makes them visible again', async () => {
    Array.from({ length: 137 }, (_, index) => queue.add(workflowLetter(index), earlier(1)));

    expect((await system.run(['dlq', 'list'])).printed).toContain('At least 137 messages:');
    expect(queue.entries.filter(({ hidden }) => hidden)).toEqual([]);
  });

  test('chooses messages by origin and error', async () => {
    addEveryKind();

    expect(json((await system.run(['dlq', 'list', '--json', '--origin', 'sweep', '--error', 'AFTER 10 attempts'])).printed).at_least).toBe(1);
    expect((await system.run(['dlq', 'list', '--error', 'nothing'])).printed).toBe('No message of 10 messages matches.');
  });

  test('says that nothing is there, and that other receivers have messages', async () => {
    expect((await system.run(['dlq', 'list'])).printed).toBe('No messages.');
    queue.add('one');
    queue.entries[0].hidden = true;
    expect((await system.run(['dlq', 'list'])).printed).toContain('1 message hidden');
  });

  test('rejects an unknown origin', async () => {
    expect(await system.run(['dlq', 'list', '--origin', 'lambda'])).toMatchObject({ exitCode: 2 });
  });

  test('reads a message without attributes', async () => {
    queue.entries.push({ id: 'bare', body: '[]', hidden: false });

    expect(json((await system.run(['dlq', 'list', '--json'])).printed).groups[0]).toMatchObject({ origin: 'unknown', oldest: '1970-01-01T00:00:00.000Z' });
  });
});

describe('dlq show', () => {
  test.each(['workflow', 'sweep', 'batch', 'rule', 'other'])('shows a message of the form %s', async (form) => {
    const ids = addEveryKind();

    const { exitCode, printed } = await system.run(['dlq', 'show', ids[form]]);

    expect(exitCode).toBe(0);
    expect(printed).toMatchSnapshot();
    expect(queue.entries.filter(({ hidden }) => hidden)).toEqual([]);
  });

  test('escapes what a sender wrote, in text and in JSON', async () => {
    const id = queue.add({ ...workflowLetter(1), event: { ...eventOf(1), reference: 'a\u001b]0;x\u0007\u202eb\u{e0001}' }, error: { Error: 'E\u001b[2J', Cause: '\u009b31m' } });

    for (const args of [['dlq', 'show', id], ['dlq', 'show', id, '--json'], ['dlq', 'list']]) {
      const { printed } = await system.run(args);
      expect(printed).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u{e0001}]/u);
      expect(printed).toContain('E\\u001b[2J');
    }
    expect(json((await system.run(['dlq', 'show', id, '--json'])).printed).event.reference).toBe('a\u001b]0;x\u0007\u202eb\u{e0001}');
  });

  test.each([['body', 'the-body'], ['body_base64', 'dGhl']])('shows the raw %s only on request', async (name, content) => {
    const id = queue.add({ ...workflowLetter(1), event: { ...eventOf(1), [name]: content } });

    expect((await system.run(['dlq', 'show', id])).printed).not.toContain(content);
    expect((await system.run(['dlq', 'show', id, '--body'])).printed).toContain(content);
    expect((await system.run(['dlq', 'show', id, '--body', '--json'])).printed).toContain(content);
  });

  test('shows the text of an unknown message on request', async () => {
    const id = queue.add('hello\u001b[31m');

    expect((await system.run(['dlq', 'show', id, '--body'])).printed).toContain('hello\\u001b[31m');
    expect(json((await system.run(['dlq', 'show', id, '--body', '--json'])).printed).body).toBe('hello\u001b[31m');
  });

  test('rejects an id that the queue does not have', async () => {
    expect((await system.run(['dlq', 'show', 'm99'])).noted).toContain("the queue has no visible message 'm99'. List the messages with `dlq list --json`.");
    queue.add('one');
    queue.entries[0].hidden = true;
    expect(await system.run(['dlq', 'show', 'm99'])).toMatchObject({ exitCode: 2, noted: expect.stringContaining('Hidden messages appear again within minutes.') });
  });
});

describe('dlq redrive', () => {
  test('delivers every form in its way, and leaves the others with the reason', async () => {
    const ids = addEveryKind();
    await putBatch('aws/lambda/one', failedBatch(RELAY));
    await system.put(givenUp(2), givenUp(3, { verdict: { S: 'block' }, amount_minor: { N: '100' } }), givenUp(5, { amount_minor: { S: 'x' } }));

    const { exitCode, printed } = await system.run([...REDRIVE, '--json']);

    expect(exitCode).toBe(3);
    expect(json(printed)).toEqual({
      delivered: 4,
      settled: 0,
      undeleted: 0,
      not_reached: 0,
      objects_left: [],
      interrupted: false,
      left: expect.arrayContaining([ids.incomplete, ids.lowered, ids.forged, ids.unreadable, ids.relay, ids.other].map((id) => (
        expect.objectContaining({ message_id: id })
      ))),
    });
    expect(json(printed).left.map(({ origin, reason }: any) => `${origin}: ${reason}`).sort()).toMatchSnapshot();
    expect(bus.published).toEqual([
      { EventBusName: 'the-bus', Source: 'payments', DetailType: 'transaction.received', Detail: JSON.stringify(eventOf(1)), Time: new Date('2025-03-04T05:06:07.089Z') },
      { EventBusName: 'the-bus', Source: 'payments', DetailType: 'transaction.received', Detail: JSON.stringify(eventOf(6)), Time: new Date('2025-03-04T05:06:07.000Z') },
    ]);
    expect(await system.find(givenUp(2))).toEqual(itemOf(2, { sweep_partition: { S: expect.stringMatching(/^\d$/) as never }, sweep_at: { S: '2025-03-05T00:00:00.000Z' } }));
    expect(system.invocations).toEqual([{ name: RELAY, event: { Records: expect.arrayContaining([expect.objectContaining({ eventID: 'change-1' })]) } }]);
    expect(system.buckets.versionsOf(BUCKET, 'aws/lambda/one')).toEqual([expect.objectContaining({ isMarker: true }), expect.anything()]);
    expect(queue.entries.map(({ id }) => id)).toEqual([ids.incomplete, ids.lowered, ids.forged, ids.unreadable, ids.relay, ids.other]);
    expect(queue.entries.filter(({ hidden }) => hidden)).toEqual([]);
  });

  test('shows what it does, asks, and reports', async () => {
    addEveryKind();
    await putBatch('aws/lambda/one', failedBatch(RELAY));
    const yes = new FakeTerminal(true, 'y');

    const { printed, questions } = await system.run(['dlq', 'redrive'], { terminal: yes });

    expect(questions).toEqual(['Redrive 6 messages? [y/N] ']);
    expect(printed).toMatchSnapshot();
  });

  test.each<[string, string[], FakeTerminal, number]>([
    ['in a dry run', ['--dry-run'], new FakeTerminal(), 0],
    ['in a dry run with JSON', ['--dry-run', '--json'], new FakeTerminal(), 0],
    ['if the answer is no', [], new FakeTerminal(true, 'n'), 2],
    ['if nobody can answer', [], new FakeTerminal(), 2],
    ['with a rate of 0', ['--yes', '--rate', '0'], new FakeTerminal(), 2],
    ['without a rate', ['--yes', '--rate', ' '], new FakeTerminal(), 2],
  ])('changes nothing %s', async (_, args, terminal, exitCode) => {
    addEveryKind();

    expect((await system.run(['dlq', 'redrive', ...args], { terminal })).exitCode).toBe(exitCode);
    const hidden = queue.entries.filter((entry) => entry.hidden);
    expect({ published: bus.published, messages: queue.entries.length, hidden }).toEqual({ published: [], messages: 10, hidden: [] });
  });

  test('prints its plan as JSON', async () => {
    const [one, two] = [queue.add(workflowLetter(1)), queue.add('x')];

    expect(json((await system.run(['dlq', 'redrive', '--dry-run', '--json'])).printed)).toEqual({
      read: 2,
      hidden: 0,
      planned: [{ message_id: one, origin: 'transaction-workflow', error: expect.any(String), way: 'publish' }],
      left: [{ message_id: two, origin: 'unknown', error: 'the message has no known form', reason: expect.any(String) }],
    });
  });

  test('redrives one message by its id', async () => {
    const ids = addEveryKind();

    expect(await system.run([...REDRIVE, '--id', ids.rule])).toMatchObject({ exitCode: 0 });
    expect(bus.ids).toEqual(['stripe:pi_6']);
    expect(queue.entries).toHaveLength(9);
  });

  test('has nothing to do for an empty queue, or for messages without a way back', async () => {
    expect(await system.run(REDRIVE)).toMatchObject({ exitCode: 0, printed: 'No message can be redriven.' });
    queue.add('x');
    expect(await system.run(REDRIVE)).toMatchObject({ exitCode: 3 });
    const { exitCode, printed } = await system.run([...REDRIVE, '--json']);
    expect({ exitCode, left: json(printed).left.length }).toEqual({ exitCode: 3, left: 1 });
  });

  test('keeps the rate, in batches', async () => {
    Array.from({ length: 100 }, (_, index) => queue.add(workflowLetter(index)));

    await system.run([...REDRIVE, '--rate', '20']);

    expect(bus.calls).toBe(10);
    // The last batch starts after the 90 messages before it.
    expect(system.waited).toBe(90 / 20 * 1000);
    expect(queue.entries).toEqual([]);
  });

  test('publishes an event once for two messages about it, and deletes both', async () => {
    queue.add(workflowLetter(1, 'DetectFraud'));
    queue.add(workflowLetter(1, 'NotifyHighValue'));
    Array.from({ length: 9 }, (_, index) => queue.add(workflowLetter(10 + index)));
    queue.add(workflowLetter(1, 'NotifyVerdict'));

    expect((await system.run(REDRIVE)).exitCode).toBe(0);
    expect(bus.ids.filter((id) => id === 'stripe:pi_1')).toHaveLength(1);
    expect(queue.entries).toEqual([]);
  });

  test('does not deliver a message that arrives during the redrive, such as one that the redrive itself causes', async () => {
    Array.from({ length: 12 }, (_, number) => queue.add(workflowLetter(number)));
    const clients = {
      ...system.clients,
      eventBridge: intercepted(system.clients.eventBridge, async () => {
        queue.add(workflowLetter(99));
      }),
    };

    expect((await system.run(REDRIVE, { clients })).exitCode).toBe(0);
    expect(bus.ids).toHaveLength(12);
    expect(bus.ids).not.toContain('stripe:pi_99');
    expect(queue.entries.map(({ hidden }) => hidden)).toEqual([false, false]);
  });

  test('leaves the entries that EventBridge rejects', async () => {
    bus.reset(({ transaction_id: id }) => id === 'stripe:pi_2' ? 'InternalFailure' : id === 'stripe:pi_3' ? 'MalformedDetail' : undefined);
    const ids = [1, 2, 3, 4].map((number) => queue.add(workflowLetter(number)));

    const { exitCode, printed } = await system.run(REDRIVE);

    expect(exitCode).toBe(3);
    expect(printed).toContain(`${ids[1]}  transaction-workflow: its event was not published: InternalFailure`);
    expect(queue.entries.map(({ id }) => id)).toEqual([ids[1], ids[2]]);
    expect(bus.ids.sort()).toEqual(['stripe:pi_1', 'stripe:pi_4']);
  });

  test('counts an entry without an answer as not published', async () => {
    bus.client.on(PutEventsCommand).resolves({});
    queue.add(workflowLetter(1));

    expect(await system.run(REDRIVE)).toMatchObject({ exitCode: 3, printed: expect.stringContaining('EventBridge did not answer for this event') });
    expect(queue.entries).toHaveLength(1);
  });

  test('leaves events that would not fit, that are of others, or that have no time', async () => {
    queue.add({ ...workflowLetter(1), event: { ...eventOf(1), body: 'x'.repeat(300_000) } });
    queue.add(undelivered(1, { source: 'somebody.else' }));
    queue.add(undelivered(1, { type: 'something.else' }));
    queue.add({ ...workflowLetter(1), event: undefined, error: { Cause: 'x' } });
    queue.add({ origin: 'transaction-workflow' });
    queue.add({ origin: 'sweep' });
    queue.add({ origin: 'sweep', error: 'x', keys: { transaction_id: { S: 1 }, timestamp: {} } });
    queue.add(batchLetter('key', 'another-bucket'));
    const kept = queue.entries.length;
    const dated = queue.add(undelivered(2, { time: 'unknown' }), { sentAt: 1_700_000_000_000 });

    const { printed } = await system.run([...REDRIVE, '--json']);

    expect(json(printed).left.map(({ reason }: any) => reason)).toMatchSnapshot();
    expect(queue.entries.map(({ id }) => id)).not.toContain(dated);
    expect(queue.entries).toHaveLength(kept);
    expect(bus.published.map(({ Time }) => Time)).toEqual([new Date(1_700_000_000_000)]);
  });

  test('lists at most 20 messages that stay', async () => {
    Array.from({ length: 25 }, () => queue.add('x'));

    expect((await system.run(REDRIVE)).printed).toContain('  and 5 more (--json lists all)');
  });

  test('stops after many failures in a row', async () => {
    bus.reset(() => 'AccessDenied');
    Array.from({ length: 100 }, (_, index) => queue.add(workflowLetter(index)));

    const { exitCode, printed } = await system.run(REDRIVE);

    expect(exitCode).toBe(1);
    expect(printed).toContain('Stopped: 40 messages in a row could not be delivered. Fix the cause first.');
    // A group that runs at the same time still ends.
    expect(printed).toMatch(/[56]0 messages not reached/);
    expect(queue.entries).toHaveLength(100);
  });

  test('ends after the running groups if it is interrupted, and continues when it is run again', async () => {
    const interruption = new AbortController();
    Array.from({ length: 50 }, (_, index) => queue.add(workflowLetter(index)));
    const clients = {
      ...system.clients,
      eventBridge: intercepted(system.clients.eventBridge, async () => bus.calls === 1 ? interruption.abort() : undefined),
    };

    const { exitCode, printed, noted } = await system.run(REDRIVE, { clients, signal: interruption.signal });

    expect(exitCode).toBe(130);
    expect(noted).toContain('Interrupted. Run the same command again to continue.');
    expect(printed).toContain(`${bus.ids.length} messages delivered and deleted.`);
    expect(queue.entries).toHaveLength(50 - bus.ids.length);
    expect((await system.run(REDRIVE)).exitCode).toBe(0);
    expect(new Set(bus.ids).size).toBe(50);
    expect(bus.ids).toHaveLength(50);
  });

  test('does not deliver a message that could not be deleted a second time in the run, and tries to delete it again', async () => {
    const id = queue.add(workflowLetter(1));
    queue.refused.add(id);
    queue.add(workflowLetter(2));

    const { exitCode, printed } = await system.run(REDRIVE);

    expect(exitCode).toBe(3);
    expect(printed).toContain('1 delivered message could not be deleted: the next run delivers them again.');
    expect(bus.ids).toEqual(['stripe:pi_1', 'stripe:pi_2']);
    queue.refused.clear();
    queue.showHidden();
    expect((await system.run(REDRIVE)).exitCode).toBe(0);
    expect(queue.entries).toEqual([]);
  });

  test('does not start a group if it is interrupted while it waits for the rate', async () => {
    const interruption = new AbortController();
    Array.from({ length: 20 }, (_, number) => queue.add(workflowLetter(number)));
    system.onSleep = () => interruption.abort();

    expect(await system.run(REDRIVE, { signal: interruption.signal })).toMatchObject({ exitCode: 130, printed: expect.stringContaining('10 messages delivered and deleted.') });
    expect(queue.entries).toHaveLength(10);
  });

  test('does not deliver a message that comes back after its deletion, and deletes it again', async () => {
    Array.from({ length: 12 }, (_, number) => queue.add(workflowLetter(number)));
    const copy = { ...queue.entries[0] };
    let deletions = 0;
    const clients = {
      ...system.clients,
      sqs: intercepted(system.clients.sqs, async (name) => {
        deletions += name === 'DeleteMessageBatchCommand' ? 1 : 0;
        if (name === 'ReceiveMessageCommand' && deletions === 1 && !queue.entries.includes(copy)) {
          queue.entries.push(copy);
        }
      }),
    };

    expect((await system.run(REDRIVE, { clients })).exitCode).toBe(0);
    expect(bus.ids.filter((id) => id === 'stripe:pi_0')).toHaveLength(1);
    expect(queue.entries).toEqual([]);
  });

  test('reports messages that were delivered while no deletion succeeds', async () => {
    queue.add(workflowLetter(1));
    const clients = {
      ...system.clients,
      sqs: intercepted(system.clients.sqs, async (name) => {
        if (name === 'DeleteMessageBatchCommand') {
          throw Object.assign(new Error('no rights'), { name: 'AccessDenied' });
        }
      }),
    };

    const { exitCode, printed } = await system.run(REDRIVE, { clients });

    expect(exitCode).toBe(1);
    expect(printed).toContain('1 delivered message could not be deleted: the next run delivers them again.\nStopped: AccessDenied: no rights');
    expect(queue.entries).toHaveLength(1);
  });

  test('leaves an event after one that failed, if both do not fit in one call', async () => {
    bus.reset(() => 'InternalFailure');
    [1, 2].forEach((number) => queue.add({ ...workflowLetter(number), event: { ...eventOf(number), body: 'x'.repeat(150_000) } }));

    expect((await system.run(REDRIVE)).printed).toContain('its event was not published, because another one failed');
    expect(queue.entries).toHaveLength(2);
  });

  test('leaves all events if the call fails', async () => {
    bus.client.on(PutEventsCommand).rejects(Object.assign(new Error('too fast'), { name: 'ThrottlingException' }));
    queue.add(workflowLetter(1));

    expect((await system.run(REDRIVE)).printed).toContain('its event was not published: ThrottlingException: too fast');
    expect(queue.entries).toHaveLength(1);
  });

  test('publishes events without the key of a transaction, or without a time of receipt', async () => {
    queue.add({ ...undelivered(1), detail: { note: 1 } }, { sentAt: 1_700_000_000_000 });
    queue.add({ ...undelivered(1), detail: { note: 2 } });
    queue.add({ ...workflowLetter(3), event: { ...eventOf(3), received_at: undefined } }, { sentAt: 1_700_000_000_000 });

    expect((await system.run(REDRIVE)).exitCode).toBe(0);
    expect(bus.published).toHaveLength(3);
    expect(bus.published[2].Time).toEqual(new Date(1_700_000_000_000));
  });

  test('extends the time that slow messages are hidden, and leaves one that another receiver can have', async () => {
    Array.from({ length: 20 }, (_, index) => queue.add(workflowLetter(index)));
    const lost = queue.entries[19].id;
    const clients = {
      ...system.clients,
      sqs: intercepted(system.clients.sqs, async (name, input) => {
        if (name === 'ChangeMessageVisibilityBatchCommand' && input.Entries[0].VisibilityTimeout > 0) {
          queue.refused.add(lost);
        }
      }),
    };

    const { exitCode, printed } = await system.run([...REDRIVE, '--rate', '0.1'], { clients });

    expect(queue.visibilities).toContain(120);
    expect(exitCode).toBe(3);
    expect(printed).toContain('19 messages delivered and deleted.\n1 message not reached');
    expect(bus.ids).not.toContain('stripe:pi_19');
  });
});

describe('a batch of the stream', () => {
  test.each<[string, string, { FunctionError?: string; text?: string } | undefined, string | undefined]>([
    ['is archived', ARCHIVAL, undefined, undefined],
    ['is published in part', RELAY, { text: '{"batchItemFailures":[{"itemIdentifier":"1"}]}' }, 'event-relay did not process the whole batch'],
    ['gets no answer', RELAY, {}, 'event-relay did not process the whole batch'],
    ['fails', ARCHIVAL, { FunctionError: 'Unhandled', text: '{"errorType":"Error","errorMessage":"no rights"}' }, 'transaction-archival failed: Error: no rights'],
    ['fails without a message', ARCHIVAL, { FunctionError: 'Unhandled', text: '{}' }, 'transaction-archival failed: unknown error'],
    ['fails without JSON', ARCHIVAL, { FunctionError: 'Unhandled', text: 'oops' }, 'transaction-archival failed: unknown error'],
    ['names another function', 'payroll', undefined, 'its object names the function payroll, which does not consume the stream of this system'],
  ])('that %s stays exactly if it has failed', async (_, name, answer, reason) => {
    const id = queue.add(batchLetter('aws/lambda/one'));
    await putBatch('aws/lambda/one', failedBatch(name, false));
    if (answer) {
      system.answers.set(name, answer);
    }

    const { printed } = await system.run([...REDRIVE, '--json']);

    expect(json(printed).left).toEqual(reason === undefined ? [] : [expect.objectContaining({ message_id: id, reason })]);
    expect(queue.entries).toHaveLength(reason === undefined ? 0 : 1);
    expect(system.invocations.filter((each) => each.name === 'payroll')).toEqual([]);
    expect(queue.visibilities).toContain(400);
  });

  test.each([['its object does not exist: it was redriven before, or deleted', undefined], ['its object is not the record of an invocation with a batch', '{"payload":{}}'], ['its object is not the record of an invocation with a batch', 'oops']])(
    'stays if %s', async (reason, content) => {
      queue.add(batchLetter('aws/lambda/one'));
      if (content !== undefined) {
        await putBatch('aws/lambda/one', content);
      }

      expect(json((await system.run([...REDRIVE, '--json'])).printed).left).toEqual([expect.objectContaining({ reason })]);
      expect(queue.entries).toHaveLength(1);
    });

  test('stays if it cannot be kept hidden for the invocation', async () => {
    queue.add(batchLetter('aws/lambda/one'));
    await putBatch('aws/lambda/one', failedBatch(ARCHIVAL));
    const clients = {
      ...system.clients,
      sqs: intercepted(system.clients.sqs, async (_name, input) => {
        if (input.Entries?.[0].VisibilityTimeout === 400) {
          throw new Error('not available');
        }
      }),
    };

    expect(json((await system.run([...REDRIVE, '--json'], { clients })).printed)).toMatchObject({ left: [{ reason: expect.stringContaining('not available') }] });
    expect(queue.entries).toHaveLength(1);
  });

  test('is deleted with its object if the first deletion of the message fails', async () => {
    queue.add(batchLetter('aws/lambda/one'));
    await putBatch('aws/lambda/one', failedBatch(ARCHIVAL));
    let deletions = 0;
    const removed: string[] = [];
    const clients = {
      ...system.clients,
      sqs: intercepted(system.clients.sqs, async (name) => {
        if (name === 'DeleteMessageBatchCommand' && ++deletions === 1) {
          throw new Error('failed');
        }
      }),
      s3: intercepted(system.clients.s3, async (name) => {
        removed.push(name);
      }),
    };

    await system.run(REDRIVE, { clients });

    expect(queue.entries).toEqual([]);
    expect(removed).toContain('DeleteObjectCommand');
  });

  test('is reported if its object cannot be deleted', async () => {
    queue.add(batchLetter('aws/lambda/one'));
    await putBatch('aws/lambda/one', failedBatch(ARCHIVAL));
    const clients = {
      ...system.clients,
      s3: intercepted(system.clients.s3, async (name) => {
        if (name === 'DeleteObjectCommand') {
          throw new Error('failed');
        }
      }),
    };

    expect((await system.run(REDRIVE, { clients })).printed).toBe([
      '1 message: invoke the consumer of the stream with the batch', '1 message delivered and deleted.', 'Delivered, but not deleted from the bucket: aws/lambda/one',
    ].join('\n'));
    expect(queue.entries).toEqual([]);
  });

  test('stays if another receiver has its message', async () => {
    const id = queue.add(batchLetter('aws/lambda/one'));
    const clients = {
      ...system.clients,
      sqs: intercepted(system.clients.sqs, async (_name, input) => {
        if (input.Entries?.[0].VisibilityTimeout === 400) {
          queue.refused.add(id);
        }
      }),
    };

    expect(json((await system.run([...REDRIVE, '--json'], { clients })).printed).left).toEqual([expect.objectContaining({ reason: 'another receiver has the message' })]);
    expect(system.invocations).toEqual([]);
  });
});

describe('a transaction that the sweep gave up', () => {
  const letter = () => queue.add(sweepLetter(itemOf(2, { sweeps: { N: '10' } })));

  test.each<[string, ReturnType<typeof itemOf> | undefined, string | undefined]>([
    ['is closed', itemOf(2, { closed_at: { S: 'x' }, sweep_at: undefined, sweep_partition: undefined }), undefined],
    ['is with the sweep again', itemOf(2), undefined],
    ['is claimed', givenUp(2, { claimed_at: { S: '2025-03-04T23:59:00.000Z' }, claim_owner: { S: 'x' } }), 'an execution is processing it, and the sweep gave it up: try again in ten minutes'],
    ['does not exist', undefined, 'the item does not exist'],
    ['was erased', givenUp(2, { erased_at: { S: 'x' } }), 'its customer was erased'],
    ['is not open', itemOf(2, { sweep_at: undefined, sweep_partition: undefined }), 'it is not open: the sweep does not process it'],
  ])('and that %s is deleted only if nothing is left to do', async (_, item, reason) => {
    letter();
    await system.put(...item ? [item] : []);

    const { exitCode, printed } = await system.run([...REDRIVE, '--json']);

    expect(json(printed)).toMatchObject({ delivered: 0, settled: reason === undefined ? 1 : 0, left: reason === undefined ? [] : [{ reason }] });
    expect({ exitCode, messages: queue.entries.length }).toEqual(reason === undefined ? { exitCode: 0, messages: 0 } : { exitCode: 3, messages: 1 });
  });

  test('is told in the text', async () => {
    letter();
    await system.put(itemOf(2));

    expect((await system.run(REDRIVE)).printed).toContain('1 message deleted: their transactions are closed, or with the sweep.');
  });
});

describe('a failure or an end at any call', () => {
  /** Everything that must come back into the system, and how often it did. */
  async function arrange(): Promise<void> {
    await system.reset();
    [1, 2, 3].forEach((number) => queue.add(workflowLetter(number)));
    queue.add(undelivered(6), { attributes: RULE_ATTRIBUTES });
    queue.add(sweepLetter(itemOf(2, { sweeps: { N: '10' } })));
    queue.add(batchLetter('aws/lambda/one'));
    await putBatch('aws/lambda/one', failedBatch(RELAY));
    await system.put(givenUp(2));
  }

  test('loses no message: the next run delivers what the first did not', async () => {
    await arrange();
    const counting = new FaultyClients(system.clients);
    await system.run(REDRIVE, { clients: counting.all });
    const { calls } = counting;
    expect(calls).toEqual(expect.arrayContaining(['PutEventsCommand', 'DeleteMessageBatchCommand', 'UpdateItemCommand', 'InvokeCommand', 'DeleteObjectCommand']));

    for (const when of ['before', 'after'] as const) {
      for (let call = 0; call < calls.length; call++) {
        await arrange();
        await system.run(REDRIVE, { clients: new FaultyClients(system.clients, { call, when }).all });
        const [sent, waiting] = [new Set(bus.ids), queue.bodies.join('')];
        // At the moment of the failure: what is not in the queue anymore was delivered.
        [1, 2, 3, 6].forEach((number) => expect({ call, when, number, safe: sent.has(`stripe:pi_${number}`) || waiting.includes(`"stripe:pi_${number}"`) })
          .toMatchObject({ safe: true }));
        queue.showHidden();
        await system.run(REDRIVE);

        expect({ call, when, sent: [...new Set(bus.ids)].sort() }).toEqual({ call, when, sent: ['stripe:pi_1', 'stripe:pi_2', 'stripe:pi_3', 'stripe:pi_6'] });
        expect((await system.find(givenUp(2)))!.given_up_at).toBeUndefined();
        expect(system.invocations.length).toBeGreaterThan(0);
        // An object that is gone before its message was deleted would leave the message.
        expect({ call, when, left: queue.bodies }).toEqual({ call, when, left: [] });
      }
    }
  }, 60_000);
});

describe('dlq purge', () => {
  const folder = () => mkdtempSync(join(tmpdir(), 'purge-'));
  const saved = (path: string) => readFileSync(path, 'utf8').trim().split('\n').map((line) => json(line));

  test('asks for the number, saves the messages, and deletes them one by one', async () => {
    const to = folder();
    const id = queue.add(undelivered(6), { sentAt: Date.parse('2025-03-01T00:00:00.000Z'), attributes: RULE_ATTRIBUTES });
    queue.add('other');
    const terminal = new FakeTerminal(true, '1');

    const { exitCode, printed, questions } = await system.run(['dlq', 'purge', '--origin', 'rule'], { terminal, folder: to });

    const path = join(to, 'dead-letters-2025-03-05T00-00-00-000Z.jsonl');
    expect(questions).toEqual([`The messages are saved to ${path} and deleted. Type 1 to delete: `]);
    expect(exitCode).toBe(0);
    expect(printed).toContain(`1 message deleted, and saved to ${path}.`);
    expect(saved(path)).toEqual([{ message_id: id, sent_at: '2025-03-01T00:00:00.000Z', attributes: RULE_ATTRIBUTES, body: JSON.stringify(undelivered(6)) }]);
    expect(statSync(path).mode % 0o1000).toBe(0o600);
    expect(queue.bodies).toEqual(['other']);
  });

  test('deletes by age, by id, or everything', async () => {
    const [old, other] = [queue.add('old', earlier(25)), queue.add('other', earlier(1))];
    queue.entries.push({ id: 'bare', body: 'bare', hidden: false });
    const purge = async (...args: string[]) => system.run(['dlq', 'purge', '--yes', '--json', '--save', join(folder(), 'a.jsonl'), ...args]);

    expect(json((await purge('--older-than', '1d', '--id', old)).printed)).toMatchObject({ deleted: 1, remaining: 0, interrupted: false });
    expect(queue.bodies).toEqual(['other', 'bare']);
    expect(json((await purge('--id', other)).printed).deleted).toBe(1);
    expect(json((await purge('--all')).printed).deleted).toBe(1);
    expect(await purge('--all')).toMatchObject({ exitCode: 0, noted: 'No messages.' });
  });

  test.each<[string, string[], FakeTerminal, number, string]>([
    ['without a choice', ['--yes'], new FakeTerminal(), 2, 'choose messages with --origin'],
    ['with a filter and everything', ['--yes', '--all', '--id', 'm1'], new FakeTerminal(), 2, 'choose messages with --origin'],
    ['with an age without a unit', ['--yes', '--older-than', '7'], new FakeTerminal(), 2, 'It must be a number with a unit'],
    ['with an unknown unit', ['--yes', '--older-than', '7y'], new FakeTerminal(), 2, 'It must be a number with a unit'],
    ['if nobody can answer', ['--all'], new FakeTerminal(), 2, 'add --yes'],
    ['with another number', ['--all'], new FakeTerminal(true, 'y'), 2, 'Nothing was changed.'],
    ['in a dry run', ['--all', '--dry-run'], new FakeTerminal(), 0, 'Dry run: nothing was changed.'],
    ['if the file cannot be written', ['--all', '--yes', '--save', '/nowhere/a.jsonl'], new FakeTerminal(), 2, 'cannot create the file: ENOENT'],
  ])('changes nothing %s', async (_, args, terminal, exitCode, noted) => {
    queue.add('one');

    expect(await system.run(['dlq', 'purge', ...args], { terminal, folder: folder() })).toMatchObject({ exitCode, noted: expect.stringContaining(noted) });
    expect(queue.entries.map(({ hidden }) => hidden)).toEqual([false]);
  });

  test('finds a message behind others', async () => {
    Array.from({ length: 25 }, (_, index) => queue.add(`${index}`));

    expect((await system.run(['dlq', 'purge', '--id', 'm25', '--yes', '--save', join(folder(), 'a.jsonl')])).exitCode).toBe(0);
    expect(queue.entries).toHaveLength(24);
  });

  test('does not overwrite a file', async () => {
    const path = join(folder(), 'a.jsonl');
    writeFileSync(path, 'mine');
    queue.add('one');

    expect(await system.run(['dlq', 'purge', '--all', '--yes', '--save', path])).toMatchObject({ exitCode: 2, noted: `error: the file '${path}' exists. Name another one with --save.` });
    expect(readFileSync(path, 'utf8')).toBe('mine');
    expect(queue.bodies).toEqual(['one']);
  });

  test('reports messages that were not deleted, and those that an interruption left', async () => {
    const to = folder();
    const ids = Array.from({ length: 30 }, (_, index) => queue.add(`${index}`));
    queue.refused.add(ids[0]);
    const path = join(to, 'a.jsonl');

    expect(await system.run(['dlq', 'purge', '--yes', '--all', '--save', path])).toMatchObject({ exitCode: 3, printed: expect.stringContaining(' 1 message not reached: run the command again.') });
    expect(saved(path)).toHaveLength(30);
    const interruption = new AbortController();
    Array.from({ length: 30 }, (_, index) => queue.add(`${index}`));
    queue.refused.clear();
    const clients = { ...system.clients, sqs: intercepted(system.clients.sqs, async (name) => name === 'DeleteMessageBatchCommand' ? interruption.abort() : undefined) };
    const { exitCode, noted } = await system.run(['dlq', 'purge', '--yes', '--all'], { clients, signal: interruption.signal, folder: to });
    expect({ exitCode, noted: noted.includes('Interrupted.') }).toEqual({ exitCode: 130, noted: true });
    expect(queue.entries.length).toBeGreaterThan(0);
    expect(readdirSync(to)).toHaveLength(2);
  });
});

test('an execution in the link is that of the message', async () => {
  const id = queue.add({ ...workflowLetter(1), execution: 'not an ARN' });
  const link = queue.add(workflowLetter(2), { sentAt: 1_700_000_240_000 });

  expect(json((await system.run(['dlq', 'show', id, '--json'])).printed).link).toBeUndefined();
  expect(json((await system.run(['dlq', 'show', link, '--json'])).printed).link).toContain(`${EXECUTION}?startDate=1700000000000`);
});
