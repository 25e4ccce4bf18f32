import { gzipSync } from 'node:zlib';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { S3ServiceException } from '@aws-sdk/client-s3';
import pc from 'picocolors';
import { describedTable } from './support/described-table';
import { FakeTerminal } from './support/fake-terminal';
import { intercepted } from './support/intercepted';
import { byEvent, charge, JANE, JOHN, world } from './support/jane-and-john';
import { resetSystem, STACK, tool, WORKFLOW_ARN } from './support/operated-system';
import { lifeLines } from '../../cli/find/life-lines';
import type { TransactionLife } from '../../cli/find/transaction-life';
import { textColors } from '../../cli/terminal/text-colors';

const HOUR = 3_600_000;
const EXECUTION = WORKFLOW_ARN.replace('stateMachine', 'express') + ':one:two';
const find = (...args: string[]) => ['find', ...args, ...STACK];
const REVIEW = {
  verdict: { S: 'review' }, score: { N: '40' }, reasons: { L: [{ S: 'amount is over 10,000 (+40)' }] }, rule_set: { S: '0123456789ab' }, assessed_at: { S: '2026-02-01T00:00:02.000Z' },
};
const CLAIM = { claim_owner: { S: EXECUTION }, claimed_at: { S: '2026-02-01T00:00:01.000Z' } };
/** Steps by their names. Only the text of a step is compared. */
const stepsOf = async (...args: string[]) => {
  const [event] = (JSON.parse((await tool(find(...args, '--json'))).printed) as { events: { steps: { step: string; state: string; text: string }[] }[] }).events;
  return Object.fromEntries(event.steps.map(({ step, state, text }) => [step, `${state}: ${text}`]));
};

beforeAll(async () => world.start());
afterAll(async () => world.stop());
beforeEach(async () => resetSystem());

describe('the search', () => {
  beforeEach(async () => {
    await world.receive(charge('one', JANE, { amount: 2_500_000 }));
    await world.receive(charge('two', JANE, { paymentIntent: 'pi_one', type: 'charge.updated' }));
    await world.receive(charge('three', JOHN));
  });

  test.each([
    ['pi_one', 'payment', ['evt_one', 'evt_two']],
    ['stripe:pi_one', 'payment', ['evt_one', 'evt_two']],
    [JANE, 'customer', ['evt_one', 'evt_two']],
    [`stripe:${JANE}`, 'customer', ['evt_one', 'evt_two']],
    ['evt_three', 'event', ['evt_three']],
  ])('finds %s as a %s', async (id, foundBy, events) => {
    const { code, printed } = await tool(find(id, '--json'));

    const found = JSON.parse(printed) as { found_by: string; events: { event_id: string }[] };
    expect(code).toBe(0);
    expect(found.found_by).toBe(foundBy);
    expect(found.events.map(({ event_id: event }) => event).sort()).toEqual(events);
  });

  test('finds a payment of a provider that the system no longer has', async () => {
    const { transaction_id: _, ...item } = await byEvent('evt_three');
    await world.put({ ...item, transaction_id: { S: 'former:p-1' }, provider: { S: 'former' } });

    expect((await tool(find('former:p-1'))).code).toBe(0);
  });

  test('finds a reference by reading a small table without a question', async () => {
    await world.update(await byEvent('evt_three'), { reference: { S: 'order-1001' } });

    const { code, printed } = await tool(find('order-1001', '--json'));

    expect(code).toBe(0);
    expect(JSON.parse(printed)).toMatchObject({ found_by: 'reference', events: [{ event_id: 'evt_three', reference: 'order-1001' }] });
  });

  test('exits with 4 if nothing matches', async () => {
    const { code, noted } = await tool(find('nothing'));

    expect(code).toBe(4);
    expect(noted).toContain('Nothing was found');
  });

  test.each([
    [true, 'No payment, customer or event has this id. A reference is in no index. '],
    [false, 'No payment or customer has this id. A reference or an event is in no index. '],
  ])('says what a scan of a large table would read (index of events: %j)', async (hasIndex, message) => {
    const large = { ItemCount: 2_000_000, TableSizeBytes: 4_000_000_000, ...hasIndex ? {} : { GlobalSecondaryIndexes: undefined } };
    const clients = { ...world.clients, dynamodb: describedTable(world.clients.dynamodb, large) };

    const { code, noted } = await tool(find('order-1001'), { clients });

    expect(code).toBe(4);
    expect(noted).toBe(`${message}To read the whole table (about 2,000,000 items, 4,000 MB, 488,282 read request units), add --scan.`);
  });

  test.each([
    ['--scan', new FakeTerminal(), 0],
    ['--yes', new FakeTerminal(), 0],
    ['--body', new FakeTerminal(true, 'yes'), 1],
  ])('reads a large table with %s or a confirmation', async (option, terminal, questions) => {
    await world.update(await byEvent('evt_three'), { reference: { S: 'order-1001' } });
    const clients = { ...world.clients, dynamodb: describedTable(world.clients.dynamodb, { ItemCount: 2_000_000 }) };

    expect((await tool(find('order-1001', option), { clients, terminal })).code).toBe(0);
    expect(terminal.questions).toHaveLength(questions);
  });

  test('shows the newest transactions of a customer up to --limit', async () => {
    await world.receive({ ...charge('four', JANE), created: 1769947200 });

    const { printed, noted } = await tool(find(JANE, '--limit', '1'));
    const json = await tool(find(JANE, '--limit', '1', '--json'));

    expect(printed).toContain('stripe:pi_four');
    expect(printed).not.toContain('stripe:pi_one');
    expect(noted).toContain('1 more transaction. To show more, add --limit.');
    expect(JSON.parse(json.printed)).toMatchObject({ omitted: 1 });
  });

  test('finds ids that are stored as their hashes', async () => {
    const long = 'evt_'.padEnd(300, 'x');
    await world.receive({ ...charge('five', JOHN), id: long });

    expect((await tool(find(long))).code).toBe(0);
    expect((await tool(find('x'.repeat(3_000)))).code).toBe(4);
  });

  test.each([['', '--limit', '1'], ['pi_one', '--limit', '0'], ['pi_one', '--limit', 'all']])('refuses the arguments %j %s %s', async (id, ...args) => {
    expect((await tool(find(id, ...args))).code).toBe(2);
  });
});

