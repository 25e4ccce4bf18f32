import { ingest, type IngestPorts, type StoreResult } from '../../../handlers/ingest/ingest';
import type { TransactionItem } from '../../../handlers/ingest/transaction-item';
import type { TransmissionItem } from '../../../handlers/ingest/transmission-item';
import * as registry from '../../../handlers/providers/registry';
import { payloadBytes, type SignedWebhook } from '../../../handlers/providers/shared/samples/provider-samples';
import type { Scheme } from '../../../handlers/providers/shared/scheme';
import { parseRequest, type WebhookRequest } from '../../../handlers/providers/shared/webhook-request';
import { MAX_BODY_BYTES, type ProviderConfig } from '../../../src/private/contract';
import { ALL_SAMPLES } from '../support/all-samples';
import { PROVIDERS } from '../support/validator-environment';
import { proxyEvent, STANDARD_SECRET, standardWebhook, STRIPE_SECRET, stripeWebhook } from '../support/webhooks';

const NOW = new Date('2026-01-31T12:00:00Z');
const BODY = '{"transaction_id": "order-1", "kind": "captured"}';

interface Given {
  readonly secrets?: readonly string[];
  readonly reread?: readonly string[];
  readonly stored?: StoreResult;
}

function ports({ secrets = [STANDARD_SECRET, STRIPE_SECRET], reread, stored = 'stored' }: Given = {}) {
  return {
    providers: PROVIDERS,
    tiers: { medium: 1000, high: 10000 },
    sources: { allows: jest.fn((_provider: string, _address: string | undefined) => true) },
    secrets: { read: jest.fn(async () => secrets), reread: jest.fn(async () => reread) },
    certificates: async () => Promise.reject(new Error('no certificate is needed')),
    store: jest.fn(async (_item: TransactionItem, _transmission?: TransmissionItem): Promise<StoreResult> => stored),
  } satisfies IngestPorts;
}

const take = async (webhook: SignedWebhook, given: IngestPorts = ports(), provider?: string) => (
  (await ingest(parseRequest(proxyEvent(webhook, provider)), given, NOW)).outcomes[0]
);

