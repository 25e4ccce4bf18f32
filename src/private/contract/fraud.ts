/** The contract between the stack and the fraud detector: rules and assessments. */
import type { FactName, RiskLevel, Subject, ThreeDSecureOutcome } from './fraud-facts';
import type { TierConfig } from './tiers';

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
  /** The score that the rule adds. If its points depend on figures, the maximum. */
  readonly score: number;
}
/** An amount in major units, or a multiple of the high threshold of the payment's currency. Exactly one of them is set. */
interface AmountLimit {
  readonly amount?: number;
  /** Only with `amount`. If absent, the number applies in every currency. */
  readonly currency?: string;
  readonly timesHigh?: number;
}
/** Rules about a history. Default: the customer's. */
interface BySubject<S extends Subject = Subject> {
  readonly by?: S;
}
/** The lists of the deployment. The operators' entries in the table are always looked up in addition. */
interface Lists {
  /** `<provider>:<customer id>`. */
  readonly customers?: readonly string[];
  readonly countries?: readonly string[];
  /** First digits of card numbers. */
  readonly cards?: readonly string[];
  /** `<provider>:<fingerprint>`. */
  readonly cardFingerprints?: readonly string[];
  readonly emailDomains?: readonly string[];
}

export interface AmountAboveConfig extends RuleConfig<'amount-above'>, AmountLimit {}

/** At least one of the limits is set. The rule fires if one of them is exceeded. */
export interface VelocityConfig extends RuleConfig<'velocity'>, BySubject {
  readonly windowSeconds: number;
  /** More distinct transactions than this, including the present one. */
  readonly count?: number;
  /** More money than this, including the present transaction: in one currency, or a multiple of the high threshold in the payment's own currency. */
  readonly total?: AmountLimit;
}

/** More than `factor` times the median of at least `transactions` earlier ones in the same currency. */
export interface AmountSpikeConfig extends RuleConfig<'amount-spike'> {
  readonly factor: number;
  readonly transactions: number;
  readonly windowSeconds: number;
}

/** More than `above` of the shop's assessed payments were smaller. */
export interface AmountRankConfig extends RuleConfig<'amount-rank'> {
  /** From 0 to below 1. */
  readonly above: number;
}

export interface BlockedConfig extends RuleConfig<'blocked'>, Lists {}

/** If a list matches, all rules except `blocked` have no effect. The score is always 0. */
export interface AllowedConfig extends RuleConfig<'allowed'>, Lists {}

export type CountryMismatchConfig = RuleConfig<'country-mismatch'>;

/** At least `count` declined payments within the window. */
export interface RepeatedDeclinesConfig extends RuleConfig<'repeated-declines'>, BySubject {
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

/** A new card: at least `payments` earlier payments of the customer are by card, and all of them are with other cards. */
export interface NewCardConfig extends RuleConfig<'new-card'> {
  readonly payments: number;
}

/** More than `count` cards of a customer or an email address within the window, including the present one. */
export interface DistinctCardsConfig extends RuleConfig<'distinct-cards'>, BySubject<'customer' | 'email'> {
  readonly count: number;
  readonly windowSeconds: number;
}

/** More than `count` customers with one card (the default) or email address within the window, including the present one. */
export interface DistinctCustomersConfig extends RuleConfig<'distinct-customers'>, BySubject<'card' | 'email'> {
  readonly count: number;
  readonly windowSeconds: number;
}

/** The provider's own estimate: a score of at least `minimumScore`, or one of the levels. At least one of them is set. */
export interface ProviderRiskConfig extends RuleConfig<'provider-risk'> {
  readonly minimumScore?: number;
  readonly levels?: readonly RiskLevel[];
}

export interface ThreeDSecureConfig extends RuleConfig<'three-d-secure'> {
  readonly outcomes: readonly ThreeDSecureOutcome[];
}

/** At least one earlier payment within the window that is labeled as fraud, by a dispute or a person. */
export interface EarlierFraudConfig extends RuleConfig<'earlier-fraud'>, BySubject {
  readonly windowSeconds: number;
}

/** The points of the values from `from` up to the next interval. Points are never negative. */
export interface ScorecardInterval {
  readonly from: number;
  readonly points: number;
}

/** The points of one fact. The intervals are in ascending order. Below the first one, a known fact has no points. */
export interface ScorecardFact {
  readonly fact: FactName;
  readonly intervals: readonly ScorecardInterval[];
  /** The points if the fact is not known. Default: 0. */
  readonly missing?: number;
}

/** Adds the points of each fact. `score` is the sum of the maximum points of each fact. */
export interface ScorecardConfig extends RuleConfig<'scorecard'> {
  readonly facts: readonly ScorecardFact[];
}

/** Adds the score that a function of the user returns, at most `score`. */
export interface ScoredByConfig extends RuleConfig<'scored-by'> {
  readonly functionArn: string;
  readonly timeoutMillis: number;
  /** The points if the function fails or does not answer in time, from 0 to `score`. */
  readonly onFailure: number;
}

export type FraudRuleConfig =
  | AmountAboveConfig | VelocityConfig | AmountSpikeConfig | AmountRankConfig | BlockedConfig | AllowedConfig | CountryMismatchConfig
  | RepeatedDeclinesConfig | NewCustomerAboveConfig | OutsideHoursConfig | DuplicateAmountConfig | NewCardConfig | DistinctCardsConfig
  | DistinctCustomersConfig | ProviderRiskConfig | ThreeDSecureConfig | EarlierFraudConfig | ScorecardConfig | ScoredByConfig;

/** Rules that are applied together, and the thresholds of their sum. */
export interface RuleSetConfig {
  /** Minimum score for `review`. */
  readonly review: number;
  /** Minimum score for `block`. */
  readonly block: number;
  readonly rules: readonly FraudRuleConfig[];
}

export interface FraudConfig extends RuleSetConfig {
  /** The thresholds that the amounts of some rules follow. */
  readonly tiers: TierConfig;
  /** Rules that are evaluated, counted and stored, and have no effect on the verdict. */
  readonly shadow?: RuleSetConfig;
}
