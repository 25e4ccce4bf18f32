import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { FakeTerminal } from './support/fake-terminal';
import { FaultyClients } from './support/faulty-clients';
import { CALLER, OperatedSystem } from './support/operator-system';
import { storedTransaction } from '../handlers/support/items';

const system = new OperatedSystem();
const NOW = '2025-03-05T00:00:00.000Z';
const ID = 'stripe:pi_1';
const event = (name: string, overrides: Parameters<typeof storedTransaction>[0] = {}) => storedTransaction({ timestamp: { S: `2025-03-04T05:06:00.000Z#${name}` }, ...overrides });
const labelOf = (label: string, author = CALLER, at = NOW) => ({ label: { S: label }, labeled_by: { S: author }, labeled_at: { S: at } });

const CAPTURED = event('evt_1');
const DECLINED = event('evt_2', { kind: { S: 'failed' }, money_movement: { BOOL: false }, customer_key: { S: 'declined#stripe:cus_1' } });
const AUTHORIZED = event('evt_3', { kind: { S: 'authorized' }, money_movement: { BOOL: false }, customer_key: undefined, occurred_at: undefined });
const OTHER = storedTransaction({ transaction_id: { S: 'stripe:pi_2' } });

const label = async (...args: string[]) => system.run(['label', ID, ...args, '--yes']);

beforeAll(async () => system.start());
afterAll(async () => system.stop());
beforeEach(async () => {
  await system.reset();
  await system.put(CAPTURED, DECLINED, AUTHORIZED, OTHER);
});

