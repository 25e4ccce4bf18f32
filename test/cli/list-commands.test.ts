import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { eventOf } from './support/dead-letter-samples';
import { FakeTerminal } from './support/fake-terminal';
import { FaultyClients } from './support/faulty-clients';
import { CALLER, GUEST_KEY, OperatedSystem } from './support/operator-system';
import { storedListsOf } from '../../handlers/assess/stored-lists';
import type { StoredItem } from '../../handlers/aws/stored-item';
import { contactHash } from '../../handlers/domain/identifier';
import type { FraudConfig, TransactionDetail } from '../../src/private/contract';

const system = new OperatedSystem();
const json = (text: string) => JSON.parse(text) as any;
const START = '2025-03-05T00:00:00.000Z';
const DAY = 86_400;
const seconds = (time: string) => Date.parse(time) / 1_000;

/** An entry that somebody wrote by hand. */
const entry = (key: string, reason?: string, timestamp = '-') => ({
  transaction_id: { S: key },
  timestamp: { S: timestamp },
  record_type: { S: `${key.split(':')[0]}-entry` },
  ...reason !== undefined && { reason: { S: reason } },
});
/** The same by the tool. */
const added = (key: string, reason?: string, expires?: number) => ({
  ...entry(key, reason), author: { S: CALLER }, created_at: { S: START }, ...expires !== undefined && { expires_at: { N: String(expires) } },
});
const hits = async (overrides: Partial<TransactionDetail>) => {
  const items = (await system.items()).map((item) => [item.transaction_id.S!, item as StoredItem] as const);
  return storedListsOf({ ...eventOf(1), ...overrides }, new Map(items)).blocked;
};

beforeAll(async () => system.start());
afterAll(async () => system.stop());
beforeEach(async () => system.reset());

