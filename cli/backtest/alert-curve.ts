/** A payment with a number by which payments are ranked. The highest ones are alerted first. */
export interface RankedPayment {
  readonly score: number;
  readonly isFraud: boolean;
}

/** The fraud that a number of alerts finds. */
export interface AlertPoint {
  readonly alerts: number;
  readonly caught: number;
  /** The lowest score of the alerted payments. */
  readonly threshold: number;
}

/** The fraud that is found if the payments with the highest scores are alerted, for each threshold. Begins without an alert. */
export function alertCurve(payments: readonly RankedPayment[]): AlertPoint[] {
  const ranked = [...payments].sort((one, other) => other.score - one.score);
  const points: AlertPoint[] = [{ alerts: 0, caught: 0, threshold: Infinity }];
  let caught = 0;
  ranked.forEach(({ score, isFraud }, index) => {
    caught += Number(isFraud);
    if (ranked[index + 1]?.score !== score) {
      points.push({ alerts: index + 1, caught, threshold: score });
    }
  });
  return points;
}

/**
 * The fraud that a number of alerts finds. If the number ends between two points, payments have the same score there: of
 * these, the average over all orders counts.
 */
export function caughtWith(curve: readonly AlertPoint[], alerts: number): number {
  const next = curve.findIndex((point) => point.alerts >= alerts);
  if (next <= 0) {
    return next === 0 ? 0 : curve[curve.length - 1].caught;
  }
  const [before, after] = [curve[next - 1], curve[next]];
  return before.caught + (after.caught - before.caught) * (alerts - before.alerts) / (after.alerts - before.alerts);
}
