import type { Row, Unit } from './figures';
import { medianInterval } from './statistics';

/** A candidate of a comparison. Each measurement is one run. */
export interface Candidate {
  readonly id: string;
  readonly label: string;
  readonly measure: () => number | Promise<number>;
}

/**
 * Measures candidates in turns, so that other work on the machine affects all of
 * them. The order is reversed in every second round. A ratio is the median of the
 * ratios of the rounds. The first candidate is the baseline.
 */
export async function compareInTurns(candidates: readonly Candidate[], unit: Unit, rounds: number): Promise<Row[]> {
  const measured = new Map<Candidate, number[]>(candidates.map((candidate) => [candidate, []]));
  // The first run fills caches and compiles code.
  for (const candidate of candidates) {
    await candidate.measure();
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const candidate of round % 2 === 0 ? candidates : [...candidates].reverse()) {
      measured.get(candidate)!.push(await candidate.measure());
    }
  }
  const baseline = measured.get(candidates[0])!;
  return candidates.map((candidate) => {
    const values = measured.get(candidate)!;
    return {
      id: candidate.id,
      label: candidate.label,
      unit,
      figure: medianInterval(values),
      ratio: medianInterval(values.map((value, round) => value / baseline[round])),
    };
  });
}
