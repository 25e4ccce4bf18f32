import { createHmac } from 'node:crypto';
import { ContactHashes } from '../../../handlers/ingest/contact-hashes';
import { ingest, type IngestPorts } from '../../../handlers/ingest/ingest';
import type { TransactionItem } from '../../../handlers/ingest/transaction-item';
import { marshal } from '../../../handlers/ingest/transaction-table';
import { payloadBytes, PLANTED, type ProviderSamples, type SamplePayload } from '../../../handlers/providers/shared/samples/provider-samples';
import { parseRequest } from '../../../handlers/providers/shared/webhook-request';
import { toTransactionDetail } from '../../../handlers/publish/events/detail';
import { Metric } from '../../../src/private/contract';
import { ALL_SAMPLES } from '../support/all-samples';
import { DETAIL_CONFIG, TIERS } from '../support/items';
import { answerJsonCalls, type JsonCall } from '../support/json-calls';
import { Output } from '../support/output';
import { proxyEvent } from '../support/webhooks';

const KEY = 'the-key';
const output = new Output();
let calls: readonly JsonCall[];
const failWith = (error: Error) => answerJsonCalls('secretsmanager', () => { throw error; });

beforeEach(() => {
  output.capture();
  calls = answerJsonCalls('secretsmanager', () => ({ SecretString: KEY }));
});

const hashOf = (contact: string) => createHmac('sha256', KEY).update(contact).digest('hex').slice(0, 32);
const idOf = (contact: string) => `contact:${hashOf(contact)}`;

/** The items to store for a payload. */
async function itemsOf(samples: ProviderSamples, sample: SamplePayload, contactHashes?: ContactHashes): Promise<TransactionItem[]> {
  const { config, secret, certificates, sign } = samples;
  const items: TransactionItem[] = [];
  const ports: IngestPorts = {
    providers: [{ ...config, ...sample.config }],
    tiers: TIERS,
    sources: { allows: () => true },
    secrets: { read: async () => [secret], reread: async () => undefined },
    certificates: certificates ?? (async () => Promise.reject(new Error('no certificate is needed'))),
    contactHashes,
    store: async (item) => {
      items.push(item);
      return 'stored';
    },
  };
  const webhook = await sign(payloadBytes(sample.payload), { name: sample.name });
  await ingest(parseRequest(proxyEvent(webhook)), ports, new Date());
  return items;
}

const charge = (customer: object, type = 'charge.succeeded'): SamplePayload => ({
  payload: {
    id: 'evt_1', type, created: 1769860800, livemode: true, data: { object: { id: 'ch_1', amount: 1250000, currency: 'eur', captured: true, ...customer } },
  },
});

describe('a guest', () => {
  const cases = Object.entries(ALL_SAMPLES).flatMap(([name, samples]) => (
    samples.personalData.map((sample) => [name, sample.contact, samples, sample] as const)
  ));

  test.each(cases)('of %s with the contact %s has a keyed hash as customer, and no other trace in the item, the event and the log', async (_, contact, samples, sample) => {
    const [{ body, ...item }] = await itemsOf(samples, sample, new ContactHashes('arn:key'));

    const traces = [item, toTransactionDetail(marshal({ body, ...item }) as never, DETAIL_CONFIG), output.text()].map((each) => JSON.stringify(each, text)).join(' ');
    expect(traces).not.toMatch(/some\.one|tag@|555.?0123/i);
    expect(traces).not.toContain(KEY);
    if (contact !== undefined) {
      expect(item.customer_id).toBe(idOf(contact));
    }
    expect(item.email_hash).toBe(sample.email === undefined ? undefined : hashOf(sample.email));
  });

  test('has a history and declines', async () => {
    const guest = { billing_details: { email: PLANTED.email } };
    const id = idOf(PLANTED.emailContact);

    const [[paid], [declined]] = [
      await itemsOf(ALL_SAMPLES.stripe, charge(guest), new ContactHashes('arn:key')),
      await itemsOf(ALL_SAMPLES.stripe, charge(guest, 'charge.failed'), new ContactHashes('arn:key')),
    ];

    expect([paid.customer_key, declined.customer_key]).toEqual([`stripe:${id}`, `declined#stripe:${id}`]);
  });

  test('is one customer in every spelling of the address, and in receipts', async () => {
    const spellings = [
      { billing_details: { email: 'someone@b\u00fccher.example' } }, { billing_details: { email: ' SomeOne@XN--BCHER-KVA.example ' } },
      { billing_details: { email: null }, receipt_email: 'SOMEONE@Bu\u0308cher.Example.' },
    ];

    const items = await Promise.all(spellings.map(async (customer) => itemsOf(ALL_SAMPLES.stripe, charge(customer), new ContactHashes('arn:key'))));

    expect(new Set(items.map(([item]) => item.customer_id))).toEqual(new Set([idOf('someone@xn--bcher-kva.example')]));
  });

  test.each([
    ['has an id at the provider and no email address', { customer: 'cus_1', billing_details: { phone: PLANTED.phone } }, 'cus_1'],
    ['has no contact', {}, undefined],
    ['has an address with control characters', { billing_details: { email: `some\u0000one@${PLANTED.emailDomain}` } }, undefined],
    ['has an address of 200 KB', { billing_details: { email: `${'a'.repeat(200_000)}@${PLANTED.emailDomain}` } }, undefined],
  ])('does not need the key if the customer %s', async (_, customer, id) => {
    const [item] = await itemsOf(ALL_SAMPLES.stripe, charge(customer), new ContactHashes('arn:key'));

    expect(item.customer_id).toBe(id);
    expect(calls).toHaveLength(0);
  });

  test('is stored without a customer if guests are not identified', async () => {
    const [item] = await itemsOf(ALL_SAMPLES.stripe, charge({ billing_details: { email: PLANTED.email } }));

    expect([item.customer_id, item.customer_key, item.email_hash, item.email_domain]).toEqual([undefined, undefined, undefined, PLANTED.emailDomain]);
  });

  test('is stored without a customer and counted if the key cannot be read', async () => {
    failWith(new Error(PLANTED.email));

    const [item] = await itemsOf(ALL_SAMPLES.stripe, charge({ billing_details: { email: PLANTED.email } }), new ContactHashes('arn:key'));

    expect(item).toMatchObject({ transaction_id: 'stripe:ch_1', money_movement: true });
    expect(item).not.toHaveProperty('customer_id');
    expect(item).not.toHaveProperty('email_hash');
    expect(output.counted(Metric.GUEST_UNIDENTIFIED)).toBe(1);
    expect(output.text()).not.toContain(PLANTED.email);
  });
});

