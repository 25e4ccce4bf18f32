import type { FaultName } from './fault';

export type Part = 'validator' | 'relay' | 'archival' | 'detector' | 'sweep' | 'whole way';

/** The result of a part under a fault. An absent number does not apply to the part. */
export interface FaultRow {
  readonly part: Part;
  readonly fault: FaultName | 'all, 20 %';
  readonly injected: number;
  /** What the part was given, with repetitions: webhooks, stream records, assessments, open transactions. */
  readonly sent: number;
  /** What the part reported as done. */
  readonly acknowledged: number;
  readonly lost: number;
  readonly storedTwice?: number;
  /** Written verdicts, and the transactions that they are for. */
  readonly verdicts?: { readonly written: number; readonly transactions: number };
  /** What arrived more than once behind the part. */
  readonly duplicates?: number;
  readonly deadLetters?: number;
  readonly timeouts: number;
}

/** What a part measures itself. */
export type PartResult = Omit<FaultRow, 'part' | 'fault' | 'injected'>;

/** Why a row is not acceptable; empty if it is. */
export function defectsOf({ injected, lost, storedTwice = 0, verdicts }: FaultRow): string[] {
  return [
    ...injected === 0 ? ['the fault was not injected'] : [],
    ...lost > 0 ? [`lost ${lost}`] : [],
    ...storedTwice > 0 ? [`stored ${storedTwice} twice`] : [],
    ...verdicts && verdicts.written > verdicts.transactions ? ['a transaction got a second verdict'] : [],
  ];
}

const COLUMNS: readonly (readonly [title: string, value: (row: FaultRow) => string | number | undefined])[] = [
  ['part', ({ part }) => part],
  ['fault', ({ fault }) => fault],
  ['injected', ({ injected }) => injected],
  ['sent', ({ sent }) => sent],
  ['acknowledged', ({ acknowledged }) => acknowledged],
  ['lost', ({ lost }) => lost],
  ['stored twice', ({ storedTwice }) => storedTwice],
  ['verdicts', ({ verdicts }) => verdicts && `${verdicts.written} for ${verdicts.transactions}`],
  ['duplicates downstream', ({ duplicates }) => duplicates],
  ['dead letters', ({ deadLetters }) => deadLetters],
  ['time-outs', ({ timeouts }) => timeouts],
];

/** The rows as a table in Markdown. */
export function tableOf(rows: readonly FaultRow[]): string {
  const cells = rows.map((row) => COLUMNS.map(([, value]) => String(value(row) ?? '-')));
  const titles = COLUMNS.map(([title]) => title);
  return [titles, titles.map((_, index) => index < 2 ? '---' : '---:'), ...cells].map((line) => `| ${line.join(' | ')} |`).join('\n');
}
