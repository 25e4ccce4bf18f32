import type { SecretSource } from './ingest';
import { Metric } from '../../src/private/contract';
import { AwsJsonClient, JSON_SERVICES } from '../aws/aws-json-client';
import { ServiceException } from '../aws/service-exception';
import { count, errorName, log } from '../aws/telemetry';

/** The time that a secret is cached. */
export const CACHE_MS = 5 * 60_000;
/** The interval for rereading a secret that is not set or that failed to verify. */
export const REREAD_MS = 60_000;
/**
 * The time since the last read in which a secret is used while Secrets Manager
 * fails. An outage of an hour then loses no webhook and stops no provider's
 * deliveries. A secret that is rotated because it was disclosed stays valid for no
 * longer than this, and only while Secrets Manager fails.
 */
export const OUTAGE_MS = 60 * 60_000;
/**
 * Providers wait 5 to 10 seconds. Reads are safe to retry, so a call has a second
 * attempt. All calls for one webhook together end within this time, which leaves
 * 2.2 seconds for the store.
 */
export const SECRETS_DEADLINE_MS = 2_500;

const secretsManager = new AwsJsonClient(JSON_SERVICES.secretsManager, { maxAttempts: 2, attemptMillis: 1_000 });
const NOT_FOUND = 'ResourceNotFoundException';

interface CachedSecret {
  /** Absent if the secret is not set. */
  readonly current?: string;
  readonly previous?: string;
  /** From this time on the previous value is rejected, cached or not. */
  readonly previousUntil: number;
  readonly readAt: number;
  /** From this time on it is read again. */
  readonly retryAt: number;
}

/** The providers' secrets, read from Secrets Manager and cached as long as that is safe. */
export class SecretCache implements SecretSource {
  private readonly secrets = new Map<string, CachedSecret>();
  private readonly rereadAt = new Map<string, number>();

  /** `graceSeconds`: the time after a rotation when the previous value is accepted; 0 disables it. */
  constructor(private readonly graceSeconds: number) {}

  /**
   * The values of all secrets that are valid now; empty if no secret is set. While Secrets Manager is not available,
   * uses the last values for an hour, then throws.
   */
  async read(arns: readonly string[], now: Date): Promise<readonly string[]> {
    const time = now.getTime();
    const deadline = Date.now() + SECRETS_DEADLINE_MS;
    const secrets = await Promise.all(arns.map(async (arn) => this.fromCache(arn, time) ?? this.loadOrKeep(arn, time, deadline)));
    return secrets.flatMap(({ current, previous, previousUntil }) =>
      [current, time < previousUntil ? previous : undefined].filter((value) => value !== undefined));
  }

  /**
   * Rereads secrets that could have been rotated, each at most once a minute, so
   * that forged webhooks do not cause calls. If this fails, the cached secrets
   * stay valid, and so does the rejection.
   */
  async reread(arns: readonly string[], now: Date): Promise<readonly string[] | undefined> {
    const time = now.getTime();
    const isReadForThisWebhook = arns.some((arn) => this.secrets.get(arn)?.readAt === time);
    const due = arns.filter((arn) => time - (this.rereadAt.get(arn) ?? -Infinity) >= REREAD_MS);
    if (isReadForThisWebhook || due.length === 0) {
      return undefined;
    }
    due.forEach((arn) => this.rereadAt.set(arn, time));
    try {
      const deadline = Date.now() + SECRETS_DEADLINE_MS;
      await Promise.all(due.map(async (arn) => this.load(arn, time, deadline)));
      return await this.read(arns, now);
    } catch (error) {
      log('WARN', 'failed to reread secret', { error: errorName(error) });
      return undefined;
    }
  }

  private fromCache(arn: string, time: number): CachedSecret | undefined {
    const secret = this.secrets.get(arn);
    return secret && time < secret.retryAt ? secret : undefined;
  }

  /**
   * Keeps a secret that cannot be read now. It is read again after a minute, so that not
   * every webhook waits for a service that fails.
   */
  private async loadOrKeep(arn: string, time: number, deadline: number): Promise<CachedSecret> {
    try {
      return await this.load(arn, time, deadline);
    } catch (error) {
      const last = this.secrets.get(arn);
      if (isRefusal(error)) {
        this.secrets.delete(arn);
        throw error;
      }
      if (last?.current === undefined || time - last.readAt >= OUTAGE_MS) {
        throw error;
      }
      count(Metric.SECRET_OUTDATED);
      log('WARN', 'failed to read secret, using the last one', { error: errorName(error) });
      this.secrets.set(arn, { ...last, retryAt: time + REREAD_MS });
      return last;
    }
  }

  private async load(arn: string, time: number, deadline: number): Promise<CachedSecret> {
    const { value: current, createdAt } = await fetchVersion(arn, 'AWSCURRENT', deadline);
    const previousUntil = createdAt + this.graceSeconds * 1000;
    const isInGrace = current !== undefined && time < previousUntil;
    const { value: previous } = isInGrace ? await fetchVersion(arn, 'AWSPREVIOUS', deadline) : {};
    const secret: CachedSecret = { current, previous, previousUntil, readAt: time, retryAt: time + (current === undefined ? REREAD_MS : CACHE_MS) };
    this.secrets.set(arn, secret);
    return secret;
  }
}

/** Whether Secrets Manager answers that the secret cannot be used, such as one that is scheduled for deletion. */
function isRefusal(error: unknown): boolean {
  return error instanceof ServiceException && error.isRefusal && error.name !== 'ThrottlingException';
}

interface SecretVersion {
  readonly value?: string;
  /** For the current version, the time of the rotation. */
  readonly createdAt: number;
}

/** The answer of Secrets Manager. The time is in seconds (https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html). */
interface SecretValue {
  readonly SecretString?: string;
  readonly CreatedDate?: number;
}

/** One version of a secret. Without a value if it is empty or does not exist, such as AWSPREVIOUS before the first rotation. */
export async function fetchVersion(arn: string, stage: 'AWSCURRENT' | 'AWSPREVIOUS', deadline: number): Promise<SecretVersion> {
  try {
    const { SecretString, CreatedDate = 0 } = await secretsManager.call<SecretValue>(
      'GetSecretValue', { SecretId: arn, VersionStage: stage }, deadline,
    );
    // A value that was stored from a file often ends in a line break.
    return { value: SecretString?.replace(/\r?\n$/, '') || undefined, createdAt: CreatedDate * 1_000 };
  } catch (error) {
    if (error instanceof ServiceException && error.name === NOT_FOUND) {
      return { createdAt: 0 };
    }
    throw error;
  }
}
