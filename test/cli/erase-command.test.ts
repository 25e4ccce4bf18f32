import { tmpdir } from 'node:os';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { FakeTerminal } from './support/fake-terminal';
import { byEvent, charge, fill, JANE, MARKER, PROVIDER, world } from './support/jane-and-john';
import { TransactionsTable } from '../../cli/erase/transactions-table';
import { runTool } from '../../cli/program';
import { Interruption, OutputClosed } from '../../cli/terminal/interruption';
import { storedTransaction } from '../handlers/support/items';
import { Output } from '../handlers/support/output';

const cloudformation = mockClient(CloudFormationClient);
const output = (path: string, name: string, value: string) => ({ OutputKey: `${path}${name}1234ABCD`, OutputValue: value });
const outputsOf = (path: string) => [
  output(path, 'TableName', world.table), output(path, 'ArchiveBucketName', world.bucket('archive')), output(path, 'FailedRecordsBucketName', world.bucket('failedRecords')),
  output(path, 'DeadLetterQueueUrl', world.queueUrl), output(path, 'GuestKeyArn', 'arn:guests'), { OutputKey: 'MyTableName', OutputValue: 'other' }, {},
];
const stackWith = (...outputs: object[]) => cloudformation.on(DescribeStacksCommand).resolves({ Stacks: [{ Outputs: outputs }] as never });

async function run(args: readonly string[], terminal = new FakeTerminal(), signal = new AbortController().signal) {
  const code = await runTool(args, { terminal, version: '1.2.3', connect: () => world.clients, signal, now: () => new Date(), folder: tmpdir(), sleep: async () => world.archiveChanges() });
  return { code, printed: terminal.printed.join('\n'), noted: terminal.noted.join('\n'), terminal };
}

const ERASE = ['erase', JANE, '--provider', PROVIDER, '--stack', 'Payments'];
const named = () => [
  'erase', JANE, '--provider', PROVIDER, '--table', world.table, '--archive', world.bucket('archive'),
  '--failed-records', world.bucket('failedRecords'), '--dead-letter-queue', world.queueUrl,
];

beforeAll(async () => world.start());
afterAll(async () => world.stop());
beforeEach(async () => {
  new Output().capture();
  await world.reset();
  cloudformation.reset();
  stackWith(...outputsOf('Payments'));
});