describe('the hash of an email address', () => {
  const email = { billing_details: { email: PLANTED.email } };
  const mapped = (data: object): SamplePayload => ({
    payload: { id: 'e-1', ...data },
    config: { fields: { transactionId: 'id', customerId: 'customer', email: 'email', emailHash: 'hash', amount: 'amount', kinds: { paid: 'captured' } } },
  });
  const ofOwnSender = async (data: object) => (await itemsOf(ALL_SAMPLES.hmac, mapped(data), new ContactHashes('arn:key')))[0];

  test('is stored of a customer with an id, and is the one in the id of a guest', async () => {
    const [[customer], [guest]] = [
      await itemsOf(ALL_SAMPLES.stripe, charge({ ...email, customer: 'cus_1' }), new ContactHashes('arn:key')),
      await itemsOf(ALL_SAMPLES.stripe, charge(email), new ContactHashes('arn:key')),
    ];

    expect(customer).toMatchObject({ customer_id: 'cus_1', email_hash: hashOf(PLANTED.emailContact) });
    expect(guest).toMatchObject({ customer_id: `contact:${String(customer.email_hash)}`, email_hash: customer.email_hash });
  });

  test('needs one read of the key for a webhook with an email address, and none for the next', async () => {
    const hashes = new ContactHashes('arn:key');
    await itemsOf(ALL_SAMPLES.stripe, charge({ ...email, customer: 'cus_1' }), hashes);
    await itemsOf(ALL_SAMPLES.stripe, charge(email), hashes);

    expect(calls).toHaveLength(1);
  });

  test('is not stored, and counted once, if the key cannot be read', async () => {
    failWith(new Error(PLANTED.email));

    const [item] = await itemsOf(ALL_SAMPLES.stripe, charge({ ...email, customer: 'cus_1' }), new ContactHashes('arn:key'));

    expect(item).toMatchObject({ transaction_id: 'stripe:ch_1', customer_id: 'cus_1' });
    expect(item).not.toHaveProperty('email_hash');
    expect(output.counted(Metric.GUEST_UNIDENTIFIED)).toBe(1);
    expect(output.text()).not.toContain(PLANTED.email);
  });

  test('is absent for a guest who is identified by a phone number', async () => {
    const [item] = await itemsOf(ALL_SAMPLES.stripe, charge({ billing_details: { phone: PLANTED.phone } }), new ContactHashes('arn:key'));

    expect(item.customer_id).toBe(idOf(PLANTED.phoneContact));
    expect(item).not.toHaveProperty('email_hash');
  });

  test.each([['alone', {}], ['beside the address', { email: PLANTED.email }]])('is computed if the sender states the address itself as its hash, %s', async (_, data) => {
    const item = await ofOwnSender({ customer: 'c-1', hash: PLANTED.email, ...data });

    expect(item.email_hash).toBe(hashOf(PLANTED.emailContact));
    expect(Object.entries(item).filter(([name, value]) => name !== 'body' && String(value).toLowerCase().includes('@'))).toEqual([]);
  });

  test('is absent if the sender states a text with an @ that is not an address', async () => {
    expect(await ofOwnSender({ customer: 'c-1', hash: 'Jane <jane@' })).not.toHaveProperty('email_hash');
  });

  test('of the sender is stored in place of the system\'s own, for which the key is not read', async () => {
    expect(await ofOwnSender({ customer: 'c-1', email: PLANTED.email, hash: '0123abcd' })).toMatchObject({ customer_id: 'c-1', email_hash: '0123abcd' });
    expect(calls).toHaveLength(0);
  });

  test('of the sender does not identify a guest, whose address does', async () => {
    expect(await ofOwnSender({ email: PLANTED.email, hash: '0123abcd' })).toMatchObject({ customer_id: idOf(PLANTED.emailContact), email_hash: '0123abcd' });
  });
});

/** Renders the big integers of an item. */
function text(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
