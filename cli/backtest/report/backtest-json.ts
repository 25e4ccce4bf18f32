import type { BacktestResult, Comparison } from '../backtest-result';
import { replayedRules } from '../rule-evaluation';

/** The result for programs. Without the curves, which have a point for each payment. */
export function backtestJson({ ruleSets, assessed, all, ...rest }: BacktestResult): object {
  return {
    ...rest,
    ruleSets: ruleSets.map(({ config, byRule, ...each }) => ({
      ...each,
      review: config.review,
      block: config.block,
      byRule: byRule.map(({ place, ...measures }) => ({ ...measures, rule: replayedRules(config)[place] })),
    })),
    equalAlerts: { assessed: comparisonJson(assessed), all: comparisonJson(all) },
  };
}

/** The results of each way, without its curve. */
export function comparisonJson({ payments, fraud, ways }: Comparison): object {
  return { payments, fraud, ways: ways.map(({ curve: _, ...way }) => way) };
}