describe('the command erase', () => {
  test('shows what it finds, and changes nothing in a dry run', async () => {
    await fill();
    const before = await world.everything();

    const { code, printed } = await run([...ERASE, '--dry-run']);

    expect(code).toBe(0);
    expect(printed.replace(/[\d.,]+ read units?/, 'N read units')).toBe([
      'Customer cus_jane_0001 of stripe:',
      '  Table              4 items of 3 transactions (searched 5 items, N read units)',
      '  Archive            5 objects (searched 6 objects)',
      '  Failed batches     2 objects (searched 3 objects)',
      '  Dead-letter queue  2 messages (searched 3 messages)',
      '  Lists              no entry',
      'Dry run: nothing was changed.',
    ].join('\n'));
    expect(await world.everything() === before).toBe(true);
  });

  test('prints a dry run as JSON', async () => {
    await fill();
    await world.put({ transaction_id: { S: `blocklist:customer:stripe:${JANE}` }, timestamp: { S: '-' }, record_type: { S: 'blocklist-entry' } });

    const { printed } = await run([...named(), '--dry-run', '--json']);

    expect(JSON.parse(printed)).toMatchObject({
      table: { items: 4, transactions: 3 }, archive: { objects: 5, unreadable: [] }, failed_batches: { objects: 2 }, list_entries: { removed: [`blocklist:customer:stripe:${JANE}`], kept: [] },
    });
  });

  test('asks for the customer, and erases nothing without it', async () => {
    await fill();

    const { code, noted, terminal } = await run(ERASE, new FakeTerminal(true, 'yes'));

    expect(code).toBe(2);
    expect(terminal.questions).toEqual([`Erasing cannot be undone. Type ${JANE} to erase: `]);
    expect(noted).toBe('Nothing was changed.');
    expect((await world.everything()).includes(MARKER)).toBe(true);
  });

  test('erases after the answer, and shows the result', async () => {
    await fill();

    const { code, printed } = await run(ERASE, new FakeTerminal(true, ` ${JANE} `));

    expect(code).toBe(0);
    expect(printed).toContain('  Table              4 items reduced to the key and the amount\n');
    expect(printed).toContain('Checked again: nothing of the customer remains in the table, the archive, the failed batches and the queue.');
    expect((await world.everything()).includes(MARKER)).toBe(false);
  });

  test('asks for the address of a guest', async () => {
    const { terminal } = await run(['erase', '--email', 'a@example.com', ...ERASE.slice(2)], new FakeTerminal(true));
    const { terminal: other } = await run(['erase', '--phone', '+49 170 1234567', ...ERASE.slice(2)], new FakeTerminal(true));

    expect([...terminal.questions, ...other.questions].map((question) => /Type (.+) to erase/.exec(question)![1])).toEqual(['a@example.com', '+49 170 1234567']);
  });

  test('exits with 3 and lists what is locked, unreadable, hidden or not archived', async () => {
    await fill();
    const [[lockedKey], [glacierKey], [damagedKey], [heldKey]] = [...world.buckets.buckets.get('the-archive')!];
    world.buckets.versionsOf('the-archive', lockedKey)[0].lock = { mode: 'COMPLIANCE', until: new Date('2030-01-01') };
    world.buckets.versionsOf('the-archive', heldKey)[0].lock = { hold: 'ON' };
    world.buckets.versionsOf('the-archive', glacierKey)[0].storageClass = 'GLACIER';
    await world.clients.s3.send(new PutObjectCommand({ Bucket: 'the-archive', Key: `${damagedKey}x`, Body: Buffer.from('damaged') }));
    await world.putObject('failedRecords', 'note.txt', Buffer.from('no JSON'));
    await world.putObject('failedRecords', 'note.json', Buffer.from('{"payload":{}}'));
    world.queue.entries[2].hidden = true;
    await world.put({ transaction_id: { S: `blocklist:customer:stripe:${JANE}` }, timestamp: { S: '-' }, record_type: { S: 'blocklist-entry' } });

    const { code, printed } = await run([...ERASE, '--yes', '--wait', '0']);

    expect(code).toBe(3);
    expect(printed).toContain('4 erased items that the archive does not have yet');
    expect(printed).toContain('1 message in the dead-letter queue');
    expect(printed).toContain(`${lockedKey} (version ${world.buckets.versionsOf('the-archive', lockedKey)[1].id}): Object Lock (COMPLIANCE) until 2030-01-01T00:00:00.000Z`);
    expect(printed).toContain(': legal hold of Object Lock');
    expect(printed).toContain(`${glacierKey} (version ${world.buckets.versionsOf('the-archive', glacierKey)[0].id}): must be restored from its storage class`);
    expect(printed).toContain('is not gzip with a JSON value in each line');
    expect(printed.match(/is not the record of an invocation with a batch/g)).toHaveLength(2);
    expect(printed).toContain(`Lists              blocklist:customer:stripe:${JANE}\n`);
    expect(printed).toContain('Lists              1 entry removed\n');
    expect(printed).toContain('Run the command again later.');
  });

  test('prints the result as JSON, and nothing else', async () => {
    await fill();

    const { code, printed, noted } = await run([...ERASE, '--yes', '--json', '--since', '2026-01-01']);

    expect(code).toBe(0);
    expect(JSON.parse(printed)).toMatchObject({
      found: { table: { items: 4 } }, complete: true, table: { items: 4 }, dead_letter_queue: { messages_deleted: 2 },
    });
    expect(noted).toContain('Customer cus_jane_0001 of stripe:');
  });

  test('prints what remains as JSON', async () => {
    await world.putObject('archive', 'year=2026/damaged', Buffer.from('damaged'));

    const { code, printed } = await run([...ERASE, '--yes', '--json']);

    expect(code).toBe(3);
    expect(JSON.parse(printed)).toMatchObject({ complete: false, remaining: { versions: [{ key: 'year=2026/damaged', reason: 'is not gzip with a JSON value in each line' }] } });
  });

  test('limits the list of versions on a terminal', async () => {
    await world.receive(charge('jane1', JANE));
    await world.archiveChanges();
    for (let index = 0; index < 25; index++) {
      await world.putObject('archive', `year=2026/damaged-${index}`, Buffer.from('damaged'));
    }

    expect((await run([...ERASE, '--yes'])).printed).toContain('    and 5 more: see --json');
  });

  test('searches the archive from a day on', async () => {
    await fill();

    expect((await run([...ERASE, '--dry-run', '--since', '2099-01-31'])).printed).toContain('  Archive            0 objects (searched 0 objects)');
  });
});