describe('block', () => {
  test.each<[string, string, string, Partial<TransactionDetail>]>([
    ['customer', 'stripe:cus_9', 'blocklist:customer:stripe:cus_9', { customer_id: 'cus_9' }],
    ['customer', `stripe:contact:${'a'.repeat(32)}`, `blocklist:customer:stripe:contact:${'a'.repeat(32)}`, { customer_id: `contact:${'a'.repeat(32)}` }],
    ['country', 'kp', 'blocklist:country:KP', { country: 'KP' }],
    ['card', '411111', 'blocklist:card:411111', { card_bin: '41111122' }],
    ['card', '41111122', 'blocklist:card:41111122', { card_bin: '41111122' }],
    ['email-domain', 'Bücher.example.', 'blocklist:email-domain:xn--bcher-kva.example', { email_domain: 'xn--bcher-kva.example' }],
  ])('adds the %s %s as the fraud detector reads it, and unblock removes it', async (kind, value, key, detail) => {
    const { exitCode, printed, noted } = await system.run(['block', kind, value, '--reason', 'ticket 4711', '--yes']);

    expect({ exitCode, printed, noted }).toEqual({ exitCode: 0, printed: `${key} is blocked, from the next assessment on.`, noted: '' });
    expect(await system.items()).toEqual([added(key, 'ticket 4711')]);
    expect(await hits(detail)).toEqual([expect.objectContaining({ kind, reason: 'ticket 4711' })]);
    expect((await system.run(['unblock', kind, value, '--yes'])).printed).toBe(`${key} is no longer blocked.`);
    expect(await hits(detail)).toEqual([]);
  });

  test('hashes a customer whose key would be too long, like the validator', async () => {
    const id = 'x'.repeat(3_000);
    await system.run(['block', 'customer', `stripe:${id}`, '--yes']);

    expect(await hits({ customer_id: id })).toHaveLength(1);
  });

  test('can be repeated, and changes the reason only if a new one is given', async () => {
    const block = async (...args: string[]) => json((await system.run(['block', 'country', 'KP', '--yes', '--json', ...args])).printed);

    expect(await block('--reason', 'one')).toEqual({ key: 'blocklist:country:KP', outcome: 'added' });
    expect((await block()).outcome).toBe('unchanged');
    expect((await block('--reason', 'one')).outcome).toBe('unchanged');
    expect((await block('--reason', 'two')).outcome).toBe('changed');
    expect(await system.items()).toEqual([added('blocklist:country:KP', 'two')]);
  });

  test('completes an entry that was written by hand', async () => {
    await system.put({ transaction_id: { S: 'blocklist:country:KP' }, timestamp: { S: '-' }, reason: { S: 'by hand' } }, { transaction_id: { S: 'blocklist:country:IR' }, timestamp: { S: '-' } });

    await system.run(['block', 'country', 'KP', '--yes']);
    await system.run(['block', 'country', 'IR', '--yes']);

    expect(await system.items()).toEqual(expect.arrayContaining([added('blocklist:country:KP', 'by hand'), added('blocklist:country:IR')]));
  });

  test.each<[string, string, string]>([
    ['phone', '123', 'the kind must be one of customer, country, card, card-fingerprint, email, email-domain'],
    ['customer', 'cus_9', "write the provider's name before the id, such as stripe:cus_123"],
    ['customer', ':cus_9', "write the provider's name before the id"],
    ['customer', 'stripe:', "write the provider's name before the id"],
    ['customer', `contact:${'a'.repeat(32)}`, "write the provider's name before the id"],
    ['customer', 'declined#stripe:cus_9', 'leave out declined#'],
    ['customer', 'paypal:cus_9', "the system has no provider 'paypal'. Its providers are stripe"],
    ['customer', 'stripe:contact:abc', 'the id of a guest is contact: and 32 digits from 0 to f'],
    ['country', 'PRK', 'a country is two letters'],
    ['country', ' KP', 'it must not be empty, and must not begin or end with a space'],
    ['country', '', 'it must not be empty'],
    ['card', '41111', 'it must be the first 6 to 8 digits'],
    ['card', '4111 1111', 'it must be the first 6 to 8 digits'],
    ['card-fingerprint', 'fp_1234', "write the provider's name before the fingerprint, such as stripe:card_1234"],
    ['card-fingerprint', 'paypal:x', "the system has no provider 'paypal'. Its providers are stripe"],
    ['email', 'example.com', 'it must be the `email_hash` of a transaction'],
    ['email', 'jane @@example', 'it is not an address, such as jane@example.com'],
    ['email-domain', 'jane@example.com', 'write the domain only'],
    ['email-domain', 'example', 'it is not a domain'],
  ])('rejects the %s %j, which can never match', async (kind, value, reason) => {
    const { exitCode, noted } = await system.run(['block', '--yes', '--', kind, value].slice(0, 2).concat([kind, value]));

    expect({ exitCode, noted }).toEqual({ exitCode: 2, noted: expect.stringContaining(reason) });
    expect(await system.items()).toEqual([]);
  });

  test('does not show a card number that was given by mistake', async () => {
    expect((await system.run(['block', 'card', '4242424242424242', '--yes'])).noted).not.toContain('4242424242424242');
  });

  test.each([['x'.repeat(101), 'at most 100 characters, got 101'], ['card 4242424242424242', 'must not contain a card number']])('rejects the reason %s', async (reason, message) => {
    expect(await system.run(['block', 'country', 'KP', '--reason', reason, '--yes'])).toMatchObject({ exitCode: 2, noted: expect.stringContaining(message) });
  });

  test.each<[string, FraudConfig, string]>([
    ['without a rule', { tiers: { medium: 1_000, high: 10_000 }, review: 40, block: 80, rules: [] }, 'the system has no rule `blocked`, so the blocklist is never read and the entry has no effect.'],
    ['with the score of a review', { tiers: { medium: 1_000, high: 10_000 }, review: 40, block: 80, rules: [{ rule: 'blocked', score: 50 }] }, 'an entry alone gives a review.'],
    ['with a low score', { tiers: { medium: 1_000, high: 10_000 }, review: 40, block: 80, rules: [{ rule: 'blocked', score: 10 }] }, 'an entry alone is approved, unless other rules apply.'],
  ])('warns %s', async (_, rules, warning) => {
    for (const inParameter of [false, true]) {
      system.rules(rules, inParameter);
      expect(await system.run(['block', 'country', 'KP', '--yes'])).toMatchObject({ exitCode: 0, noted: expect.stringContaining(warning) });
    }
  });

  test('works without the right to read the rules, and warns', async () => {
    system.lambda.reset();
    system.lambda.onAnyCommand().rejects(Object.assign(new Error('no'), { name: 'AccessDeniedException' }));

    expect(await system.run(['block', 'country', 'KP', '--yes'])).toMatchObject({ exitCode: 0, noted: expect.stringContaining('cannot read the rules (AccessDeniedException)') });
    expect(await system.items()).toHaveLength(1);
  });

  test('stops if it is interrupted before the write', async () => {
    const interruption = new AbortController();
    system.lambda.onAnyCommand().callsFake(() => {
      interruption.abort();
      throw new Error('aborted');
    });

    expect(await system.run(['block', 'country', 'KP', '--yes'], { signal: interruption.signal })).toMatchObject({ exitCode: 130 });
    expect(await system.items()).toEqual([]);
  });

  test.each<[string, string[], FakeTerminal, number]>([
    ['in a dry run', ['--dry-run'], new FakeTerminal(), 0], ['if the answer is no', [], new FakeTerminal(true, ''), 2], ['if nobody can answer', [], new FakeTerminal(), 2],
  ])('and unblock change nothing %s', async (_, args, terminal, exitCode) => {
    await system.put(entry('blocklist:country:IR'));

    expect((await system.run(['block', 'country', 'KP', ...args], { terminal })).exitCode).toBe(exitCode);
    expect((await system.run(['unblock', 'country', 'IR', ...args], { terminal })).exitCode).toBe(exitCode);
    expect(await system.items()).toEqual([entry('blocklist:country:IR')]);
  });

  test('has the same result after a failure at any call', async () => {
    const block = ['block', 'country', 'KP', '--reason', 'x', '--yes'];
    const counting = new FaultyClients(system.clients);
    await system.run(block, { clients: counting.all });

    for (const when of ['before', 'after'] as const) {
      for (let call = 0; call < counting.calls.length; call++) {
        await system.reset();
        await system.run(block, { clients: new FaultyClients(system.clients, { call, when }).all });
        await system.run(block);
        expect(await system.items()).toEqual([added('blocklist:country:KP', 'x')]);
      }
    }
  });
});

