/** Custom metrics, published through the embedded metric format. */
export const METRIC_NAMESPACE = 'WebhookProcessingSystem';
export const METRIC_DIMENSION = 'System';

/** Dimensions in addition to the system's. `Provider` has the names of the system's providers, and no other values. */
export const MetricBy = { PROVIDER: 'Provider', VERDICT: 'Verdict', RULE: 'Rule', CURRENCY: 'Currency' } as const;

/** The value of `Verdict` that is counted if the shadow rules could not be evaluated. */
export const NO_SHADOW_VERDICT = 'failed';

/** The names of the widgets that show custom metrics, in their order on the dashboard. */
export const MetricWidget = {
  WEBHOOKS: 'Webhooks',
  FAILURES: 'Failures',
  AMOUNTS: 'Assessed amounts by currency (major units)',
  ASSESSED: 'Transactions assessed',
  VERDICTS: 'Verdicts',
  RULES: 'Fraud rules that applied',
  LATENCY: 'Time from event to verdict (ms)',
  PROGRESS: 'Progress each minute',
  OPEN: 'Open transactions',
  /** Only on the dashboard of a system with shadow rules. */
  SHADOW_VERDICTS: 'Verdicts of the shadow rules',
  SHADOW_RULES: 'Shadow rules that applied',
  /** Only on the dashboard of a system with a reconciled provider. */
  RECONCILIATION: 'Reconciliation',
} as const;

export type MetricUnit = 'Count' | 'Milliseconds' | 'Seconds' | 'None';

/** A custom metric. The dashboard and the table in docs/runbook.md are generated from it. */
export interface MetricDefinition {
  readonly name: string;
  readonly unit: MetricUnit;
  /** The dimension that the metric has in addition to the system's. */
  readonly dimension?: (typeof MetricBy)[keyof typeof MetricBy];
  /** Whether it is also published without its own dimension, as the total. */
  readonly total?: true;
  readonly widget: (typeof MetricWidget)[keyof typeof MetricWidget];
  /** The method of the construct that returns the metric. */
  readonly method: string;
  /** The measured quantity. Markdown. */
  readonly description: string;
}

/** A webhook to an unknown path has no provider, so it counts only in the total. */
const BY_PROVIDER = { dimension: MetricBy.PROVIDER, total: true } as const;

