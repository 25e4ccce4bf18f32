import { processBatch } from './batch-order';
import { transactionItem, type TransactionItem } from './transaction-item';
import { transmissionItem, type TransmissionItem } from './transmission-item';
import { Attr, MAX_BODY_BYTES, type ProviderConfig, type TierConfig } from '../../src/private/contract';
import { emailContact } from '../domain/contact';
import { guestId } from '../domain/identifier';
import { loadScheme } from '../providers/registry';
import { isJsonStructure, parseJson } from '../providers/shared/json';
import type { NormalizedEvent, Violation } from '../providers/shared/normalized-event';
import type { Acknowledgement, CertificateSource, RejectionReason, Scheme, Verification } from '../providers/shared/scheme';
import type { WebhookRequest } from '../providers/shared/webhook-request';

/**
 * The SDK opens up to 50 connections
 * (https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/node-configuring-maxsockets.html).
 * With fewer writes, each has a connection, and its deadline does not pass while it
 * waits for one. A batch of 250 takes 2.5 seconds if a write takes 250 ms.
 */
const MAX_PARALLEL_WRITES = 25;
/**
 * The time after which a batch starts no more writes. The shortest time-out of a
 * provider is 5 seconds, so that an ordinary write still ends in time.
 */
const START_UNTIL_MS = 4_000;

/**
 * `altered-duplicate`: the same signed event was stored before, with another body.
 * `body-mismatch`: the same transmission delivered another body before.
 */
export type StoreResult = 'stored' | 'duplicate' | 'altered-duplicate' | 'body-mismatch';

/** The source of a provider's secrets. */
export interface SecretSource {
  /** The secrets that are valid now; empty if no secret is set. */
  readonly read: (arns: readonly string[], now: Date) => Promise<readonly string[]>;
  /** The same after rereading; undefined if they were just reread. */
  readonly reread: (arns: readonly string[], now: Date) => Promise<readonly string[] | undefined>;
}

/** The source of the keyed hashes of email addresses and phone numbers. */
export interface ContactHashSource {
  /** The hash of a contact; undefined if the key cannot be read. Never throws, because the webhook must be stored. */
  readonly hashOf: (contact: string, now: Date) => Promise<string | undefined>;
}

/** The addresses that webhooks are accepted from. */
export interface SourcePolicy {
  readonly allows: (provider: string, address: string | undefined) => boolean;
}

/** The dependencies for storing an authentic event. */
export interface StorePorts {
  readonly tiers: TierConfig;
  readonly retentionSeconds?: number;
  /** Not set: guests have no customer id, and transactions no hash of an email address. */
  readonly contactHashes?: ContactHashSource;
  /** Stores both or, if the transaction exists already, only the transmission. */
  readonly store: (item: TransactionItem, transmission?: TransmissionItem) => Promise<StoreResult>;
  /** Whether the events come from the provider's API instead of with a signature. */
  readonly fetched?: true;
}

/** The dependencies of the use case. */
export interface IngestPorts extends StorePorts {
  /** The first one serves `POST /webhook`. */
  readonly providers: readonly ProviderConfig[];
  readonly sources: SourcePolicy;
  readonly secrets: SecretSource;
  readonly certificates: CertificateSource;
}

/** The outcome of a webhook. */
export type WebhookOutcome =
  | {
    readonly result: 'stored' | 'duplicate';
    readonly transactionId: string;
    readonly eventId: string;
    readonly parsed: boolean;
    /** Whether it is a duplicate whose body differs from the stored one. */
    readonly altered: boolean;
    /** The keys of metadata whose values could not be stored. */
    readonly omittedMetadata?: readonly string[];
  }
  | { readonly result: 'rejected'; readonly reason: RejectionReason }
  | { readonly result: 'invalid'; readonly violation: Violation }
  | { readonly result: 'unavailable'; readonly error: unknown }
  | { readonly result: 'not-a-webhook' | 'unknown-provider' | 'too-large' | 'secret-not-set' };

/** The outcome of a request: one for each authentic webhook, and one for each reason of a rejection. */
export interface IngestResult {
  readonly outcomes: readonly WebhookOutcome[];
  readonly acknowledgement?: Acknowledgement;
}