describe('an entry', () => {
  const add = async (...args: string[]) => system.run(['block', 'country', 'KP', '--yes', ...args]);
  const outcome = async (...args: string[]) => json((await add('--json', ...args)).printed);

  test('ends after the given time', async () => {
    expect((await add('--expires', '30d')).printed).toBe('blocklist:country:KP is blocked until 2025-04-04T00:00:00.000Z, from the next assessment on.');
    expect(await system.items()).toEqual([added('blocklist:country:KP', undefined, seconds(START) + 30 * DAY)]);
  });

  test('ends at a whole second, and not before the given time', async () => {
    system.now += 1;
    await add('--expires', '1s');

    expect((await system.items())[0].expires_at).toEqual({ N: String(seconds(START) + 2) });
  });

  test('keeps its expiry, reason and creation time without options, and gets the author of the change', async () => {
    await add('--expires', '30d', '--reason', 'one');
    system.now += DAY * 1_000;

    expect(await outcome()).toEqual({ key: 'blocklist:country:KP', outcome: 'unchanged', expires: '2025-04-04T00:00:00.000Z' });
    expect((await add()).printed).toBe('blocklist:country:KP was already blocked until 2025-04-04T00:00:00.000Z. Nothing was changed.');
    expect((await outcome('--reason', 'two', '--author', 'john')).outcome).toBe('changed');
    expect(await system.items()).toEqual([{ ...added('blocklist:country:KP', 'two', seconds(START) + 30 * DAY), author: { S: 'john' } }]);
  });

  test('can be made permanent', async () => {
    await add('--expires', '30d');

    expect((await add('--expires', 'never')).printed).toBe('blocklist:country:KP was blocked, and its reason or end was changed. It is blocked.');
    expect(await system.items()).toEqual([added('blocklist:country:KP')]);
  });

  test('is a new one if it has expired and DynamoDB has not deleted it yet', async () => {
    await system.put({ ...entry('blocklist:country:KP', 'old'), author: { S: 'john' }, created_at: { S: '2025-01-01T00:00:00.000Z' }, expires_at: { N: String(seconds(START)) } });

    expect((await outcome()).outcome).toBe('added');
    expect(await system.items()).toEqual([added('blocklist:country:KP')]);
  });

  test('of a dispute gets the author who changes it', async () => {
    await system.put({ ...entry('blocklist:country:KP'), author: { S: 'dispute' }, created_at: { S: START }, expires_at: { N: String(seconds(START) + 1) } });
    await add('--expires', '30d');

    expect(await system.items()).toEqual([added('blocklist:country:KP', undefined, seconds(START) + 30 * DAY)]);
  });

  test.each(['0d', '-1d', 'soon', '3651d'])('cannot end after %s', async (span) => {
    expect(await add(`--expires=${span}`)).toMatchObject({ exitCode: 2, noted: expect.stringContaining('It must be `never`, or a time from 1s to 3650d') });
  });

  test.each([
    ['', 'from 1 to 100 characters, got 0'], ['x'.repeat(101), 'from 1 to 100 characters, got 101'], ['dispute', "--author must not be 'dispute'"],
  ])('cannot have the author %j', async (author, message) => {
    expect(await add('--author', author)).toMatchObject({ exitCode: 2, noted: expect.stringContaining(message) });
    expect(await system.items()).toEqual([]);
  });

  test('needs the option if the name of the caller cannot be read', async () => {
    system.sts.reset();
    system.sts.onAnyCommand().rejects(Object.assign(new Error('no'), { name: 'ExpiredToken' }));

    expect(await add()).toMatchObject({ exitCode: 2, noted: 'error: cannot read your name from AWS STS (ExpiredToken). Pass it with --author.' });
    expect(await add('--author', 'john')).toMatchObject({ exitCode: 0 });
    expect((await system.items())[0].author).toEqual({ S: 'john' });
  });

  test('is not added if the tool is interrupted while it reads the name of the caller', async () => {
    const interruption = new AbortController();
    system.sts.onAnyCommand().callsFake(() => {
      interruption.abort();
      throw new Error('aborted');
    });

    expect(await system.run(['block', 'country', 'KP', '--yes'], { signal: interruption.signal })).toMatchObject({ exitCode: 130 });
    expect(await system.items()).toEqual([]);
  });
});