describe('the arguments', () => {
  test.each<[string, string[], string]>([
    ['no customer', ['erase', '--provider', 'stripe'], 'error: name a customer: its id, --email or --phone'],
    ['no provider', ['erase', JANE], "error: required option '--provider <name>' not specified"],
    ['no confirmation', ['erase', JANE, '--provider', 'stripe'], 'error: add --yes to erase without a question, or --dry-run to see what would be erased'],
    ['no system', ['erase', JANE, '--provider', 'stripe', '--yes'], 'error: name the system with --stack, or the resource with --table'],
    ['no key for guests', ['erase', '--email', 'a@example.com', '--provider', 'stripe', '--yes', '--table', 't', '--archive', 'a', '--failed-records', 'f', '--dead-letter-queue', 'q'],
      'error: name the system with --stack, or the key for guests with --guest-key'],
    ['an invalid address', [...ERASE, '--yes', '--email', 'jane'], "error: --email must be an email address, got: 'jane'"],
    ['an invalid number', [...ERASE, '--yes', '--phone', '12'], "error: --phone must be a phone number, got: '12'"],
    ['an invalid day', [...ERASE, '--since', 'yesterday'], 'It must be a date, such as 2026-01-31.'],
    ['a day that does not exist', [...ERASE, '--since', '2026-13-01'], 'It must be a date, such as 2026-01-31.'],
    ['an invalid time', [...ERASE, '--wait', 'long'], 'It must be a number of minutes, 0 or more.'],
    ['an empty time', [...ERASE, '--wait', ' '], 'It must be a number of minutes, 0 or more.'],
    ['an unknown option', [...ERASE, '--forever'], "error: unknown option '--forever'"],
    ['an unknown command', ['delete'], "error: unknown command 'delete'"],
  ])('are rejected with %s', async (_, args, message) => {
    const { code, noted } = await run(args);

    expect({ code, noted: noted.includes(message) ? message : noted }).toEqual({ code: 2, noted: message });
  });

  test.each([[['--help'], 'Usage: cdk-webhooks'], [['erase', '--help'], 'Examples:'], [['--version'], '1.2.3']])('%j print the text and succeed', async (args, text) => {
    const { code, printed } = await run(args);

    expect({ code, includes: printed.includes(text) }).toEqual({ code: 0, includes: true });
  });

  test('can name the key for guests, and a system without one has no guests', async () => {
    await world.receive(charge('guest', undefined, { marker: 'jane' }));
    const guest = ['erase', '--email', 'jane@jane.example', '--dry-run', ...named().slice(2)];

    expect((await run([...guest, '--guest-key', 'arn:guests'])).printed).toContain('1 item of 1 transaction');
    stackWith(...outputsOf('Payments').filter(({ OutputKey = '' }: { OutputKey?: string }) => !OutputKey.includes('GuestKey')));
    expect((await run([...guest, '--stack', 'Payments'])).printed).toContain('0 items of 0 transactions');
  });

  test('choose one of several systems in a stack', async () => {
    stackWith(...outputsOf('One'), ...outputsOf('Two'));

    expect((await run([...ERASE, '--yes'])).noted).toBe("error: the stack 'Payments' has the systems One, Two. Choose one with --system.");
    expect((await run([...ERASE, '--dry-run', '--system', 'Three'])).code).toBe(2);
    expect((await run([...ERASE, '--dry-run', '--system', 'Two'])).code).toBe(0);
  });

  test.each([[{}], [{ Stacks: [{}] }]])('are rejected for a stack without a system', async (answer) => {
    cloudformation.on(DescribeStacksCommand).resolves(answer as never);

    expect((await run([...ERASE, '--yes'])).noted).toContain("the stack 'Payments' has no outputs of a webhook processing system");
  });
});

describe('a failure', () => {
  test.each<[unknown, string]>([
    [new Error('it failed'), 'error: it failed'],
    [Object.assign(new Error('it is wrong'), { name: 'ValidationError' }), 'error: ValidationError: it is wrong'],
    [Object.assign(new Error('no rights'), { name: 'AccessDenied' }), 'error: AWS denied a call (AccessDenied). The documentation of the command lists the actions that it needs.'],
  ])('of a call is reported, and the command exits with 1', async (error, noted) => {
    cloudformation.on(DescribeStacksCommand).callsFake(() => {
      throw error;
    });

    expect(await run([...ERASE, '--yes'])).toMatchObject({ code: 1, noted });
  });

  test('is quiet if nobody reads the output anymore', async () => {
    const interruption = new AbortController();
    cloudformation.on(DescribeStacksCommand).callsFake(() => {
      interruption.abort(new OutputClosed());
      throw new Error('aborted');
    });

    expect(await run([...ERASE, '--yes'], new FakeTerminal(), interruption.signal)).toMatchObject({ code: 130, noted: '' });
  });

  test('at a question is an interruption', async () => {
    await fill();
    const terminal = new FakeTerminal(true);
    jest.spyOn(terminal, 'ask').mockRejectedValue(new Interruption());

    expect(await run(ERASE, terminal)).toMatchObject({ code: 130, noted: expect.stringContaining('Interrupted.') });
  });

  test('by Ctrl-C is an interruption', async () => {
    const interruption = new AbortController();
    cloudformation.on(DescribeStacksCommand).callsFake(() => {
      interruption.abort();
      throw new Error('aborted');
    });

    expect(await run([...ERASE, '--yes'], new FakeTerminal(), interruption.signal)).toMatchObject({
      code: 130, noted: 'Interrupted. Run the same command again to continue.',
    });
  });
});

test('an item that something else changes is read again, and one that was deleted or erased stays so', async () => {
  const table = new TransactionsTable(world.clients.dynamodb, world.table, async () => undefined, new AbortController().signal);
  const item = storedTransaction({ transaction_id: { S: 'stripe:1' } });
  await world.put({ ...item, verdict: { S: 'block' } });

  expect(await table.erase(item, '2026-01-01T00:00:00.000Z')).toEqual({ transactionId: 'stripe:1', timestamp: item.timestamp.S, erasedAt: '2026-01-01T00:00:00.000Z' });
  expect((await byEvent('evt_1')).verdict).toEqual({ S: 'block' });
  expect(await table.erase(item, '2027-01-01T00:00:00.000Z')).toBeUndefined();
  await world.remove(item);
  expect(await table.erase(item, '2027-01-01T00:00:00.000Z')).toBeUndefined();
  expect(await world.items()).toEqual([]);
});