/**
 * Verifies each webhook of a request over its raw bytes, normalizes it and
 * stores it once. An authentic webhook is stored even if it cannot be parsed,
 * because the provider would not send it again. If one webhook of a batch fails,
 * its failure is the answer. The others are stored, and are duplicates when the
 * provider retries the batch.
 */
export async function ingest(request: WebhookRequest, ports: IngestPorts, now: Date): Promise<IngestResult> {
  const startedAt = Date.now();
  const provider = findProvider(request, ports.providers);
  if (!provider) {
    return { outcomes: [{ result: 'unknown-provider' }] };
  }
  const rejection = sourceRejection(provider, request, ports);
  if (rejection) {
    return { outcomes: [rejection] };
  }
  if (request.body.length > MAX_BODY_BYTES) {
    return { outcomes: [{ result: 'too-large' }] };
  }
  const { batch, acknowledgement } = schemeOf(provider);
  const signed = batch?.signed === 'each' ? batch.split(request) : [request];
  if (!signed) {
    return { outcomes: [{ result: 'rejected', reason: 'too_many_webhooks' }] };
  }
  const verify = await verifierOf(provider, ports, now);
  const authentic: WebhookRequest[] = [];
  // One for each reason: an unsigned body can contain thousands of webhooks.
  const rejections = new Map<string, WebhookOutcome>();
  for (const webhook of signed) {
    // One after the other: the first one can reread the secrets for all.
    const rejected = rejectionOf(await verify(webhook), webhook);
    if (rejected) {
      rejections.set(JSON.stringify(rejected), rejected);
    } else {
      authentic.push(webhook);
    }
  }
  const webhooks = batch?.signed === 'together' ? authentic.flatMap(batch.split) : authentic;
  const ingested = await processBatch<WebhookRequest, WebhookOutcome>(webhooks, {
    // A batch that is not finished in time continues elsewhere when it is delivered again. Items that are stored cost only the failed condition.
    first: now.getTime() % webhooks.length,
    limit: MAX_PARALLEL_WRITES,
    process: async (webhook) => ingestOne(webhook, provider, ports, now),
    deadline: {
      isLate: () => Date.now() - startedAt >= START_UNTIL_MS,
      notStarted: () => ({ result: 'unavailable', error: batchUnfinished() }),
    },
  });
  return { outcomes: [...rejections.values(), ...ingested], acknowledgement };
}

/** The response to a provider's check of the endpoint, or the reason for a rejection. Both are undefined if no response is possible. */
export interface ChallengeAnswer {
  readonly response?: string;
  readonly rejection?: WebhookOutcome;
}

/** Answers a provider's check of the endpoint. */
export async function challenge(
  request: Pick<WebhookRequest, 'provider' | 'sourceIp'>, query: Readonly<Record<string, string | undefined>>,
  ports: Pick<IngestPorts, 'providers' | 'sources' | 'secrets'>, now: Date,
): Promise<ChallengeAnswer> {
  const provider = findProvider(request, ports.providers);
  if (!provider) {
    return {};
  }
  const rejection = sourceRejection(provider, request, ports);
  if (rejection) {
    return { rejection };
  }
  const answer = schemeOf(provider).answerChallenge;
  return { response: answer?.(query, await ports.secrets.read(provider.secretArns, now)) };
}

function sourceRejection(
  { name }: ProviderConfig, { sourceIp }: Pick<WebhookRequest, 'sourceIp'>, { sources }: Pick<IngestPorts, 'sources'>,
): WebhookOutcome | undefined {
  return sources.allows(name, sourceIp) ? undefined : { result: 'rejected', reason: 'source_not_allowed' };
}

/** The provider of a request; undefined if no configured one has the name in its path. */
export function findProvider({ provider }: Pick<WebhookRequest, 'provider'>, providers: readonly ProviderConfig[]): ProviderConfig | undefined {
  return provider === undefined ? providers[0] : providers.find(({ name }) => name === provider);
}

function schemeOf({ scheme }: ProviderConfig): Scheme {
  return loadScheme(scheme);
}

