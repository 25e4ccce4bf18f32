import { TABLE_NAME } from './streamed-table';
import { samples as goCardless } from '../../handlers/providers/gocardless/samples';
import { samples as payPal } from '../../handlers/providers/paypal/samples';
import { samples as stripe } from '../../handlers/providers/stripe/samples';
import { AssessmentScope } from '../../src';
import { Env, type ImageName } from '../../src/private/contract';
import { resolveFraudRules } from '../../src/private/settings/fraud-config';
import { TIERS } from '../handlers/support/items';

export const EVENT_SOURCE = 'webhook-processing-system.faults';

/** The senders: a common one, one with a certificate and a second item for each webhook, and one with batches. */
export const SENDERS = { stripe, paypal: payPal, gocardless: goCardless } as const;

/** The secrets of the senders, by ARN. */
export const SECRETS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.values(SENDERS).flatMap(({ config, secret }) => config.secretArns.map((arn) => [arn, secret])),
);

/** The settings of a function. */
interface FunctionSettings {
  /** The time-out in the template; that of the detector is the one of its task in the workflow. */
  readonly timeoutMillis: number;
  /** How many times as fast its timers run. Its longest wait for a call takes half a second then. */
  readonly speed: number;
  readonly environment: Readonly<Record<string, string>>;
}

export const ARCHIVE_BUCKET = 'archive';
const QUEUE_URL = 'http://queue.invalid/dead-letters';

export const FUNCTION_SETTINGS: { readonly [name in ImageName]: FunctionSettings } = {
  'webhook-validator': {
    timeoutMillis: 30_000,
    speed: 6,
    environment: {
      [Env.TABLE_NAME]: TABLE_NAME,
      [Env.PROVIDERS]: JSON.stringify(Object.values(SENDERS).map(({ config }) => config)),
      [Env.TIERS]: JSON.stringify(TIERS),
      [Env.PREVIOUS_SECRET_GRACE_SECONDS]: '86400',
      [Env.ARCHIVE_BUCKET_NAME]: ARCHIVE_BUCKET,
    },
  },
  'event-relay': {
    timeoutMillis: 60_000,
    speed: 10,
    environment: {
      [Env.TABLE_NAME]: TABLE_NAME,
      [Env.EVENT_BUS_NAME]: 'payment-events',
      [Env.EVENT_SOURCE]: EVENT_SOURCE,
      [Env.TIERS]: JSON.stringify(TIERS),
      [Env.ASSESSMENT_SCOPE]: JSON.stringify(AssessmentScope.suspicious()._config),
      [Env.DEAD_LETTER_QUEUE_URL]: QUEUE_URL,
    },
  },
  'transaction-archival': {
    timeoutMillis: 300_000,
    speed: 40,
    environment: { [Env.ARCHIVE_BUCKET_NAME]: ARCHIVE_BUCKET, [Env.DEAD_LETTER_QUEUE_URL]: QUEUE_URL },
  },
  'fraud-detector': {
    timeoutMillis: 25_000,
    speed: 10,
    environment: { [Env.TABLE_NAME]: TABLE_NAME, [Env.FRAUD_RULES]: JSON.stringify(resolveFraudRules()) },
  },
};
