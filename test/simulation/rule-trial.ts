import { earlierRules } from './earlier-rules';
import type { PresentRules } from './month-results';
import { SHOP_DESIGNS, type ShopDesign } from './shop-designs';
import { simulatedPayments } from './simulated-payments';
import { amountRanking } from '../../cli/backtest/baselines';
import { ruleSetRanking, withEqualAlerts } from '../../cli/backtest/equal-alerts';
import { measuresOf } from '../../cli/backtest/measures';
import { replayPayments } from '../../cli/backtest/replayed-payments';

/** Tries rules on one month of each design and seed, and describes each in a line. This is faster than computing the tables. */
export function tryRules(tried: PresentRules, seeds: readonly number[]): string[] {
  return SHOP_DESIGNS.flatMap((design) => Object.keys(design.difficulties).flatMap((difficulty) => seeds
    .map((seed) => `${design.name}, ${difficulty}, seed ${seed}: ${trial(design, difficulty, seed, tried)}`)));
}

function trial(design: ShopDesign, difficulty: string, seed: number, { rules, scope }: PresentRules): string {
  const events = design.generate(seed, design.difficulties[difficulty]);
  const payments = replayPayments(simulatedPayments(events, design.tiers), {
    tiers: design.tiers,
    scope,
    ruleSets: [earlierRules(design.tiers), rules(design)],
    factsOf: 'none',
    from: new Date(design.start).toISOString(),
  });
  const { alerts, precision = NaN, recall = NaN, recallOfAll = NaN, caught, fraud } = measuresOf(payments, 1);
  const before = measuresOf(payments.filter(({ tier }) => tier === 'high'), 0);
  const [byAmount] = withEqualAlerts(payments, new Map([['amount', amountRanking(design.tiers)]]), alerts);
  const [same] = withEqualAlerts(payments, new Map([['rules', ruleSetRanking(1)]]), before.alerts);
  return `${alerts} alerts, precision ${precision.toFixed(2)}, recall ${recall.toFixed(2)}, of all ${recallOfAll.toFixed(2)} (${caught} of ${fraud}), `
    + `amount threshold ${byAmount.caught.toFixed(0)}; with ${before.alerts} alerts: ${same.caught.toFixed(0)}, earlier rules ${before.caught}`;
}