/**
 * Verifies the webhooks of a request with the cached secrets, and again if they
 * could have been rotated in the meantime. The secrets are read once and reread
 * at most once for all of them.
 */
async function verifierOf(
  config: ProviderConfig, { secrets, certificates }: IngestPorts, now: Date,
): Promise<(webhook: WebhookRequest) => Promise<Verification>> {
  const { verify } = schemeOf(config);
  let candidates = await secrets.read(config.secretArns, now);
  let isReread = candidates.length === 0;
  const verifyNow = async (webhook: WebhookRequest): Promise<Verification> =>
    candidates.length === 0 && config.secretArns.length > 0 ? 'secret_unusable' : verify(webhook, candidates, { config, now, certificates });

  return async (webhook) => {
    const verification = await verifyNow(webhook);
    if (isReread || (verification !== 'signature_mismatch' && verification !== 'secret_unusable')) {
      return verification;
    }
    isReread = true;
    const anew = await secrets.reread(config.secretArns, now);
    candidates = anew ?? candidates;
    return anew ? verifyNow(webhook) : verification;
  };
}

function rejectionOf(verification: Verification, { body }: WebhookRequest): WebhookOutcome | undefined {
  switch (verification) {
    case 'authentic':
      return undefined;
    case 'secret_unusable':
      return { result: 'secret-not-set' };
    case 'signature_missing':
      return isJsonStructure(parseJson(body)) ? { result: 'rejected', reason: verification } : { result: 'not-a-webhook' };
    default:
      return { result: 'rejected', reason: verification };
  }
}

/** Reads and stores an authentic webhook. Never throws, so that the others of its batch are processed. */
export async function ingestOne(request: WebhookRequest, provider: ProviderConfig, ports: StorePorts, now: Date): Promise<WebhookOutcome> {
  try {
    const normalized = await schemeOf(provider).normalize(request, provider);
    if (provider.strict && normalized.violation) {
      return { result: 'invalid', violation: normalized.violation };
    }
    const { tiers, retentionSeconds, contactHashes, fetched } = ports;
    const identified = await withHashes(normalized, contactHashes, now);
    const item = transactionItem({ provider, normalized: identified, rawBody: request.body, receivedAt: now, tiers, retentionSeconds, fetched });
    const result = await ports.store(item, normalized.transmission && transmissionItem(provider.name, normalized.transmission, request.body));
    if (result === 'body-mismatch') {
      return { result: 'rejected', reason: 'body_mismatch' };
    }
    const altered = result === 'altered-duplicate';
    return {
      result: altered ? 'duplicate' : result,
      transactionId: String(item[Attr.TRANSACTION_ID]),
      eventId: String(item[Attr.EVENT_ID]),
      parsed: normalized.parsed,
      altered,
      omittedMetadata: normalized.fields.omittedMetadata,
    };
  } catch (error) {
    return { result: 'unavailable', error };
  }
}

/**
 * Replaces the email address and the contact of a guest with their hash, so that they go no further. An address that a sender
 * states in place of its hash is hashed too, because the hash is stored, published and shown in reasons.
 */
async function withHashes(normalized: NormalizedEvent, hashes: ContactHashSource | undefined, now: Date): Promise<NormalizedEvent> {
  const { contact, email, emailHash: stated, ...fields } = normalized.fields;
  const statedAddress = stated?.includes('@') ? stated : undefined;
  const statedHash = statedAddress === undefined ? stated : undefined;
  const hashedEmail = statedHash === undefined ? email ?? emailContact(statedAddress) : undefined;
  // A guest with an email address is identified by it, so that there is at most one value to hash.
  const hashed = contact ?? hashedEmail;
  const hash = hashed === undefined ? undefined : await hashes?.hashOf(hashed, now);
  return {
    ...normalized,
    fields: {
      ...fields,
      customerId: fields.customerId ?? (contact !== undefined && hash !== undefined ? guestId(hash) : undefined),
      emailHash: statedHash ?? (hashed === hashedEmail ? hash : undefined),
    },
  };
}

/** The provider retries the whole batch. */
function batchUnfinished(): Error {
  return Object.assign(new Error('the batch was not finished in time'), { name: 'BatchUnfinished' });
}
