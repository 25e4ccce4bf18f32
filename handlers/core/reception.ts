import { isJsonStructure, parseJson } from './json';
import type { Violation } from './reading';
import { SCHEMES } from './signatures';
import type { RefusalReason, Verification } from './signatures/scheme';
import { transactionItem, type TransactionItem } from './transaction';
import type { WebhookRequest } from './webhook-request';
import { MAX_BODY_BYTES, type ProviderConfig, type TierConfig } from '../../src/private/contract';

export type StoreResult = 'stored' | 'duplicate';

/** Where a provider's secrets come from. */
export interface SecretSource {
  /** The secrets that are valid now; empty where none is set. */
  readonly read: (arns: readonly string[], now: Date) => Promise<readonly string[]>;
  /** The same read anew, or undefined where that was done a moment ago. */
  readonly reread: (arns: readonly string[], now: Date) => Promise<readonly string[] | undefined>;
}

/** What the reception needs of the outside. */
export interface ReceptionPorts {
  /** The first one serves `POST /webhook`. */
  readonly providers: readonly ProviderConfig[];
  readonly tiers: TierConfig;
  readonly secrets: SecretSource;
  readonly store: (item: TransactionItem) => Promise<StoreResult>;
}

/** What became of a webhook. */
export type Outcome =
  | { readonly result: StoreResult; readonly transactionId: string; readonly understood: boolean }
  | { readonly result: 'refused'; readonly reason: RefusalReason }
  | { readonly result: 'invalid'; readonly violation: Violation }
  | { readonly result: 'not-a-webhook' | 'unknown-provider' | 'too-large' | 'secret-not-set' };

/**
 * Takes a webhook in: verifies it over its raw bytes, normalises it, stores
 * it once. What is authentic is stored, understood or not: the provider would
 * not send it again.
 */
export async function receive(request: WebhookRequest, ports: ReceptionPorts, now: Date): Promise<Outcome> {
  const provider = findProvider(request, ports.providers);
  if (!provider) {
    return { result: 'unknown-provider' };
  }
  if (request.body.length > MAX_BODY_BYTES) {
    return { result: 'too-large' };
  }
  const verification = await verify(request, provider, ports.secrets, now);
  if (verification === 'secret_unusable') {
    return { result: 'secret-not-set' };
  }
  if (verification === 'signature_missing' && !isJsonStructure(parseJson(request.body))) {
    return { result: 'not-a-webhook' };
  }
  if (verification !== 'authentic') {
    return { result: 'refused', reason: verification };
  }
  const reading = SCHEMES[provider.scheme].read(request, provider);
  if (provider.strict && reading.violation) {
    return { result: 'invalid', violation: reading.violation };
  }
  const item = transactionItem({ provider, reading, rawBody: request.body, receivedAt: now, tiers: ports.tiers });
  return { result: await ports.store(item), transactionId: String(item.transaction_id), understood: reading.understood };
}

function findProvider({ provider }: WebhookRequest, providers: readonly ProviderConfig[]): ProviderConfig | undefined {
  return provider === undefined ? providers[0] : providers.find(({ name }) => name === provider);
}

/** Verifies with the secrets at hand, and once more where they may have been rotated meanwhile. */
async function verify(request: WebhookRequest, provider: ProviderConfig, secrets: SecretSource, now: Date): Promise<Verification> {
  const verifyWith = (candidates: readonly string[]): Verification =>
    candidates.length === 0 ? 'secret_unusable' : SCHEMES[provider.scheme].verify(request, candidates, provider, now);

  const known = await secrets.read(provider.secretArns, now);
  const verification = verifyWith(known);
  const isRotationPossible = known.length > 0 && (verification === 'signature_mismatch' || verification === 'secret_unusable');
  if (!isRotationPossible) {
    return verification;
  }
  const anew = await secrets.reread(provider.secretArns, now);
  return anew ? verifyWith(anew) : verification;
}
