import { createHmac } from 'node:crypto';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { GuestIds } from '../../../handlers/ingest/guest-ids';
import { ingest, type IngestPorts } from '../../../handlers/ingest/ingest';
import type { TransactionItem } from '../../../handlers/ingest/transaction-item';
import { marshal } from '../../../handlers/ingest/transaction-table';
import { payloadBytes, PLANTED, type ProviderSamples, type SamplePayload } from '../../../handlers/providers/shared/samples/provider-samples';
import { parseRequest } from '../../../handlers/providers/shared/webhook-request';
import { toTransactionDetail } from '../../../handlers/publish/events/detail';
import { Metric } from '../../../src/private/contract';
import { ALL_SAMPLES } from '../support/all-samples';
import { DETAIL_CONFIG, TIERS } from '../support/items';
import { Output } from '../support/output';
import { proxyEvent } from '../support/webhooks';

const KEY = 'the-key';
const output = new Output();
const secretsManager = mockClient(SecretsManagerClient);

beforeEach(() => {
  output.capture();
  secretsManager.reset();
  secretsManager.on(GetSecretValueCommand).resolves({ SecretString: KEY });
});

const idOf = (contact: string) => `contact:${createHmac('sha256', KEY).update(contact).digest('hex').slice(0, 32)}`;

/** The items to store for a payload. */
async function itemsOf(samples: ProviderSamples, sample: SamplePayload, guests?: GuestIds): Promise<TransactionItem[]> {
  const { config, secret, certificates, sign } = samples;
  const items: TransactionItem[] = [];
  const ports: IngestPorts = {
    providers: [{ ...config, ...sample.config }],
    tiers: TIERS,
    sources: { allows: () => true },
    secrets: { read: async () => [secret], reread: async () => undefined },
    certificates: certificates ?? (async () => Promise.reject(new Error('no certificate is needed'))),
    guests,
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
    const [{ body, ...item }] = await itemsOf(samples, sample, new GuestIds('arn:key'));

    const traces = [item, toTransactionDetail(marshal({ body, ...item }) as never, DETAIL_CONFIG), output.text()].map((each) => JSON.stringify(each, text)).join(' ');
    expect(traces).not.toMatch(/some\.one|tag@|555.?0123/i);
    expect(traces).not.toContain(KEY);
    if (contact !== undefined) {
      expect(item.customer_id).toBe(idOf(contact));
    }
  });

  test('has a history and declines', async () => {
    const guest = { billing_details: { email: PLANTED.email } };
    const id = idOf(PLANTED.emailContact);

    const [[paid], [declined]] = [
      await itemsOf(ALL_SAMPLES.stripe, charge(guest), new GuestIds('arn:key')),
      await itemsOf(ALL_SAMPLES.stripe, charge(guest, 'charge.failed'), new GuestIds('arn:key')),
    ];

    expect([paid.customer_key, declined.customer_key]).toEqual([`stripe:${id}`, `declined#stripe:${id}`]);
  });

  test('is one customer in every spelling of the address, and in receipts', async () => {
    const spellings = [
      { billing_details: { email: 'someone@b\u00fccher.example' } }, { billing_details: { email: ' SomeOne@XN--BCHER-KVA.example ' } },
      { billing_details: { email: null }, receipt_email: 'SOMEONE@Bu\u0308cher.Example.' },
    ];

    const items = await Promise.all(spellings.map(async (customer) => itemsOf(ALL_SAMPLES.stripe, charge(customer), new GuestIds('arn:key'))));

    expect(new Set(items.map(([item]) => item.customer_id))).toEqual(new Set([idOf('someone@xn--bcher-kva.example')]));
  });

  test.each([
    ['has an id at the provider', { customer: 'cus_1', billing_details: { email: PLANTED.email } }, 'cus_1'],
    ['has no contact', {}, undefined],
    ['has an address with control characters', { billing_details: { email: `some\u0000one@${PLANTED.emailDomain}` } }, undefined],
    ['has an address of 200 KB', { billing_details: { email: `${'a'.repeat(200_000)}@${PLANTED.emailDomain}` } }, undefined],
  ])('does not need the key if the customer %s', async (_, customer, id) => {
    const [item] = await itemsOf(ALL_SAMPLES.stripe, charge(customer), new GuestIds('arn:key'));

    expect(item.customer_id).toBe(id);
    expect(secretsManager.calls()).toHaveLength(0);
  });

  test('is stored without a customer if guests are not identified', async () => {
    const [item] = await itemsOf(ALL_SAMPLES.stripe, charge({ billing_details: { email: PLANTED.email } }));

    expect([item.customer_id, item.customer_key, item.email_domain]).toEqual([undefined, undefined, PLANTED.emailDomain]);
  });

  test('is stored without a customer and counted if the key cannot be read', async () => {
    secretsManager.on(GetSecretValueCommand).rejects(new Error(PLANTED.email));

    const [item] = await itemsOf(ALL_SAMPLES.stripe, charge({ billing_details: { email: PLANTED.email } }), new GuestIds('arn:key'));

    expect(item).toMatchObject({ transaction_id: 'stripe:ch_1', money_movement: true });
    expect(item).not.toHaveProperty('customer_id');
    expect(output.counted(Metric.GUEST_UNIDENTIFIED)).toBe(1);
    expect(output.text()).not.toContain(PLANTED.email);
  });
});

/** Renders the big integers of an item. */
function text(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