describe('label', () => {
  test.each(['fraud', 'honest'])('labels the money movements and the declined payments of a transaction as %s, and no other item', async (word) => {
    expect(await label(word)).toMatchObject({ exitCode: 0, printed: `stripe:pi_1 (2 events) is labeled as ${word}.`, noted: '' });

    expect(await system.find(CAPTURED)).toEqual({ ...CAPTURED, ...labelOf(word) });
    expect(await system.find(DECLINED)).toEqual({ ...DECLINED, ...labelOf(word) });
    expect(await system.find(AUTHORIZED)).toEqual(AUTHORIZED);
    expect(await system.find(OTHER)).toEqual(OTHER);
  });

  test('labels a money movement that is in no history, because its provider signs no customer, card or address', async () => {
    const unknown = storedTransaction({ transaction_id: { S: 'stripe:pi_3' }, occurred_at: undefined, customer_key: undefined, customer_id: undefined });
    await system.put(unknown);

    await system.run(['label', 'stripe:pi_3', 'fraud', '--yes']);

    expect(await system.find(unknown)).toEqual({ ...unknown, ...labelOf('fraud') });
  });

  test('has the same result twice', async () => {
    await label('fraud');
    system.now += 1_000;

    expect((await label('fraud')).printed).toBe('stripe:pi_1 (2 events) is labeled as fraud. Nothing was changed.');
    expect(await system.find(CAPTURED)).toEqual({ ...CAPTURED, ...labelOf('fraud') });
  });

  test.each([['another person', 'john', 'fraud'], ['a dispute', 'dispute', 'fraud'], ['the same person', CALLER, 'honest']])('replaces the label of %s', async (_, author, word) => {
    await system.put({ ...CAPTURED, ...labelOf(word, author, '2025-03-04T06:00:00.000Z') });

    await label('fraud');

    expect(await system.find(CAPTURED)).toEqual({ ...CAPTURED, ...labelOf('fraud') });
  });

  test('has the author of the option', async () => {
    const { printed } = await label('fraud', '--author', 'John Doe', '--json');

    expect(JSON.parse(printed)).toEqual({ transaction_id: ID, label: 'fraud', labeled_by: 'John Doe', events: 2, changed: 2 });
    expect(await system.find(CAPTURED)).toEqual({ ...CAPTURED, ...labelOf('fraud', 'John Doe') });
  });

  test('removes a label of any author', async () => {
    await system.put({ ...CAPTURED, ...labelOf('fraud', 'dispute') });

    expect((await label('--remove')).printed).toBe('stripe:pi_1 (2 events) no longer has a label.');
    expect(await system.find(CAPTURED)).toEqual(CAPTURED);
    expect((await label('--remove')).printed).toBe('stripe:pi_1 (2 events) no longer has a label. Nothing was changed.');
    expect(JSON.parse((await label('--remove', '--json')).printed)).toEqual({ transaction_id: ID, events: 2, changed: 0 });
  });

  test.each<[string, string, Parameters<typeof storedTransaction>[0] | undefined, string]>([
    ['an unknown transaction', 'stripe:pi_9', undefined, 'the table has no transaction stripe:pi_9.'],
    ['one whose events are no payment', 'stripe:pi_8', { money_movement: { BOOL: false }, occurred_at: undefined }, 'stripe:pi_8 has no money movement and no declined payment. Only these can be labeled.'],
    ['an erased one', 'stripe:pi_8', { erased_at: { S: NOW } }, 'the customer of stripe:pi_8 is erased. An erased transaction cannot be labeled.'],
    ['an item that is not a transaction', 'blocklist:country:KP', { record_type: { S: 'blocklist-entry' } }, 'blocklist:country:KP has no money movement'],
  ])('does not label %s', async (_, id, attributes, message) => {
    const item = attributes && storedTransaction({ transaction_id: { S: id }, ...attributes });
    await system.put(...item ? [item] : []);

    expect(await system.run(['label', id, 'fraud', '--yes'])).toMatchObject({ exitCode: 4, printed: '', noted: expect.stringContaining(message) });
    expect(item && await system.find(item)).toEqual(item);
  });

  test.each<[string, string[], string]>([
    ['no label', [ID], 'pass a label (fraud or honest), or --remove without a label'],
    ['a label to remove', [ID, 'fraud', '--remove'], 'pass a label (fraud or honest), or --remove without a label'],
    ['another label', [ID, 'bad'], "the label must be fraud or honest, got: 'bad'"],
    ['an id without a provider', ['pi_1', 'fraud'], "write the provider's name before the id, such as stripe:pi_123, got: 'pi_1'"],
    ['the author of disputes', [ID, 'fraud', '--author', 'dispute'], "--author must not be 'dispute'"],
  ])('rejects %s', async (_, args, message) => {
    expect(await system.run(['label', ...args, '--yes'])).toMatchObject({ exitCode: 2, noted: expect.stringContaining(message) });
    expect(await system.find(CAPTURED)).toEqual(CAPTURED);
  });

  test.each<[string, string[], FakeTerminal, number]>([
    ['in a dry run', ['--dry-run'], new FakeTerminal(), 0], ['if the answer is no', [], new FakeTerminal(true, ''), 2], ['if nobody can answer', [], new FakeTerminal(), 2],
  ])('changes nothing %s', async (_, args, terminal, exitCode) => {
    expect((await system.run(['label', ID, 'fraud', ...args], { terminal })).exitCode).toBe(exitCode);
    expect(await system.find(CAPTURED)).toEqual(CAPTURED);
  });

  test('shows in a dry run what it would change', async () => {
    expect((await system.run(['label', ID, 'fraud', '--dry-run'])).noted).toContain('Label stripe:pi_1 (2 events) as fraud?\nDry run: nothing was changed.');
  });

  test('asks with the number of events', async () => {
    const { questions } = await system.run(['label', ID, 'fraud'], { terminal: new FakeTerminal(true, 'y') });
    const removal = await system.run(['label', ID, '--remove'], { terminal: new FakeTerminal(true, 'n') });

    expect([...questions, ...removal.questions]).toEqual(['Label stripe:pi_1 (2 events) as fraud? [y/N] ', 'Remove the label of stripe:pi_1 (2 events)? [y/N] ']);
  });

  test('does not bring back an event that is deleted in between', async () => {
    const dynamodb = new Proxy(system.clients.dynamodb, {
      get: (target, name) => name !== 'send' ? Reflect.get(target, name) as unknown : async (command: UpdateItemCommand) => {
        if (command instanceof UpdateItemCommand) {
          await system.remove(CAPTURED);
        }
        return target.send(command);
      },
    });
    const clients = { ...system.clients, dynamodb };

    expect((await system.run(['label', ID, 'fraud', '--yes', '--json'], { clients })).exitCode).toBe(0);
    expect(await system.find(CAPTURED)).toBeUndefined();
    expect(await system.find(DECLINED)).toEqual({ ...DECLINED, ...labelOf('fraud') });
  });

  test('has the same result after a failure at any call', async () => {
    const counting = new FaultyClients(system.clients);
    await system.run(['label', ID, 'fraud', '--yes'], { clients: counting.all });

    for (const when of ['before', 'after'] as const) {
      for (let call = 0; call < counting.calls.length; call++) {
        await system.reset();
        await system.put(CAPTURED, DECLINED);
        await system.run(['label', ID, 'fraud', '--yes'], { clients: new FaultyClients(system.clients, { call, when }).all });
        await label('fraud');
        expect(await system.find(CAPTURED)).toEqual({ ...CAPTURED, ...labelOf('fraud') });
        expect(await system.find(DECLINED)).toEqual({ ...DECLINED, ...labelOf('fraud') });
      }
    }
  });

  test('stops between two events if it is interrupted', async () => {
    const interruption = new AbortController();
    system.sts.onAnyCommand().callsFake(() => {
      interruption.abort();
      return { Arn: 'arn:aws:iam::123456789012:user/jane' };
    });

    expect((await system.run(['label', ID, 'fraud', '--yes'], { signal: interruption.signal })).exitCode).toBe(130);
    expect(await system.find(CAPTURED)).toEqual(CAPTURED);
  });
});