describe('an email address', () => {
  const HASH = contactHash(GUEST_KEY, 'jane@example.com');

  test('is hashed, and neither stored nor shown', async () => {
    const terminal = new FakeTerminal(true, 'y');
    const { exitCode, printed, noted, questions } = await system.run(['block', 'email', ' Jane@Example.COM'], { terminal });

    expect(exitCode).toBe(0);
    expect(questions).toEqual([`Add blocklist:email:${HASH}? [y/N] `]);
    expect(await system.items()).toEqual([added(`blocklist:email:${HASH}`)]);
    expect([printed, noted, ...questions, JSON.stringify(await system.items())].join('\n').toLowerCase()).not.toContain('jane@');
    expect((await system.run(['unblock', 'email', 'jane@example.com', '--yes'])).printed).toBe(`blocklist:email:${HASH} is no longer blocked.`);
  });

  test.each([HASH, 'AAAA+BBBB/CCCC+DDDD='])('can be given as the hash %s of a transaction', async (hash) => {
    await system.run(['allow', 'email', hash, '--yes']);

    expect(await system.items()).toEqual([added(`allowlist:email:${hash}`)]);
  });

  test('is not shown if it is invalid', async () => {
    const { noted } = await system.run(['block', 'email', 'john doe@x', '--yes']);

    expect(noted).toContain('it is not an address');
    expect(noted).not.toContain('john');
  });

  test('needs a system with a key', async () => {
    system.outputs('GuestKeyArn');

    expect(await system.run(['block', 'email', 'jane@example.com', '--yes'])).toMatchObject({
      exitCode: 2, noted: expect.stringContaining("the stack 'Payments' has no key for addresses, because it does not identify guests."),
    });
  });
});

