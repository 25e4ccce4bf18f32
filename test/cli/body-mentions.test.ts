import { bodyMentions } from '../../cli/erase/body-mentions';
import type { ErasedCustomer } from '../../cli/erase/erased-customer';

const customer = (ids: string[], contacts: string[] = []): ErasedCustomer => ({
  provider: 'stripe', storedIds: new Set(ids), ownIds: new Set(ids), contacts: new Set(contacts),
});
const mentions = (body: object | string, ids: string[], contacts: string[] = []) => (
  bodyMentions(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), customer(ids, contacts))
);

describe('a body mentions a customer', () => {
  test.each<[string, object | string, string[], string[], boolean]>([
    ['by a value that equals the id', { object: { id: 'cus_000001' } }, ['cus_000001'], [], true],
    ['not by a longer value', { object: { id: 'cus_0000012' } }, ['cus_000001'], [], false],
    ['by the id in a list', { customers: ['other', 'cus_000001'] }, ['cus_000001'], [], true],
    ['by a short id below the name of a person', { customer: { id: 42 } }, ['42'], [], true],
    ['by a short id in a list below the name of a person', { customers: [{ id: 42 }] }, ['42'], [], true],
    ['not by a short id elsewhere', { amount: { value: 42 } }, ['42'], [], false],
    ['not by digits elsewhere', { amount: 1000000 }, ['1000000'], [], false],
    ['by exact digits beyond 2^53', '{"customer_id":9007199254740993}', ['9007199254740993'], [], true],
    ['not by other digits beyond 2^53', '{"customer_id":9007199254740993}', ['9007199254740992'], [], false],
    ['by an address in any spelling', { data: { mail: 'JANE@Example.com' } }, [], ['jane@example.com'], true],
    ['not by another address', { data: { mail: 'john@example.com' } }, [], ['jane@example.com'], false],
    ['by a number with a country code', { to: '+49 170 1234567' }, [], ['+491701234567'], true],
    ['by a number below a name', { phone: '0170 1234567' }, [], ['01701234567'], true],
    ['not by digits below another name', { amount: '01701234567' }, [], ['01701234567'], false],
    ['not by a value that is neither text nor number', { customer: true, id: null }, ['true'], [], false],
    ['in a form', 'type=x&customer=cus_000001', ['cus_000001'], [], true],
    ['in a form with an encoded address', 'email=jane%40example.com&x=1', [], ['jane@example.com'], true],
    ['in XML in base64 in a form', `bt_payload=${encodeURIComponent(Buffer.from('<customer><id>cus_000001</id></customer>').toString('base64'))}`, ['cus_000001'], [], true],
    ['not in a form by a short id', 'customer=42', ['42'], [], false],
    ['not in a form by digits', 'customer=1000000', ['1000000'], [], false],
  ])('%s', (_, body, ids, contacts, expected) => {
    expect(mentions(body, ids, contacts)).toBe(expected);
  });

  test('not by any number of spaces in a form, which take no longer than other characters', () => {
    expect(mentions(`x=${'+'.repeat(1_000_000)}!&customer=cus_000001`, ['cus_000002'])).toBe(false);
  });

  test('among any number of values', () => {
    const values = `[${'0,'.repeat(200_000)}"cus_000001"]`;

    expect(mentions(values, ['cus_000001'])).toBe(true);
  });

  test('at any depth', () => {
    const depth = 5_000;

    expect(mentions(`${'{"a":'.repeat(depth)}"cus_000001"${'}'.repeat(depth)}`, ['cus_000001'])).toBe(true);
  });
});
