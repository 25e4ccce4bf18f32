import { FACTS, type FraudConfig, type ScorecardFact, type TierConfig } from '../../../src/private/contract';
import { UsageError } from '../../terminal/usage-error';
import { visibleText } from '../../terminal/visible-text';

/** A scorecard that `fit` writes and `FraudRule.scorecardFromFile` reads. */
export interface ScorecardFile {
  readonly version: 1;
  readonly facts: readonly ScorecardFact[];
  /** For `fraudReviewScore`. */
  readonly reviewScore: number;
  /** For `fraudBlockScore`. Absent if no number of points is precise enough. */
  readonly blockScore?: number;
}

/** The maximum points of a fact. */
export function mostPoints({ intervals, missing = 0 }: ScorecardFact): number {
  return Math.max(missing, ...intervals.map(({ points }) => points));
}

/** The scorecard in the content of a file. `what` names the file. */
export function scorecardIn(content: object, what: string): ScorecardFile {
  const { version, facts } = content as Partial<ScorecardFile>;
  if (version !== 1 || !Array.isArray(facts)) {
    throw new UsageError(`--rules: the scorecard ${what} must have the version 1, got: ${visibleText(String(version))}. Use the version of the tool that wrote it.`);
  }
  if ((facts as readonly (ScorecardFact | null)[]).some((each) => !Array.isArray(each?.intervals))) {
    throw new UsageError(`--rules: the scorecard ${what} must have \`intervals\` for each fact.`);
  }
  const unknown = (facts as readonly ScorecardFact[]).find(({ fact }) => !Object.hasOwn(FACTS, fact));
  if (unknown !== undefined) {
    throw new UsageError(`--rules: the scorecard ${what} has the fact '${visibleText(String(unknown.fact))}', which this version of the tool does not have.`);
  }
  return content as ScorecardFile;
}

/** A rule set with a scorecard only. Without a score for a block, the rule set has one that no payment reaches. */
export function scorecardRules({ facts, reviewScore, blockScore }: ScorecardFile, tiers: TierConfig): FraudConfig {
  const score = facts.reduce((sum, fact) => sum + mostPoints(fact), 0);
  return { tiers, review: reviewScore, block: blockScore ?? Math.max(score, reviewScore) + 1, rules: [{ rule: 'scorecard', score, facts }] };
}
