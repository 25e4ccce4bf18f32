/** Custom metrics, published through the embedded metric format. */
export const METRIC_NAMESPACE = 'WebhookProcessingSystem';
export const METRIC_DIMENSION = 'System';
export const Metric = {
  STORED: 'WebhooksStored',
  DUPLICATE: 'WebhooksDuplicate',
  REJECTED: 'WebhooksRejected',
  UNPARSED: 'WebhooksUnparsed',
  SECRET_NOT_SET: 'SecretNotSet',
  STORE_FAILED: 'StoreFailed',
  SWEPT: 'TransactionsSwept',
  DEAD_LETTERED: 'RecordsDeadLettered',
  ASSESSED: 'TransactionsAssessed',
  /** By verdict. */
  VERDICT: 'Verdicts',
  /** By rule. */
  RULE_FIRED: 'RulesFired',
  /** Major units of assessed transactions, by currency. */
  ASSESSED_AMOUNT: 'AssessedAmount',
  /** Milliseconds from the event to its verdict. */
  VERDICT_LATENCY: 'TimeToVerdict',
} as const;
export type MetricName = (typeof Metric)[keyof typeof Metric];

/** Dimensions beside the system's. */
export const MetricBy = { VERDICT: 'Verdict', RULE: 'Rule', CURRENCY: 'Currency' } as const;
