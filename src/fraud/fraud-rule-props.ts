/** Options of every rule. */
export interface FraudRuleProps {
  /** The score that the rule adds if it applies. A whole number from 1 to 1,000. */
  readonly score: number;
}