/** Every custom metric. */
export const METRICS = {
  STORED: {
    name: 'WebhooksStored',
    unit: 'Count',
    ...BY_PROVIDER,
    widget: MetricWidget.WEBHOOKS,
    method: 'metricStored',
    description: 'Webhooks that were stored for the first time.',
  },
  DUPLICATE: {
    name: 'WebhooksDuplicate',
    unit: 'Count',
    ...BY_PROVIDER,
    widget: MetricWidget.WEBHOOKS,
    method: 'metricDuplicates',
    description: 'Webhooks that were already stored. Providers deliver at least once.',
  },
  ALTERED: {
    name: 'WebhooksAltered',
    unit: 'Count',
    ...BY_PROVIDER,
    widget: MetricWidget.WEBHOOKS,
    method: 'metricAltered',
    description: 'Duplicates whose body differs from the stored one. The first body counts.',
  },
  REJECTED: {
    name: 'WebhooksRejected',
    unit: 'Count',
    ...BY_PROVIDER,
    widget: MetricWidget.WEBHOOKS,
    method: 'metricRejected',
    description: 'Webhooks with a bad, missing or stale signature, and malformed requests.',
  },
  MISMATCHED: {
    name: 'SignaturesMismatched',
    unit: 'Count',
    ...BY_PROVIDER,
    widget: MetricWidget.WEBHOOKS,
    method: 'metricMismatched',
    description: 'Rejected webhooks with a well-formed signature that no secret or key made. A wrong secret causes them.',
  },
  UNPARSED: {
    name: 'WebhooksUnparsed',
    unit: 'Count',
    ...BY_PROVIDER,
    widget: MetricWidget.WEBHOOKS,
    method: 'metricUnparsed',
    description: 'Authentic webhooks that were stored but could not be parsed.',
  },
  RECONCILED: {
    name: 'EventsReconciled',
    unit: 'Count',
    ...BY_PROVIDER,
    widget: MetricWidget.RECONCILIATION,
    method: 'metricReconciled',
    description: 'Events whose webhook did not arrive, and that the reconciliation fetched from the provider and stored.',
  },
  OUT_OF_REACH: {
    name: 'ReconciliationGaps',
    unit: 'Count',
    ...BY_PROVIDER,
    widget: MetricWidget.RECONCILIATION,
    method: 'metricReconciliationGaps',
    description: 'Times that a reconciliation skipped a time, because the provider does not list events that old.',
  },
  RECONCILIATION_COMPLETED: {
    name: 'ReconciliationsCompleted',
    unit: 'Count',
    ...BY_PROVIDER,
    widget: MetricWidget.RECONCILIATION,
    method: 'metricReconciliationsCompleted',
    description: 'Reconciliations that compared all events of a provider up to now.',
  },
  SECRET_NOT_SET: {
    name: 'SecretNotSet',
    unit: 'Count',
    ...BY_PROVIDER,
    widget: MetricWidget.FAILURES,
    method: 'metricSecretNotSet',
    description: 'Webhooks that were answered with 503, because the provider has no usable secret.',
  },
  SECRET_OUTDATED: {
    name: 'SecretsOutdated',
    unit: 'Count',
    widget: MetricWidget.FAILURES,
    method: 'metricSecretsOutdated',
    description: 'Failed reads of a secret after which its last value was used. The validator does this for at most one hour.',
  },
  STORE_FAILED: {
    name: 'StoreFailed',
    unit: 'Count',
    ...BY_PROVIDER,
    widget: MetricWidget.FAILURES,
    method: 'metricStoreFailed',
    description: 'Webhooks that could not be stored, because a write to the table or of a large body to S3 failed. The webhook is answered with 503, and the provider retries it.',
  },
  GUEST_UNIDENTIFIED: {
    name: 'GuestsUnidentified',
    unit: 'Count',
    widget: MetricWidget.FAILURES,
    method: 'metricGuestsUnidentified',
    description: 'Webhooks that were stored without the id of a guest or the hash of an email address, because the key that hashes contacts could not be read.',
  },
  DEAD_LETTERED: {
    name: 'RecordsDeadLettered',
    unit: 'Count',
    widget: MetricWidget.FAILURES,
    method: 'metricDeadLettered',
    description: 'Records that a function sent to the dead-letter queue, because it can never process them.',
  },
  SWEPT: {
    name: 'TransactionsSwept',
    unit: 'Count',
    widget: MetricWidget.FAILURES,
    method: 'metricSwept',
    description: 'Transactions that the sweep republished, because their workflow did not close them in time.',
  },
  GIVEN_UP: {
    name: 'TransactionsGivenUp',
    unit: 'Count',
    widget: MetricWidget.FAILURES,
    method: 'metricGivenUp',
    description: 'Transactions that the sweep gave up. Each also has a message in the dead-letter queue.',
  },
  OLDEST_OPEN: {
    name: 'OldestOpenTransactionAge',
    unit: 'Seconds',
    widget: MetricWidget.OPEN,
    method: 'metricOldestOpenTransactionAge',
    description: 'Time since the receipt of the oldest transaction to assess that is not yet assessed and alerted, without those that were given up. 0 if there is none.',
  },
  AWAITING_REDRIVE: {
    name: 'TransactionsAwaitingRedrive',
    unit: 'Count',
    widget: MetricWidget.OPEN,
    method: 'metricAwaitingRedrive',
    description: 'Transactions that the sweep gave up and that nobody has redriven. No value if there is none.',
  },
  UNCONFIRMED_RECIPIENTS: {
    name: 'AlertRecipientsUnconfirmed',
    unit: 'Count',
    widget: MetricWidget.FAILURES,
    method: 'metricAlertRecipientsUnconfirmed',
    description: 'Recipients of alerts without a confirmed subscription, measured each hour if `alertEmails` is set. If the topic cannot be read, all of them.',
  },
  SWEEP_COMPLETED: {
    name: 'SweepsCompleted',
    unit: 'Count',
    widget: MetricWidget.PROGRESS,
    method: 'metricSweepsCompleted',
    description: 'Sweeps that processed every due transaction without an error. One a minute is normal.',
  },
  RELAY_PROGRESS: {
    name: 'RelayHeartbeats',
    unit: 'Count',
    widget: MetricWidget.PROGRESS,
    method: 'metricRelayHeartbeats',
    description: 'Batches with a heartbeat of the sweep whose changes the event relay published. One a minute is normal.',
  },
  ARCHIVED_UNRENDERED: {
    name: 'ChangesArchivedUnrendered',
    unit: 'Count',
    widget: MetricWidget.FAILURES,
    method: 'metricArchivedUnrendered',
    description: 'Changes that were archived as they are in the stream, because their line could not be rendered.',
  },
  ARCHIVAL_PROGRESS: {
    name: 'ArchivalHeartbeats',
    unit: 'Count',
    widget: MetricWidget.PROGRESS,
    method: 'metricArchivalHeartbeats',
    description: 'Batches with a heartbeat of the sweep whose changes were archived. One in five minutes is normal.',
  },
  SCORES_FAILED: {
    name: 'ScoresFailed',
    unit: 'Count',
    widget: MetricWidget.FAILURES,
    method: 'metricScoresFailed',
    description: 'Calls of scoring functions of yours without a usable answer in time. The assessment continues with the points of `onFailure`. Functions that only shadow rules use do not count.',
  },
  ASSESSED: {
    name: 'TransactionsAssessed',
    unit: 'Count',
    widget: MetricWidget.ASSESSED,
    method: 'metricAssessed',
    description: 'Transactions that were assessed, each counted once.',
  },
  SUSPICIOUS: {
    name: 'SuspiciousTransactions',
    unit: 'Count',
    widget: MetricWidget.ASSESSED,
    method: 'metricSuspicious',
    description: 'Payments below the high tier that were sent to the workflow, because payments of the customer or with the card were declined shortly before.',
  },
  VERDICT: {
    name: 'Verdicts',
    unit: 'Count',
    dimension: MetricBy.VERDICT,
    widget: MetricWidget.VERDICTS,
    method: 'metricBlocked',
    description: 'Verdicts: `approve`, `review` or `block`.',
  },
  RULE_FIRED: {
    name: 'RulesFired',
    unit: 'Count',
    dimension: MetricBy.RULE,
    widget: MetricWidget.RULES,
    method: 'metricRuleFired',
    description: 'Transactions to which a fraud rule applied, each rule counted once.',
  },
  SHADOW_VERDICT: {
    name: 'ShadowVerdicts',
    unit: 'Count',
    dimension: MetricBy.VERDICT,
    widget: MetricWidget.SHADOW_VERDICTS,
    method: 'metricShadowVerdicts',
    description: 'Verdicts of the shadow rules: `approve`, `review`, `block`, or `failed` if the shadow rules could not be evaluated.',
  },
  SHADOW_RULE_FIRED: {
    name: 'ShadowRulesFired',
    unit: 'Count',
    dimension: MetricBy.RULE,
    widget: MetricWidget.SHADOW_RULES,
    method: 'metricShadowRuleFired',
    description: 'Transactions to which a shadow rule applied, each rule counted once.',
  },
  ASSESSED_AMOUNT: {
    name: 'AssessedAmount',
    unit: 'None',
    dimension: MetricBy.CURRENCY,
    widget: MetricWidget.AMOUNTS,
    method: 'metricAssessedAmount',
    description: 'Amounts of assessed transactions, in major units.',
  },
  VERDICT_LATENCY: {
    name: 'TimeToVerdict',
    unit: 'Milliseconds',
    widget: MetricWidget.LATENCY,
    method: 'metricTimeToVerdict',
    description: 'Time from an event to its verdict.',
  },
} as const satisfies { readonly [key: string]: MetricDefinition };

type MetricKey = keyof typeof METRICS;
export type MetricName = (typeof METRICS)[MetricKey]['name'];
/** The metrics that are published by provider and as a total. */
export type ProviderMetricName = Extract<(typeof METRICS)[MetricKey], { readonly dimension: 'Provider' }>['name'];
/** The metrics that have no values without their own dimension. */
export type DimensionedMetricName = Exclude<Extract<(typeof METRICS)[MetricKey], { readonly dimension: string }>['name'], ProviderMetricName>;

/** The value of a metric's own dimension: an argument only of metrics that have one. */
export type DimensionValue<Name extends MetricName> =
  Name extends ProviderMetricName ? [provider: string | undefined] : Name extends DimensionedMetricName ? [value: string] : [];

/** The names of the metrics. */
export const Metric = Object.fromEntries(Object.entries(METRICS).map(([key, { name }]) => [key, name])) as {
  readonly [key in MetricKey]: (typeof METRICS)[key]['name'];
};