describe('the life of a transaction', () => {
  test('shows each step of a high-value transaction, and links', async () => {
    await world.receive(charge('one', JANE, { amount: 2_500_000 }));
    await world.archiveChanges();
    await world.update(await byEvent('evt_one'), { ...CLAIM, ...REVIEW, sweeps: { N: '1' }, closed_at: { S: '2026-02-01T00:00:03.000Z' }, reference: { S: 'order-1001' } });
    await world.archiveChanges();
    const { received_at: at } = await byEvent('evt_one');
    const [key] = [...world.buckets.buckets.get('the-archive')!.keys()];

    const { printed } = await tool(find('pi_one'));

    const item = 'https://eu-central-1.console.aws.amazon.com/dynamodbv2/home?region=eu-central-1#edit-item?itemMode=2&pk=stripe%3Api_one&route=ROUTE_ITEM_EXPLORER&sk=2026-01-31T12%3A00%3A00.000Z%23evt_one&table=transactions';
    const execution = `https://eu-central-1.console.aws.amazon.com/states/home?region=eu-central-1#/express-executions/details/${EXECUTION}?startDate=1769904001000`;
    expect(printed.split('\n')).toEqual([
      'stripe:pi_one  captured 25,000.00 EUR, high (charge.succeeded)',
      '  event         evt_one',
      '  sort key      2026-01-31T12:00:00.000Z#evt_one',
      '  reference     order-1001',
      `  customer      ${JANE}`,
      '  payment page  https://dashboard.stripe.com/payments/pi_one',
      `  table item    ${item}`,
      `  execution     ${execution}`,
      `  ✓ received   ${at.S}  webhook`,
      '  ✓ stored                               with its body',
      '  ✓ published                            the workflow got the event',
      `  ✓ claimed    2026-02-01T00:00:01.000Z  by ${EXECUTION}`,
      '  ✓ swept                                published again 1 of 10 times',
      '  ✓ assessed   2026-02-01T00:00:02.000Z  review, score 40, rules 0123456789ab because: amount is over 10,000 (+40)',
      '  ✓ alerted                              the alerts of the tier and of the verdict review',
      '  ✓ closed     2026-02-01T00:00:03.000Z  the workflow is finished',
      `  ✓ archived                             s3://the-archive/${key}`,
    ]);
  });

  test.each<[string, Record<string, AttributeValue>, string]>([
    ['with its author and time', { labeled_by: { S: 'jane\u001b[2J' }, labeled_at: { S: '2026-02-02T00:00:00.000Z' } }, '  label       fraud, by jane\\u001b[2J, 2026-02-02T00:00:00.000Z'],
    ['without what an item does not have', {}, '  label       fraud'],
  ])('shows the label of a payment %s', async (_, attributes, line) => {
    await world.receive(charge('one', JANE));
    await world.update(await byEvent('evt_one'), { label: { S: 'fraud' }, ...attributes });

    const { printed } = await tool(find('pi_one'));

    expect(printed.split('\n').find((each) => each.startsWith('  label'))?.replace(/ +/g, ' ')).toBe(line.replace(/ +/g, ' '));
  });

  test('separates the events of a payment by an empty line', async () => {
    await world.receive(charge('one', JANE));
    await world.receive(charge('two', JANE, { paymentIntent: 'pi_one', type: 'charge.updated' }));

    expect((await tool(find('pi_one', '--no-archive'))).printed.split('\n\n')).toHaveLength(2);
  });

  test('does not say that an open transaction is finished', async () => {
    await world.receive(charge('one', JANE, { amount: 2_500_000 }));
    const { sweep_at: at } = await byEvent('evt_one');

    expect(await stepsOf('pi_one')).toEqual({
      received: 'done: webhook',
      stored: 'done: with its body',
      published: 'unknown: not recorded. The relay publishes each transaction within seconds',
      alerted: 'open: the workflow has not finished',
      closed: `open: not yet. The sweep publishes it again at ${at.S}`,
      archived: 'open: not found yet. The archival writes every five minutes',
    });
  });

  test('shows that a transaction was given up', async () => {
    await world.receive(charge('one', JANE, { amount: 2_500_000 }));
    await world.update(await byEvent('evt_one'), { given_up_at: { S: '2026-02-01T00:00:00.000Z' }, claimed_at: CLAIM.claimed_at });

    expect(await stepsOf('pi_one')).toMatchObject({
      'claimed': 'open: by an execution', 'given up': 'problem: not assessed and alerted. Fix the cause, and redrive it',
    });
  });

  test.each([
    [charge('one', JANE, { amount: 250_000 }), 'unknown: not recorded. A rule of the bus alerts medium-value transactions'],
    [charge('one', JANE), 'done: no alert: low-value'],
    [charge('one', JANE, { type: 'charge.updated' }), 'done: no alert: not a money movement'],
    [{ ...charge('one', JANE), livemode: false }, 'done: no alert: not a money movement'],
  ])('says what alerts it (%#)', async (webhook, text) => {
    await world.receive(webhook);

    expect(await stepsOf('pi_one')).toMatchObject({ alerted: text });
  });

  test.each<[string, Partial<Record<string, { S: string }>>, string]>([
    ['is being assessed', { ...CLAIM, sweep_at: CLAIM.claimed_at }, 'open: the workflow has not finished'],
    ['was reviewed', { ...CLAIM, verdict: { S: 'review' }, closed_at: CLAIM.claimed_at }, 'done: the alert of the verdict review'],
    ['was approved', { ...CLAIM, verdict: { S: 'approve' }, closed_at: CLAIM.claimed_at }, 'done: no alert: low-value'],
  ])('says what alerts a low-value one that %s', async (_, attributes, alerted) => {
    await world.receive(charge('one', JANE));
    await world.update(await byEvent('evt_one'), attributes as never);

    expect(await stepsOf('pi_one')).toMatchObject({ alerted });
  });

  test('shows the alert of an approved transaction, and a verdict without details', async () => {
    await world.receive(charge('one', JANE, { amount: 2_500_000 }));
    await world.update(await byEvent('evt_one'), { verdict: { S: 'approve' }, closed_at: { S: '2026-02-01T00:00:03.000Z' } });

    expect(await stepsOf('pi_one')).toMatchObject({ assessed: 'done: approve, score ?, rules ?', alerted: 'done: the alert of the tier' });
  });

  test('shows the verdict of the shadow rules beside the one that counts', async () => {
    await world.receive(charge('one', JANE, { amount: 2_500_000 }));
    await world.update(await byEvent('evt_one'), {
      ...REVIEW,
      shadow_verdict: { S: 'block' },
      shadow_score: { N: '90' },
      shadow_reasons: { L: [{ S: 'amount is over 5,000 (+90)' }] },
      shadow_rule_set: { S: 'ba9876543210' },
    });

    expect(await stepsOf('pi_one')).toMatchObject({
      assessed: 'done: review, score 40, rules 0123456789ab because: amount is over 10,000 (+40)',
      shadow: 'done: without effect: block, score 90, rules ba9876543210 because: amount is over 5,000 (+90)',
    });
    expect((await tool(find('pi_one'))).printed).toContain('✓ shadow ');
  });

  test('shows that it is a test, without an amount, and fetched', async () => {
    await world.receive({ ...charge('one', JANE, { type: 'customer.created' }), livemode: false });
    await world.update(await byEvent('evt_one'), { fetched: { BOOL: true }, exponent: { N: '99' } });

    const { printed } = await tool(find('evt_one'));

    expect(printed).toContain('other, no amount, not a money movement, test mode (customer.created)');
    expect(printed).toContain('fetched from the API of the provider');
  });

  test('shows an erased transaction without what was erased', async () => {
    await world.receive(charge('one', JANE, { amount: 2_500_000 }));
    await world.erase({ provider: 'stripe', id: JANE });

    const steps = await stepsOf('pi_one');

    expect(Object.keys(steps)).toEqual(['received', 'stored', 'erased']);
    expect(steps).toMatchObject({ stored: 'done: without its body' });
    expect((await tool(find('pi_one', '--body'))).printed).toContain('body: erased');
  });

  test('escapes control characters of a sender', async () => {
    await world.receive(charge('one', JANE));
    await world.update(await byEvent('evt_one'), { reference: { S: '\u001b[2J\u202eorder\u2028\n1' } });

    const { printed } = await tool(find('pi_one'));

    expect(printed).toContain('reference     \\u001b[2J\\u202eorder\\u2028\\u000a1');
    expect(printed).not.toContain('\u001b');
  });

  test('has the colors of the states on a terminal', async () => {
    await world.receive(charge('one', JANE));
    const [life] = (JSON.parse((await tool(find('pi_one', '--json'))).printed) as { events: TransactionLife[] }).events;
    const steps: TransactionLife['steps'] = (['done', 'open', 'unknown', 'problem'] as const).map((state) => ({ step: 'stored', state, text: '' }));

    const lines = lifeLines({ ...life, steps }, pc.createColors(true));

    expect(lines[0]).toBe(`${pc.createColors(true).bold('stripe:pi_one')}  captured 50.00 EUR, low (charge.succeeded)`);
    expect(lines.slice(-4).map((line) => line.slice(2, 9))).toEqual(['\u001b[32m✓\u001b', '\u001b[33m…\u001b', '\u001b[2m?\u001b[', '\u001b[31m✗\u001b']);
    expect(textColors(false).red('text')).toBe('text');
    expect((await tool(find('pi_one'), { terminal: Object.assign(new FakeTerminal(), { colored: true }) })).code).toBe(0);
  });
});