describe('allow', () => {
  test('adds an entry to the allowlist only, and unallow removes it', async () => {
    await system.put(entry('blocklist:country:KP'));

    expect(await system.run(['allow', 'country', 'kp', '--reason', 'our own', '--expires', '1d', '--yes'])).toMatchObject({
      exitCode: 0, printed: 'allowlist:country:KP is allowed until 2025-03-06T00:00:00.000Z, from the next assessment on.',
    });
    expect(await system.find(entry('allowlist:country:KP'))).toEqual(added('allowlist:country:KP', 'our own', seconds(START) + DAY));
    expect((await system.run(['unallow', 'country', 'KP', '--yes'])).printed).toBe('allowlist:country:KP is no longer allowed.');
    expect(await system.items()).toEqual([entry('blocklist:country:KP')]);
    expect((await system.run(['unallow', 'country', 'KP', '--yes'])).printed).toBe('allowlist:country:KP was not allowed. Nothing was changed.');
  });

  test('warns if no rule reads the allowlist', async () => {
    system.rules({ tiers: { medium: 1_000, high: 10_000 }, review: 40, block: 80, rules: [{ rule: 'blocked', score: 100 }] });

    expect((await system.run(['allow', 'customer', 'stripe:cus_1', '--yes'])).noted)
      .toBe('warning: the system has no rule `allowed`, so the allowlist is never read and the entry has no effect. Add FraudRule.allowed() to `fraudRules`.');
  });

  test('warns that it cannot read the rules', async () => {
    system.lambda.reset();
    system.lambda.onAnyCommand().rejects(new Error('no'));

    expect((await system.run(['allow', 'country', 'KP', '--yes'])).noted).toContain('Without the rule `allowed`, the entry has no effect.');
  });

  test.each([
    ['email', '0123456789abcdef0123456789abcdef', 'everybody who enters it at the checkout is allowed'],
    ['email-domain', 'example.com', 'everybody who enters one of the domain at the checkout is allowed'],
    ['customer', 'stripe:contact:0123456789abcdef0123456789abcdef', 'nobody verifies the contact of a guest'],
    ['country', 'KP', 'for everybody who pays from the country'],
    ['card', '411111', 'also a stolen one'],
  ])('warns that a fraudster can use an entry of the kind %s', async (kind, value, warning) => {
    const { noted, printed } = await system.run(['allow', kind, value, '--yes', '--json']);

    expect(noted).toMatch(/^warning: .* Prefer a customer of the provider or a card-fingerprint, and set --expires\.$/);
    expect(noted).toContain(warning);
    expect(`warning: ${String(json(printed).warning)}`).toBe(noted);
  });

  test.each([['customer', 'stripe:cus_1'], ['card-fingerprint', 'stripe:fp_1']])('does not warn about an entry of the kind %s', async (kind, value) => {
    expect((await system.run(['allow', kind, value, '--yes'])).noted).toBe('');
  });

  test('is listed as without effect if its end is not a number, and a block is not', async () => {
    const broken = { expires_at: { S: '2999-01-01' } };
    await system.put({ ...entry('allowlist:country:KP'), ...broken }, { ...entry('blocklist:country:KP'), ...broken });

    expect((await system.run(['allowlist'])).printed).toContain('never matches: its expires_at is not a number of seconds');
    expect((await system.run(['blocklist'])).printed).not.toContain('never matches');
  });

  test('is listed by allowlist, apart from the blocklist', async () => {
    await system.put(entry('blocklist:country:IR'), entry('allowlist:country:KP', 'x'));

    expect(json((await system.run(['allowlist', '--json'])).printed).entries).toEqual([{ kind: 'country', value: 'KP', reason: 'x' }]);
  });
});