describe('ingest', () => {
  test.each(['stored', 'duplicate'] as const)('reports that an authentic webhook is %s', async (stored) => {
    const given = ports({ stored });

    const outcome = await take(standardWebhook(BODY, 'msg_1', NOW), given);

    expect(outcome).toEqual({ result: stored, transactionId: 'own:order-1', eventId: expect.any(String), parsed: true, altered: false });
    expect(given.store).toHaveBeenCalledWith(expect.objectContaining({ transaction_id: 'own:order-1', timestamp: '-#msg_1' }), undefined);
  });

  test('stores the expiry of the transaction', async () => {
    const given = ports();

    await take(standardWebhook(BODY, 'msg_1', NOW), { ...given, retentionSeconds: 86_400 });

    expect(given.store.mock.calls[0][0].expires_at).toBe(NOW.getTime() / 1_000 + 86_400);
  });

  test('uses the first provider for a path without a name, and the named provider otherwise', async () => {
    const given = ports();

    await take(stripeWebhook('{"id": "evt_1", "type": "any"}', NOW), given, 'stripe');
    await take(standardWebhook(BODY, 'msg_1', NOW), given);

    expect(given.secrets.read.mock.calls).toEqual([[['arn:stripe'], NOW], [['arn:own'], NOW]]);
    expect(given.secrets.reread).not.toHaveBeenCalled();
  });

  test.each(['unknown', 'constructor', 'STRIPE', ''])('reports that the provider %p is unknown', async (provider) => {
    expect(await take(stripeWebhook('{}', NOW), ports(), provider)).toEqual({ result: 'unknown-provider' });
  });

  test('rejects an address outside the provider\'s ranges before any other check', async () => {
    const given = ports();
    given.sources.allows.mockReturnValue(false);
    const event = proxyEvent(stripeWebhook('x'.repeat(MAX_BODY_BYTES + 1), NOW), 'stripe');
    event.requestContext = { identity: { sourceIp: '192.0.2.1' } } as typeof event.requestContext;

    expect(await ingest(parseRequest(event), given, NOW)).toEqual({
      outcomes: [{ result: 'rejected', reason: 'source_not_allowed' }],
    });
    expect(given.sources.allows.mock.calls).toEqual([['stripe', '192.0.2.1']]);
    expect(given.secrets.read).not.toHaveBeenCalled();
    expect(given.store).not.toHaveBeenCalled();
  });

  test('reports an unknown provider from any address', async () => {
    const given = ports();
    given.sources.allows.mockReturnValue(false);

    expect(await take(stripeWebhook('{}', NOW), given, 'unknown')).toEqual({ result: 'unknown-provider' });
  });

  test('accepts the largest body, and rejects a larger body before it reads a secret', async () => {
    const given = ports();

    const [largest, larger] = await Promise.all([0, 1].map(async (more) => take(stripeWebhook('x'.repeat(MAX_BODY_BYTES + more), NOW), given, 'stripe')));

    expect(largest).toMatchObject({ result: 'stored', parsed: false });
    expect(larger).toEqual({ result: 'too-large' });
    expect(given.secrets.read).toHaveBeenCalledTimes(1);
  });

  test.each([['{"a": 1}', { result: 'rejected', reason: 'signature_missing' }], ['[]', { result: 'rejected', reason: 'signature_missing' }],
    ['a=1', { result: 'not-a-webhook' }], ['1', { result: 'not-a-webhook' }], ['', { result: 'not-a-webhook' }]])(
    'without a signature, %p is %j', async (body, outcome) => {
      const given = ports();

      expect(await take({ body: Buffer.from(body), headers: {} }, given)).toEqual(outcome);
      expect(given.store).not.toHaveBeenCalled();
    });

  test('rejects an old webhook without another read of the secrets', async () => {
    const given = ports();

    const outcome = await take(standardWebhook(BODY, 'msg_1', new Date(NOW.getTime() - 301_000)), given);

    expect(outcome).toEqual({ result: 'rejected', reason: 'timestamp_out_of_tolerance' });
    expect(given.secrets.reread).not.toHaveBeenCalled();
  });

  test.each<[string, readonly string[] | undefined, object]>([
    ['accepts a signature by the rotated secret', [STANDARD_SECRET], { result: 'stored' }],
    ['rejects a signature by another secret', [`whsec_${'A'.repeat(32)}`], { result: 'rejected', reason: 'signature_mismatch' }],
    ['rejects if the secret was just read', undefined, { result: 'rejected', reason: 'signature_mismatch' }],
    ['requests a retry if the secret was deleted', [], { result: 'secret-not-set' }],
  ])('after a failed verification, %s', async (_, reread, outcome) => {
    const given = ports({ secrets: [`whsec_${'B'.repeat(32)}`], reread });

    expect(await take(standardWebhook(BODY, 'msg_1', NOW), given)).toMatchObject(outcome);
    expect(given.secrets.reread).toHaveBeenCalledWith(['arn:own'], NOW);
  });

  test.each<[string, Given, object]>([
    ['no secret is set', { secrets: [] }, { result: 'secret-not-set' }],
    ['no secret is usable', { secrets: ['not base64!'] }, { result: 'secret-not-set' }],
    ['an unusable secret was replaced', { secrets: ['not base64!'], reread: [STANDARD_SECRET] }, { result: 'stored' }],
  ])('returns the matching outcome if %s', async (_, given, outcome) => {
    expect(await take(standardWebhook(BODY, 'msg_1', NOW), ports(given))).toMatchObject(outcome);
  });

  test('verifies a provider with public keys without a secret', async () => {
    const { config, events: [{ payload }], sign } = ALL_SAMPLES['public-key'];
    const given = { ...ports({ secrets: [], reread: [] }), providers: [config] };
    const webhook = await sign(payloadBytes(payload), { at: NOW });

    expect(await take(webhook, given)).toMatchObject({ result: 'stored' });
    expect(await take({ ...webhook, body: Buffer.from('{}') }, given)).toMatchObject({ result: 'rejected', reason: 'signature_mismatch' });
    expect(given.secrets.reread).not.toHaveBeenCalled();
  });

  test('does not read a secret again that is not set: the cache reads it once a minute', async () => {
    const given = ports({ secrets: [], reread: [STANDARD_SECRET] });

    expect(await take(standardWebhook(BODY, 'msg_1', NOW), given)).toEqual({ result: 'secret-not-set' });
    expect(given.secrets.reread).not.toHaveBeenCalled();
  });

  test('reports the violation in the body of the user\'s own system, and stores nothing', async () => {
    const given = ports();

    const outcome = await take(standardWebhook('{"transaction_id": "order-1"}', 'msg_1', NOW), given);

    expect(outcome).toEqual({ result: 'invalid', violation: { field: 'kind', message: 'is required' } });
    expect(given.store).not.toHaveBeenCalled();
  });

  test('stores the same body from a provider that is not strict', async () => {
    const [own] = PROVIDERS;

    const outcome = await take(standardWebhook('{"transaction_id": "order-1"}', 'msg_1', NOW), { ...ports(), providers: [{ ...own, strict: false }] });

    expect(outcome).toEqual({ result: 'stored', transactionId: 'own:msg_1', eventId: 'msg_1', parsed: false, altered: false });
  });

  test('returns the error of the store', async () => {
    const error = new Error('no store');
    const given = { ...ports(), store: async () => Promise.reject(error) };

    expect(await take(standardWebhook(BODY, 'msg_1', NOW), given)).toEqual({ result: 'unavailable', error });
  });
});

