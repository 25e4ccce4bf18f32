import { accountShop, guestShop } from './simulated-shops';
import { fitScorecard, type FittedScorecard } from '../../../cli/backtest/fit-scorecard';
import { thresholdsForShare } from '../../../cli/backtest/history/shop-thresholds';
import { replayPayments } from '../../../cli/backtest/replayed-payments';

const fitted = (...args: Parameters<typeof fitScorecard>) => fitScorecard(...args) as FittedScorecard;

test.each([
  ['accounts', accountShop, 11], ['guests', guestShop, 21],
])('a scorecard of a shop of %s finds at least what an amount threshold does, and about what a regression does', (_, shop, seed) => {
  const events = shop(seed);
  const tiers = thresholdsForShare(events, 0.05);
  const payments = replayPayments(events, { tiers, ruleSets: [], factsOf: 'assessed' });

  for (const alertsPer1000 of [10, 30]) {
    const { comparison } = fitted(payments, { tiers, reviewScore: 40, blockPrecision: 0.9, alertsPer1000 });
    const recallOf = (name: string) => comparison.find((way) => way.name === name)!.recall!;

    expect(recallOf('scorecard')).toBeGreaterThanOrEqual(recallOf('amount threshold'));
    expect(recallOf('scorecard')).toBeGreaterThanOrEqual(recallOf('logistic regression') - 0.05);
  }
});
