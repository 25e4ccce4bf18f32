import { challenge } from '../../../handlers/ingest/ingest';
import type { ProviderConfig } from '../../../src/private/contract';

const NOW = new Date('2026-01-31T12:00:00Z');
const PROVIDERS: readonly ProviderConfig[] = [
  { name: 'cards', scheme: 'braintree', secretArns: ['arn:cards', 'arn:cards-rolled'] },
  { name: 'stripe', scheme: 'stripe', secretArns: ['arn:stripe'] },
  { name: 'wallets', scheme: 'braintree', secretArns: ['arn:wallets'] },
];
const QUERY = { bt_challenge: '20f9f8ed05f77439fe955c977e4c8a53' };

function ports(secrets: readonly string[] = [JSON.stringify({ public_key: 'a-key', private_key: 'a-private-key' })]) {
  return {
    providers: PROVIDERS,
    sources: { allows: jest.fn(() => true) },
    secrets: { read: jest.fn(async () => secrets), reread: jest.fn(async () => undefined) },
  };
}

interface Library {
  readonly BraintreeGateway: new (options: object) => { readonly webhookNotification: { verify: (challenge: string) => string } };
  readonly Environment: { readonly Sandbox: object };
}

/** The response that Braintree's library computes. */
function expected(publicKey: string, privateKey: string): string {
  const { BraintreeGateway, Environment } = jest.requireActual<Library>('braintree');
  const gateway = new BraintreeGateway({ environment: Environment.Sandbox, merchantId: 'a-merchant', publicKey, privateKey });
  return gateway.webhookNotification.verify(QUERY.bt_challenge);
}

describe('challenge', () => {
  test('is answered with a secret of the named provider', async () => {
    const given = ports();

    const { response } = await challenge({ provider: 'wallets' }, QUERY, given, NOW);

    expect(response).toBe(expected('a-key', 'a-private-key'));
    expect(given.secrets.read.mock.calls).toEqual([[['arn:wallets'], NOW]]);
  });

  test('is answered for the first provider if the path names no provider', async () => {
    const given = ports();

    const { response } = await challenge({}, QUERY, given, NOW);

    expect(response).toBe(expected('a-key', 'a-private-key'));
    expect(given.secrets.read.mock.calls).toEqual([[['arn:cards', 'arn:cards-rolled'], NOW]]);
  });

  test('is answered with the first usable secret', async () => {
    const rolled = ['not set yet', ...['new', 'old'].map((key) => JSON.stringify({ public_key: key, private_key: `${key}-private-key` }))];

    expect(await challenge({ provider: 'cards' }, QUERY, ports(rolled), NOW)).toEqual({ response: expected('new', 'new-private-key') });
  });

  test.each<[string, string, Readonly<Record<string, string | undefined>>, readonly string[] | undefined]>([
    ['an unknown provider', 'unknown', QUERY, undefined],
    ['a provider with the name of a member of `Object`', 'constructor', QUERY, undefined],
    ['a provider without challenges', 'stripe', QUERY, undefined],
    ['a query without a challenge', 'cards', {}, undefined],
    ['a query with an empty challenge', 'cards', { bt_challenge: '' }, undefined],
    ['the text of a notification', 'cards', { bt_challenge: 'PG5vdGlmaWNhdGlvbj48L25vdGlmaWNhdGlvbj4=' }, undefined],
    ['a provider without a secret value', 'cards', QUERY, []],
    ['a provider with an unusable secret', 'cards', QUERY, ['not set yet']],
  ])('has no answer for %s', async (_, provider, query, secrets) => {
    expect(await challenge({ provider }, query, ports(secrets), NOW)).toEqual({});
  });

  test('is rejected from an address outside the provider\'s ranges, before a secret is read', async () => {
    const given = { ...ports(), sources: { allows: jest.fn(() => false) } };

    expect(await challenge({ provider: 'wallets', sourceIp: '192.0.2.1' }, QUERY, given, NOW)).toEqual({
      rejection: { result: 'rejected', reason: 'source_not_allowed' },
    });
    expect(given.sources.allows.mock.calls).toEqual([['wallets', '192.0.2.1']]);
    expect(given.secrets.read).not.toHaveBeenCalled();
  });

  test('reads no secret for a provider without challenges', async () => {
    const given = ports();

    await challenge({ provider: 'stripe' }, QUERY, given, NOW);

    expect(given.secrets.read).not.toHaveBeenCalled();
  });
});
