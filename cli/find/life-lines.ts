import type { TransactionLife, StepState } from './transaction-life';
import { alignedRows } from '../terminal/aligned-rows';
import type { TextColors } from '../terminal/text-colors';
import { visibleText } from '../terminal/visible-text';

const SIGNS: { readonly [state in StepState]: string } = { done: '✓', open: '…', unknown: '?', problem: '✗' };

/** The life of a transaction as lines for a terminal. */
export function lifeLines(life: TransactionLife, colors: TextColors): string[] {
  const { transaction_id: id, timestamp, steps, links, event_id: event, reference, customer_id: customer } = life;
  const color: { readonly [state in StepState]: (text: string) => string } = {
    done: colors.green, open: colors.yellow, unknown: colors.dim, problem: colors.red,
  };
  const facts: ReadonlyArray<readonly [string, string | undefined]> = [
    ['event', event],
    ['sort key', timestamp],
    ['reference', reference],
    ['customer', customer],
    ['label', labelText(life)],
    ['payment page', links.payment],
    ['table item', links.item],
    ['execution', links.execution],
  ];
  return [
    `${colors.bold(visibleText(id))}  ${visibleText(lifeHeadline(life))}`,
    ...alignedRows(facts.flatMap(([label, value]) => value === undefined ? [] : [[label, visibleText(value)] as const])),
    ...alignedRows(steps.map(({ step, at = '', text }) => [step, `${at.padEnd(24)}  ${visibleText(text)}`] as const))
      .map((line, index) => `  ${color[steps[index].state](SIGNS[steps[index].state])}${line.slice(1)}`),
  ];
}

/** `fraud, by dispute, 2026-01-31T12:00:00.000Z`. An erased item has no author. */
function labelText({ label, labeled_by: author, labeled_at: at }: TransactionLife): string | undefined {
  return label && [label, ...author ? [`by ${author}`] : [], ...at ? [at] : []].join(', ');
}

/** `captured 12,345.00 EUR, high, test mode (payment_intent.succeeded)`. */
function lifeHeadline({ provider_event: name, kind, amount, currency, tier, live, money_movement: moves }: TransactionLife): string {
  const parts = [
    amount === undefined ? `${kind}, no amount` : `${kind} ${amount} ${currency}`,
    ...tier === undefined ? [] : [tier],
    ...moves === false ? ['not a money movement'] : [],
    ...live === false ? ['test mode'] : [],
  ];
  return `${parts.join(', ')} (${name})`;
}