describe('the archive', () => {
  const objects = () => world.buckets.buckets.get('the-archive')!;

  test('is searched for both events of a payment in one pass', async () => {
    await world.receive(charge('one', JANE));
    await world.receive(charge('two', JANE, { paymentIntent: 'pi_one', type: 'charge.updated' }));
    await world.archiveChanges();
    const reads: string[] = [];
    const clients = { ...world.clients, s3: intercepted(world.clients.s3, async (name) => void reads.push(name)) };

    const { printed } = await tool(find('pi_one', '--json'), { clients });

    expect((JSON.parse(printed) as { events: { steps: { state: string }[] }[] }).events.map(({ steps }) => steps.at(-1)!.state)).toEqual(['done', 'done']);
    expect(reads.filter((name) => name === 'GetObjectCommand')).toHaveLength(2);
  });

  test('is searched in the hour after the receipt only', async () => {
    await world.receive(charge('one', JANE));
    await world.archiveChanges();
    objects().forEach(([version]) => Object.assign(version, { modifiedAt: new Date(Date.now() + 2 * HOUR) }));

    const { printed } = await tool(find('pi_one'), { now: () => new Date(Date.now() + 2 * HOUR) });

    expect(printed).toContain('? archived                             not found in 0 objects of the hour after the receipt');
  });

  test('is not read further than 200 objects', async () => {
    await world.receive(charge('one', JANE));
    const { received_at: at } = await byEvent('evt_one');
    const day = at.S!.slice(0, 10).split('-');
    await world.receive(charge('other', JOHN));
    await world.remove(await byEvent('evt_one'));
    await world.archiveChanges();
    const [[, versions]] = [...objects()];
    for (let count = 0; count < 205; count++) {
      objects().set(`year=${day[0]}/month=${day[1]}/day=${day[2]}/${String(count).padStart(5, '0')}.jsonl.gz`, versions);
    }
    await world.receive(charge('one', JANE));

    expect((await tool(find('pi_one'), { now: () => new Date(Date.now() + 2 * HOUR) })).printed).toContain('not found in 200 objects');
  });

  test.each([
    ['AccessDenied', 'no right to read the archive'],
    ['InvalidObjectState', 'the object must be restored from its storage class'],
  ])('can be unreadable: %s', async (name, text) => {
    await world.receive(charge('one', JANE));
    await world.archiveChanges();
    const s3 = intercepted(world.clients.s3, async () => {
      throw new S3ServiceException({ name, $fault: 'client', $metadata: { httpStatusCode: 403 } });
    });

    const { code, printed } = await tool(find('pi_one'), { clients: { ...world.clients, s3 } });

    expect(code).toBe(0);
    expect(printed).toContain(`not read: ${text}`);
  });

  test('fails the command with other errors', async () => {
    await world.receive(charge('one', JANE));
    const s3 = intercepted(world.clients.s3, async () => {
      throw new Error('no network');
    });

    expect((await tool(find('pi_one'), { clients: { ...world.clients, s3 } })).code).toBe(1);
  });

  test('is searched for an item whose time of receipt was removed', async () => {
    await world.receive(charge('one', JANE));
    const { received_at: _, ...item } = await byEvent('evt_one');
    await world.put(item);

    expect((await tool(find('pi_one'))).printed).toContain('not found in 0 objects');
  });
});

