import type { FraudRuleProps } from './fraud-rule-props';
import type { FraudRiskLevel, ThreeDSecureResult } from './fraud-values';

/** Options of `FraudRule.providerRisk`. Set `minimumScore`, `levels` or both: the rule applies if one of them matches. */
export interface ProviderRiskProps extends FraudRuleProps {
  /**
   * The minimum risk score of the provider. From 1 to 100. Each provider has its own scale.
   *
   * @default - scores are not compared; `levels` is required
   */
  readonly minimumScore?: number;

  /**
   * The risk levels that the rule applies to.
   *
   * @default - levels are not compared; `minimumScore` is required
   */
  readonly levels?: FraudRiskLevel[];
}

/** Options of `FraudRule.threeDSecure`. */
export interface ThreeDSecureProps extends FraudRuleProps {
  /** The results that the rule applies to. */
  readonly outcomes: ThreeDSecureResult[];
}

/** Options of `FraudRule.outsideHours`. */
export interface OutsideHoursProps extends FraudRuleProps {
  /** The full hour at which the usual hours begin. From 0 to 23. */
  readonly startHour: number;

  /** The full hour at which they end, from 0 to 24. If it is before `startHour`, they last past midnight. */
  readonly endHour: number;

  /** The IANA name of the time zone of the hours, such as `Europe/Berlin`. Daylight saving time is applied. */
  readonly timeZone: string;
}
