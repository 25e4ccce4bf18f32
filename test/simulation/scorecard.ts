import type { Judged } from './replay';

/** How well verdicts distinguish fraud from honest payments. */
export interface Scorecard {
  /** The share of fraud among the payments that were not approved. */
  readonly precision: number;
  /** The share of the fraudulent payments that was not approved. */
  readonly recall: number;
  /** A text for people. */
  readonly text: string;
}

/** Counts verdicts on high-value payments. */
export function scorecardOf(title: string, judged: readonly Judged[]): Scorecard {
  const frauds = judged.filter(({ event }) => event.fraud !== undefined);
  const stopped = judged.filter(isStopped);
  const caught = frauds.filter(isStopped);
  const blocked = frauds.filter(({ result }) => result.verdict === 'block');
  const precision = caught.length / stopped.length;
  const recall = caught.length / frauds.length;
  const patterns = [...new Set(frauds.map(({ event }) => event.fraud!))].sort();
  return {
    precision,
    recall,
    text: [
      `${title}: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}, blocked ${(blocked.length / frauds.length).toFixed(3)}`,
      line('honest', judged.filter(({ event }) => event.fraud === undefined)),
      ...patterns.map((pattern) => line(pattern, frauds.filter(({ event }) => event.fraud === pattern))),
      '',
    ].join('\n'),
  };
}

function isStopped({ result }: Judged): boolean {
  return result.verdict !== 'approve';
}

function line(label: string, judged: readonly Judged[]): string {
  const count = (verdict: string) => String(judged.filter(({ result }) => result.verdict === verdict).length).padStart(3);
  return `  ${label.padEnd(22)}${String(judged.length).padStart(4)} payments: ${count('approve')} approved, ${count('review')} reviewed, ${count('block')} blocked`;
}