describe('unblock', () => {
  test('removes an entry that was written by hand in another spelling', async () => {
    await system.put(entry('blocklist:country:kp'), entry('blocklist:country:KP'), entry('blocklist:customer:cus_1'));

    expect(json((await system.run(['unblock', 'country', 'kp', '--yes', '--json'])).printed)).toEqual({ removed: ['blocklist:country:KP', 'blocklist:country:kp'] });
    expect((await system.run(['unblock', 'customer', 'cus_1', '--yes'])).printed).toBe('blocklist:customer:cus_1 is no longer blocked.');
    expect(await system.items()).toEqual([]);
  });

  test('reports that there is no such entry', async () => {
    expect(await system.run(['unblock', 'country', 'KP', '--yes'])).toMatchObject({ exitCode: 0, printed: 'blocklist:country:KP was not blocked. Nothing was changed.' });
  });
});

describe('blocklist', () => {
  const sized = (ItemCount: number, TableSizeBytes: number) => ({
    ...system.clients,
    dynamodb: new Proxy(system.clients.dynamodb, {
      get: (target: DynamoDBClient, name) => name !== 'send' ? Reflect.get(target, name) as unknown
        : async (command: any, options: any) => (
          command instanceof DescribeTableCommand ? { Table: { ItemCount, TableSizeBytes } } : target.send(command, options)
        ),
    }),
  });

  test('lists the entries, and those that never match', async () => {
    await system.put(
      entry('blocklist:country:KP', 'sanctions\u001b[2J'), entry('blocklist:customer:stripe:cus_1'), entry('blocklist:country:kp'), entry('blocklist:card:4111', 'x'),
      entry('blocklist:phone:1'), entry('blocklist:card:411111', 'x', 'now'), entry('blocklist:nothing'),
      { transaction_id: { S: 'stripe:pi_1' }, timestamp: { S: '-#1' } },
      added('blocklist:country:FR', 'a wave', seconds(START) + 1), added('blocklist:country:ES', 'over', seconds(START)),
    );

    const { exitCode, printed, noted } = await system.run(['blocklist']);

    expect(exitCode).toBe(0);
    expect(printed).toMatchSnapshot();
    expect(noted).toContain('This reads the whole table: ');
    expect(json((await system.run(['blocklist', '--json'])).printed)).toMatchObject({
      scanned: 10,
      entries: expect.arrayContaining([
        { kind: 'customer', value: 'stripe:cus_1' },
        { kind: 'country', value: 'FR', reason: 'a wave', author: CALLER, since: START, expires: '2025-03-05T00:00:01.000Z' },
        { kind: 'country', value: 'ES', reason: 'over', author: CALLER, since: START, expires: START, expired: true },
      ]),
    });
  });

  test('reports an empty list', async () => {
    expect((await system.run(['blocklist'])).printed).toMatch(/^0 entries\. Read 0 items/);
  });

  test('shows the cost, and asks before it reads a large table', async () => {
    const clients = sized(40_000_000, 60 * 1024 ** 3);
    const cost = 'This reads the whole table: 40,000,000 items and 61,440 MB as of the last six hours, about 7,864,320 read units or 0.98 USD on demand in us-east-1.';

    expect(await system.run(['blocklist'], { clients })).toMatchObject({ exitCode: 2, noted: expect.stringContaining(`${cost}\nerror: add --yes`) });
    expect(await system.run(['blocklist'], { clients, terminal: new FakeTerminal(true, 'n') })).toMatchObject({ exitCode: 2, questions: ['Read the whole table? [y/N] '] });
    expect(await system.run(['blocklist', '--yes'], { clients })).toMatchObject({ exitCode: 0 });
    expect(await system.run(['blocklist'], { clients: sized(9_999, 0) })).toMatchObject({ exitCode: 0 });
  });
});