describe('the body', () => {
  test('is printed on request, with its control characters escaped', async () => {
    await world.receive(charge('one', JANE, { marker: 'a\u009bb' }));

    const { printed } = await tool(find('pi_one', '--body'));

    expect(printed).toContain('"description":"a\\u009bb"');
    expect((await tool(find('pi_one'))).printed).not.toContain('description');
  });

  test('is read from S3 if it does not fit into the item', async () => {
    await world.receive(charge('one', JANE));
    const { body, ...item } = await byEvent('evt_one');
    await world.putObject('archive', 'webhook-bodies/one.gz', Buffer.from(body.B!));
    await world.put({ ...item, body_key: { S: 'webhook-bodies/one.gz' } });

    const { printed } = await tool(find('pi_one', '--body', '--json'));
    const lines = await tool(find('pi_one', '--body'));
    await world.put({ ...item, body_key: { S: 'webhook-bodies/absent.gz' } });

    expect(JSON.parse((JSON.parse(printed) as { events: { body: string }[] }).events[0].body)).toMatchObject({ id: 'evt_one' });
    expect(lines.printed).toContain('body in S3: webhook-bodies/one.gz');
    expect((await tool(find('pi_one', '--body'))).printed).toContain('body: webhook-bodies/absent.gz cannot be read: NoSuchKey');
  });

  test('is base64 if it is no text', async () => {
    await world.receive(charge('one', JANE));
    await world.update(await byEvent('evt_one'), { body: { B: gzipSync(Buffer.from([0xff, 0xfe])) } });

    expect((await tool(find('pi_one', '--body'))).printed).toContain('body in base64:\n//4=');
  });

  test('can be missing or damaged', async () => {
    await world.receive(charge('one', JANE));
    const { body: _, ...item } = await byEvent('evt_one');
    await world.put(item);
    const missing = await tool(find('pi_one', '--body'));
    await world.put({ ...item, body: { B: Buffer.from('damaged') } });

    expect(missing.printed).toContain('body: the item has none');
    expect((await tool(find('pi_one', '--body'))).printed).toContain('body: the body of the item cannot be read: Error');
  });

  test('is not read after an interruption', async () => {
    await world.receive(charge('one', JANE));
    const { body: _, ...item } = await byEvent('evt_one');
    await world.put({ ...item, body_key: { S: 'webhook-bodies/one.gz' } });
    const interruption = new AbortController();
    const s3 = intercepted(world.clients.s3, async () => {
      interruption.abort();
      throw new Error('aborted');
    });

    const { code } = await tool(find('pi_one', '--body', '--no-archive'), { clients: { ...world.clients, s3 }, signal: interruption.signal });

    expect(code).toBe(130);
  });
});