describe('a scheme with several webhooks in a request', () => {
  const BATCH: ProviderConfig = { name: 'batch', scheme: 'hmac', secretArns: ['arn:batch'] };
  const eachItem = (request: WebhookRequest) => (
    (JSON.parse(request.body.toString()) as string[]).map((item) => ({ ...request, body: Buffer.from(item) }))
  );
  const scheme = (signed: 'each' | 'together', overrides: Partial<Scheme> = {}): Scheme => ({
    verify: ({ body }) => (body.includes('forged') ? 'signature_mismatch' : 'authentic'),
    normalize: ({ body }) => ({ parsed: true, fields: { eventId: body.toString(), kind: 'other', live: true, moneyMovement: false, declined: false } }),
    events: {},
    batch: { signed, split: eachItem },
    acknowledgement: { accepted: 'all taken' },
    ...overrides,
  });
  const send = async (items: readonly string[], given: IngestPorts) => (
    ingest(parseRequest(proxyEvent({ body: Buffer.from(JSON.stringify(items)), headers: {} }, 'batch')), { ...given, providers: [BATCH] }, NOW)
  );
  const use = (replacement: Scheme) => jest.spyOn(registry, 'loadScheme').mockReturnValue(replacement);

  afterEach(() => jest.restoreAllMocks());

  test('stores each webhook with a valid signature, and rejects only the others', async () => {
    const given = ports();
    use(scheme('each'));

    const { outcomes, acknowledgement } = await send(['a', 'forged', 'b', 'forged too'], given);

    expect(outcomes).toEqual([
      { result: 'rejected', reason: 'signature_mismatch' },
      { result: 'stored', transactionId: 'batch:a', eventId: 'a', parsed: true, altered: false },
      { result: 'stored', transactionId: 'batch:b', eventId: 'b', parsed: true, altered: false },
    ]);
    expect(acknowledgement).toEqual({ accepted: 'all taken' });
    expect(given.store.mock.calls.map(([item]) => item.transaction_id)).toEqual(['batch:a', 'batch:b']);
  });

  test('stores all webhooks under one signature, or rejects them together', async () => {
    const given = ports();
    use(scheme('together'));

    expect((await send(['a', 'b'], given)).outcomes.map(({ result }) => result)).toEqual(['stored', 'stored']);
    expect((await send(['a', 'forged'], given)).outcomes).toEqual([{ result: 'rejected', reason: 'signature_mismatch' }]);
    expect(given.store).toHaveBeenCalledTimes(2);
  });

  test.each(['each', 'together'] as const)('signed %s, stores the other webhooks if one write fails', async (signed) => {
    const error = new Error('no store');
    const stored: unknown[] = [];
    const given: IngestPorts = {
      ...ports(),
      store: async ({ transaction_id: id }) => {
        await new Promise((resolve) => setTimeout(resolve, id === 'batch:a' ? 0 : 20));
        if (id === 'batch:a') {
          throw error;
        }
        stored.push(id);
        return 'stored';
      },
    };
    use(scheme(signed));

    const { outcomes } = await send(['a', 'b', 'c'], given);

    expect(outcomes[0]).toEqual({ result: 'unavailable', error });
    expect(stored).toEqual(['batch:b', 'batch:c']);
  });

  describe('with 250 items whose write takes 250 ms', () => {
    const ITEMS = Array.from({ length: 250 }, (_, index) => `item-${index}`);
    const deliver = async (writeTime: number, now: Date, known = new Set<string>()) => {
      jest.useFakeTimers({ now });
      let open = 0;
      let mostOpen = 0;
      const given: IngestPorts = {
        ...ports(),
        store: async ({ transaction_id: id }) => {
          open += 1;
          mostOpen = Math.max(mostOpen, open);
          await new Promise((resolve) => setTimeout(resolve, writeTime));
          open -= 1;
          const result = known.has(String(id)) ? 'duplicate' : 'stored';
          known.add(String(id));
          return result;
        },
      };
      use(scheme('together'));
      const request = parseRequest(proxyEvent({ body: Buffer.from(JSON.stringify(ITEMS)), headers: {} }, 'batch'));
      const result = ingest(request, { ...given, providers: [BATCH] }, now);
      await jest.advanceTimersByTimeAsync(20_000);
      return { ...await result, mostOpen, known };
    };

    afterEach(() => jest.useRealTimers());

    test('stores all of them, 25 at a time', async () => {
      const { outcomes, mostOpen } = await deliver(250, NOW);

      expect(outcomes).toEqual(ITEMS.map((item) => (
        { result: 'stored', transactionId: `batch:${item}`, eventId: item, parsed: true, altered: false }
      )));
      expect(mostOpen).toBe(25);
    });

    test('starts no write after four seconds, and finishes with the next delivery at another item', async () => {
      const { outcomes, known } = await deliver(1_000, NOW);
      expect(outcomes.map(({ result }) => result)).toEqual(ITEMS.map((_, index) => index < 100 ? 'stored' : 'unavailable'));
      expect(outcomes.at(-1)).toEqual({ result: 'unavailable', error: expect.objectContaining({ name: 'BatchUnfinished' }) });

      const { outcomes: second } = await deliver(1_000, new Date(NOW.getTime() + 125), known);
      expect(second.map(({ result }) => result)).toEqual(ITEMS.map((_, index) => index >= 125 && index < 225 ? 'stored' : 'unavailable'));

      const { outcomes: third } = await deliver(250, NOW, known);
      expect(third.map(({ result }) => result)).toEqual(ITEMS.map((_, index) => index < 100 || (index >= 125 && index < 225) ? 'duplicate' : 'stored'));
    });
  });

  test('starts the write of a single webhook, however long its verification took', async () => {
    const given = ports();
    const clock = jest.spyOn(Date, 'now').mockReturnValueOnce(0);
    use(scheme('together'));

    expect((await send(['a'], given)).outcomes).toMatchObject([{ result: 'stored' }]);
    expect(clock).toHaveBeenCalled();
  });

  test('reads the secrets once, and rereads them at most once', async () => {
    const verify = jest.fn((_webhook: WebhookRequest, [secret]: readonly string[]) => secret === 'rotated' ? 'authentic' as const : 'signature_mismatch' as const);
    const given = ports({ secrets: ['known'], reread: ['rotated'] });
    use(scheme('each', { verify }));

    const { outcomes } = await send(['a', 'b', 'c'], given);

    expect(outcomes.map(({ result }) => result)).toEqual(['stored', 'stored', 'stored']);
    expect(verify.mock.calls.map(([, [secret]]) => secret)).toEqual(['known', 'rotated', 'rotated', 'rotated']);
    expect([given.secrets.read.mock.calls.length, given.secrets.reread.mock.calls.length]).toEqual([1, 1]);
  });

  test('rereads the secrets once if every webhook is forged', async () => {
    const given = ports({ secrets: ['known'] });
    use(scheme('each'));

    await send(['forged', 'forged 2', 'forged 3'], given);

    expect([given.secrets.read.mock.calls.length, given.secrets.reread.mock.calls.length]).toEqual([1, 1]);
  });

  test('rejects a request with too many webhooks before it reads a secret', async () => {
    const given = ports();
    use(scheme('each', { batch: { signed: 'each', split: () => undefined } }));

    expect((await send(['a'], given)).outcomes).toEqual([{ result: 'rejected', reason: 'too_many_webhooks' }]);
    expect(given.secrets.read).not.toHaveBeenCalled();
  });

  test.each<[StoreResult, object]>([
    ['stored', { result: 'stored', transactionId: 'batch:a', eventId: 'a', parsed: true, altered: false }],
    ['altered-duplicate', { result: 'duplicate', transactionId: 'batch:a', eventId: 'a', parsed: true, altered: true }],
    ['body-mismatch', { result: 'rejected', reason: 'body_mismatch' }],
  ])('passes the transmission to the store, which returns %s', async (stored, outcome) => {
    const given = ports({ stored });
    const transmission = { id: 't-1', expiresAt: new Date('2026-02-04T12:00:00.001Z') };
    use(scheme('each', {
      normalize: ({ body }) => ({ parsed: true, transmission, fields: { eventId: body.toString(), kind: 'other', live: true, moneyMovement: false, declined: false } }),
    }));

    expect((await send(['a'], given)).outcomes).toEqual([outcome]);
    expect(given.store).toHaveBeenCalledWith(expect.anything(), {
      transaction_id: 'transmission:batch:t-1',
      timestamp: '-',
      record_type: 'transmission',
      expires_at: 1770206401,
      body_hash: 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',
    });
  });
});
