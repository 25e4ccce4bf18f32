import type { ObservedEvent } from './observed-event';
import type { TextColors } from '../terminal/text-colors';
import { visibleText } from '../terminal/visible-text';

interface Column {
  readonly title: string;
  /** A longer text moves the columns after it, and those of later lines. */
  readonly width: number;
  readonly right?: boolean;
  readonly text: (event: ObservedEvent) => string | undefined;
}

const COLUMNS: readonly Column[] = [
  { title: 'TIME (UTC)', width: 10, text: ({ time }) => time.slice('YYYY-MM-DDT'.length, 'YYYY-MM-DDTHH:mm:ss'.length) },
  { title: 'WHAT', width: 8, text: ({ what }) => what },
  { title: 'PROVIDER', width: 8, text: ({ provider }) => provider },
  { title: 'PAYMENT', width: 27, text: ({ provider, transaction_id: id }) => provider !== undefined && id?.startsWith(`${provider}:`) ? id.slice(provider.length + 1) : id },
  { title: 'AMOUNT', width: 13, right: true, text: ({ amount, currency }) => amount && `${amount} ${currency ?? ''}`.trim() },
  { title: 'TIER', width: 6, text: ({ tier }) => tier },
  { title: 'KIND', width: 10, text: ({ kind, live }) => live === false ? `${kind} (test)` : kind },
  { title: 'REFERENCE', width: 18, text: ({ reference }) => reference },
  { title: 'RESULT', width: 0, text: (event) => verdictText(event) },
];
const NONE = '-';

/** Makes one aligned line of each event. Widths only grow, because earlier lines cannot change. */
export class ObservedLines {
  private readonly widths = COLUMNS.map(({ width, title }) => Math.max(width, title.length));

  constructor(private readonly colors: TextColors, providers: readonly string[]) {
    const column = COLUMNS.findIndex(({ title }) => title === 'PROVIDER');
    this.widths[column] = Math.max(this.widths[column], ...providers.map(({ length }) => length));
  }

  public header(): string {
    return this.colors.dim(COLUMNS.map(({ title }, index) => this.padded(title, index)).join('  ').trimEnd());
  }

  public line(event: ObservedEvent): string {
    const cells = COLUMNS.map(({ text }) => visibleText(text(event) ?? NONE));
    cells.forEach((cell, index) => {
      this.widths[index] = Math.max(this.widths[index], index < COLUMNS.length - 1 ? cell.length : 0);
    });
    return this.colorOf(event)(cells.map((cell, index) => this.padded(cell, index)).join('  ').trimEnd());
  }

  private padded(text: string, index: number): string {
    return COLUMNS[index].right ? text.padStart(this.widths[index]) : text.padEnd(this.widths[index]);
  }

  private colorOf({ what, verdict, tier }: ObservedEvent): (text: string) => string {
    const { red, yellow, green, cyan } = this.colors;
    if (verdict !== undefined) {
      return verdict === 'block' ? red : verdict === 'review' ? yellow : green;
    }
    return what === 'alert' || tier === 'high' ? cyan : (text) => text;
  }
}

function verdictText({ verdict, score, reasons = [], provider, text }: ObservedEvent): string | undefined {
  if (verdict === undefined) {
    return provider === undefined ? text : undefined;
  }
  return [`${verdict}${score === undefined ? '' : ` (${score})`}`, ...reasons].join('; ');
}
