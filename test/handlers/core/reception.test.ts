import { receive, type ReceptionPorts } from '../../../handlers/core/reception';
import type { TransactionItem } from '../../../handlers/core/transaction';
import { parseRequest } from '../../../handlers/core/webhook-request';
import { MAX_BODY_BYTES } from '../../../src/private/contract';
import { PROVIDERS } from '../support/validator-environment';
import { proxyEvent, STANDARD_SECRET, standardWebhook, STRIPE_SECRET, stripeWebhook, type SignedWebhook } from '../support/webhooks';

const NOW = new Date('2026-01-31T12:00:00Z');
const BODY = '{"transaction_id": "order-1", "kind": "captured"}';

interface Given {
  readonly secrets?: readonly string[];
  readonly anew?: readonly string[];
  readonly stored?: 'stored' | 'duplicate';
}

function ports({ secrets = [STANDARD_SECRET, STRIPE_SECRET], anew, stored = 'stored' }: Given = {}) {
  return {
    providers: PROVIDERS,
    tiers: { medium: 1000, high: 10000 },
    secrets: { read: jest.fn(async () => secrets), reread: jest.fn(async () => anew) },
    store: jest.fn(async (_item: TransactionItem) => stored),
  } satisfies ReceptionPorts;
}

const take = async (webhook: SignedWebhook, given: ReceptionPorts = ports(), provider?: string) => (
  receive(parseRequest(proxyEvent(webhook, provider)), given, NOW)
);

describe('receive', () => {
  test.each(['stored', 'duplicate'] as const)('says that an authentic webhook is %s', async (stored) => {
    const given = ports({ stored });

    const outcome = await take(standardWebhook(BODY, 'msg_1', NOW), given);

    expect(outcome).toEqual({ result: stored, transactionId: 'own:order-1', understood: true });
    expect(given.store).toHaveBeenCalledWith(expect.objectContaining({ transaction_id: 'own:order-1', timestamp: '-#msg_1' }));
  });

  test('serves the first provider without a name, another by its name', async () => {
    const given = ports();

    await take(stripeWebhook('{"id": "evt_1", "type": "any"}', NOW), given, 'stripe');
    await take(standardWebhook(BODY, 'msg_1', NOW), given);

    expect(given.secrets.read.mock.calls).toEqual([[['arn:stripe'], NOW], [['arn:own'], NOW]]);
    expect(given.secrets.reread).not.toHaveBeenCalled();
  });

  test.each(['nobody', 'constructor', 'STRIPE', ''])('knows no provider %p', async (provider) => {
    expect(await take(stripeWebhook('{}', NOW), ports(), provider)).toEqual({ result: 'unknown-provider' });
  });

  test('takes the largest body, and refuses a larger one before it looks at anything', async () => {
    const given = ports();

    const [largest, larger] = await Promise.all([0, 1].map(async (more) => take(stripeWebhook('x'.repeat(MAX_BODY_BYTES + more), NOW), given, 'stripe')));

    expect(largest).toMatchObject({ result: 'stored', understood: false });
    expect(larger).toEqual({ result: 'too-large' });
    expect(given.secrets.read).toHaveBeenCalledTimes(1);
  });

  test.each([['{"a": 1}', { result: 'refused', reason: 'signature_missing' }], ['[]', { result: 'refused', reason: 'signature_missing' }],
    ['a=1', { result: 'not-a-webhook' }], ['1', { result: 'not-a-webhook' }], ['', { result: 'not-a-webhook' }]])(
    'unsigned, %p is %j', async (body, outcome) => {
      const given = ports();

      expect(await take({ body: Buffer.from(body), headers: {} }, given)).toEqual(outcome);
      expect(given.store).not.toHaveBeenCalled();
    });

  test('refuses a stale webhook without asking for secrets again', async () => {
    const given = ports();

    const outcome = await take(standardWebhook(BODY, 'msg_1', new Date(NOW.getTime() - 301_000)), given);

    expect(outcome).toEqual({ result: 'refused', reason: 'timestamp_out_of_tolerance' });
    expect(given.secrets.reread).not.toHaveBeenCalled();
  });

  test.each<[string, readonly string[] | undefined, object]>([
    ['accepts what the rotated secret signed', [STANDARD_SECRET], { result: 'stored' }],
    ['refuses what it did not sign', ['whsec_AAAA'], { result: 'refused', reason: 'signature_mismatch' }],
    ['refuses where it was read a moment ago', undefined, { result: 'refused', reason: 'signature_mismatch' }],
    ['asks to try again where the secret is gone', [], { result: 'secret-not-set' }],
  ])('after a failed verification %s', async (_, anew, outcome) => {
    const given = ports({ secrets: ['whsec_BBBB'], anew });

    expect(await take(standardWebhook(BODY, 'msg_1', NOW), given)).toMatchObject(outcome);
    expect(given.secrets.reread).toHaveBeenCalledWith(['arn:own'], NOW);
  });

  test.each<[string, Given, object]>([
    ['none is set', { secrets: [] }, { result: 'secret-not-set' }],
    ['none is usable', { secrets: ['not base64!'] }, { result: 'secret-not-set' }],
    ['an unusable one was replaced', { secrets: ['not base64!'], anew: [STANDARD_SECRET] }, { result: 'stored' }],
  ])('where of the secrets %s', async (_, given, outcome) => {
    expect(await take(standardWebhook(BODY, 'msg_1', NOW), ports(given))).toMatchObject(outcome);
  });

  test('does not ask again for a secret that is not set: it is looked for once a minute anyway', async () => {
    const given = ports({ secrets: [], anew: [STANDARD_SECRET] });

    expect(await take(standardWebhook(BODY, 'msg_1', NOW), given)).toEqual({ result: 'secret-not-set' });
    expect(given.secrets.reread).not.toHaveBeenCalled();
  });

  test('tells the user\'s own system what is wrong with its body, and stores nothing', async () => {
    const given = ports();

    const outcome = await take(standardWebhook('{"transaction_id": "order-1"}', 'msg_1', NOW), given);

    expect(outcome).toEqual({ result: 'invalid', violation: { field: 'kind', message: 'is required' } });
    expect(given.store).not.toHaveBeenCalled();
  });

  test('stores the same body of anybody else', async () => {
    const [own] = PROVIDERS;

    const outcome = await take(standardWebhook('{"transaction_id": "order-1"}', 'msg_1', NOW), { ...ports(), providers: [{ ...own, strict: false }] });

    expect(outcome).toEqual({ result: 'stored', transactionId: 'own:msg_1', understood: false });
  });

  test('passes on that the store failed', async () => {
    const given = { ...ports(), store: async () => Promise.reject(new Error('no store')) };

    await expect(take(standardWebhook(BODY, 'msg_1', NOW), given)).rejects.toThrow('no store');
  });
});
