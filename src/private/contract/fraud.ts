/** The contract between the stack and the fraud detector: rules and assessments. */

export type Verdict = 'approve' | 'review' | 'block';

/** A stored assessment. */
export interface AssessmentResult {
  readonly verdict: Verdict;
  readonly score: number;
  readonly reasons: readonly string[];
  /** The version of the rules that were applied. */
  readonly rule_set: string;
}

interface RuleConfig<Name extends string> {
  readonly rule: Name;
  readonly score: number;
}
/** Major units. */
interface AmountLimit {
  readonly amount: number;
  /** If absent, the number applies in every currency. */
  readonly currency?: string;
}

export interface AmountAboveConfig extends RuleConfig<'amount-above'>, AmountLimit {}

/** One of both limits, or both. The rule fires if any of them is exceeded. */
export interface VelocityConfig extends RuleConfig<'velocity'> {
  readonly windowSeconds: number;
  /** More distinct transactions than this, including the present one. */
  readonly count?: number;
  /** More money than this in one currency, including the present transaction. */
  readonly total?: AmountLimit & { readonly currency: string };
}

/** More than `factor` times the median of at least `transactions` earlier ones in the same currency. */
export interface AmountSpikeConfig extends RuleConfig<'amount-spike'> {
  readonly factor: number;
  readonly transactions: number;
  readonly windowSeconds: number;
}

/** The lists of the deployment. The operators' entries in the table are always looked up in addition. */
export interface BlockedConfig extends RuleConfig<'blocked'> {
  /** `<provider>:<customer id>`. */
  readonly customers?: readonly string[];
  readonly countries?: readonly string[];
  /** First digits of card numbers. */
  readonly cards?: readonly string[];
  readonly emailDomains?: readonly string[];
}

export type CountryMismatchConfig = RuleConfig<'country-mismatch'>;

/** At least `count` declined payments of the customer within the window. */
export interface RepeatedDeclinesConfig extends RuleConfig<'repeated-declines'> {
  readonly count: number;
  readonly windowSeconds: number;
}

/** Above an amount, by a customer whose first transaction is younger than `ageSeconds`. */
export interface NewCustomerAboveConfig extends RuleConfig<'new-customer-above'>, AmountLimit {
  readonly ageSeconds: number;
}

/** Outside the hours `startHour` (included) to `endHour` (excluded), 0 to 24, of a time zone; `startHour` can be after `endHour`. */
export interface OutsideHoursConfig extends RuleConfig<'outside-hours'> {
  readonly startHour: number;
  readonly endHour: number;
  /** IANA name. */
  readonly timeZone: string;
}

/** The same amount in the same currency, at least `count` times within the window, including the present one. */
export interface DuplicateAmountConfig extends RuleConfig<'duplicate-amount'> {
  readonly count: number;
  readonly windowSeconds: number;
}

export type FraudRuleConfig =
  | AmountAboveConfig | VelocityConfig | AmountSpikeConfig | BlockedConfig | CountryMismatchConfig | RepeatedDeclinesConfig
  | NewCustomerAboveConfig | OutsideHoursConfig | DuplicateAmountConfig;

export interface FraudConfig {
  /** Minimum score for `review`. */
  readonly review: number;
  /** Minimum score for `block`. */
  readonly block: number;
  readonly rules: readonly FraudRuleConfig[];
}
