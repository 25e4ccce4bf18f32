/** Environment variables of the functions. */
export const Env = {
  /** Table name: all functions but the archival. */
  TABLE_NAME: 'TABLE_NAME',
  /** JSON of `ProviderConfig[]`; the first one serves `POST /webhook`. Validator. */
  PROVIDERS: 'PROVIDERS',
  /** JSON of `ReconciledProvider[]`. Reconciler. */
  RECONCILED_PROVIDERS: 'RECONCILED_PROVIDERS',
  /** Seconds that AWSPREVIOUS is accepted after a rotation. Validator. */
  PREVIOUS_SECRET_GRACE_SECONDS: 'PREVIOUS_SECRET_GRACE_SECONDS',
  /** ARN of the secret with the key that hashes contacts. If not set, guests have no customer id, and no hash of an email address is stored. Validator and reconciler. */
  GUEST_KEY_ARN: 'GUEST_KEY_ARN',
  /** Seconds until DynamoDB can delete a transaction. If not set, it is never deleted. Validator and reconciler. */
  TRANSACTION_RETENTION_SECONDS: 'TRANSACTION_RETENTION_SECONDS',
  /** JSON of `TierConfig`. Validator, reconciler and relay. */
  TIERS: 'TIERS',
  /** JSON of `AssessmentScopeConfig`. If not set, only the high tier is assessed. Relay. */
  ASSESSMENT_SCOPE: 'ASSESSMENT_SCOPE',
  /** Name or ARN of the bus. Relay. */
  EVENT_BUS_NAME: 'EVENT_BUS_NAME',
  /** The events' `source`. Relay. */
  EVENT_SOURCE: 'EVENT_SOURCE',
  /** JSON of the scheme of each provider, by the provider's name. Without it, alerts have no links to payments. Relay. */
  SCHEMES: 'SCHEMES',
  /** `true` if events contain the raw body. Relay. */
  INCLUDE_BODY: 'INCLUDE_BODY',
  /** Seconds that a disputed card stays on the blocklist. If not set, no dispute adds a card. Relay. */
  BLOCK_DISPUTED_CARDS_SECONDS: 'BLOCK_DISPUTED_CARDS_SECONDS',
  /** URL of the dead-letter queue. Relay and archival. */
  DEAD_LETTER_QUEUE_URL: 'DEAD_LETTER_QUEUE_URL',
  /** ARN of the alert topic, if the sweep checks its subscriptions. Relay. */
  ALERT_TOPIC_ARN: 'ALERT_TOPIC_ARN',
  /** The number of subscriptions that the stack adds to that topic. Relay. */
  ALERT_RECIPIENTS: 'ALERT_RECIPIENTS',
  /** JSON of `FraudConfig`. Fraud detector, unless the parameter is given. */
  FRAUD_RULES: 'FRAUD_RULES',
  /** Name of the SSM parameter with the rules that do not fit the environment. Fraud detector. */
  FRAUD_RULES_PARAMETER: 'FRAUD_RULES_PARAMETER',
  /** Archive bucket. Validator, reconciler and archival. */
  ARCHIVE_BUCKET_NAME: 'ARCHIVE_BUCKET_NAME',
  /** Value of the metrics' `System` dimension. All functions. */
  SYSTEM_NAME: 'SYSTEM_NAME',
} as const;

/** The names of the functions whose code has its own image, in `assets/` too. */
export type ImageName = 'webhook-validator' | 'event-relay' | 'fraud-detector' | 'transaction-archival';

/** The names of the functions in physical names. */
export type HandlerName = ImageName | keyof typeof SHARED_IMAGES;

/** The functions that run from the image of another function, each with the name of its own bundle there. */
export const SHARED_IMAGES = {
  'webhook-reconciler': { image: 'webhook-validator', bundle: 'reconciler' },
} as const satisfies { readonly [handler: string]: { readonly image: ImageName; readonly bundle: string } };

/** Where the code of a function is: the image, and the bundle that it starts. */
export function codeOf(handler: HandlerName): { readonly image: ImageName; readonly bundle: string } {
  return handler in SHARED_IMAGES ? SHARED_IMAGES[handler as keyof typeof SHARED_IMAGES] : { image: handler as ImageName, bundle: 'index' };
}
