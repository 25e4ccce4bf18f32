import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { WireItem } from './aws-server';
import { toDecimal } from '../../../handlers/domain/money';
import { NO_CURRENCY } from '../../../src/private/contract';

/** The result of one webhook, in readable form: the cells of a row. */
export type OutcomeRow = readonly string[];

const COLUMNS = [
  'payload', 'event', 'kind', 'status', 'amount', 'money_movement', 'live', 'account', 'reference', 'customer', 'method', 'country', 'card', 'event time', 'transaction', 'event id',
] as const;
const NOTHING = '–';
const MAX_CELL = 60;

/** Identifies a payload by its name and content. */
export function payloadKey(name: string, payload: Buffer): string {
  return `${name} (${createHash('sha256').update(payload).digest('hex').slice(0, 8)})`;
}

/** `moneyMovement`: whether the event would be a money movement in live mode. */
export function outcomeRow(key: string, item: WireItem, moneyMovement: boolean): OutcomeRow {
  const text = (name: string) => item[name]?.S;
  const isLive = item.live.BOOL === true;
  return [key, ...[
    text('provider_event'),
    text('kind'),
    text('status'),
    amountOf(item),
    item.money_movement.BOOL ? 'yes' : !isLive && moneyMovement && item.amount_minor ? 'if live' : 'no',
    isLive ? 'yes' : 'test',
    text('account'),
    text('reference'),
    text('customer_id'),
    text('payment_method'),
    text('country'),
    text('card_country'),
    text('event_time'),
    text('transaction_id')?.replace(`${text('provider')}:`, ''),
    text('event_id'),
  ].map((cell) => cut(cell ?? NOTHING))];
}

/** The decimal text, the currency, and the number of decimals that the provider uses. */
function amountOf({ amount_minor: minor, exponent, currency }: WireItem): string | undefined {
  const code = currency.S === NO_CURRENCY ? undefined : currency.S;
  return minor ? `${toDecimal(BigInt(minor.N!), Number(exponent.N))} ${code ?? 'without currency'} (${exponent.N})` : code;
}

function cut(cell: string): string {
  const isHash = /^(?:(?:body-)?sha256:)?[0-9a-f]{64}$/.test(cell);
  return isHash ? `${cell.slice(0, 19)}…` : cell.length > MAX_CELL ? `${cell.slice(0, MAX_CELL)}…` : cell;
}

const INTRODUCTION = `# Results of the published payloads

Each payload was published by a provider or a third party. The tests sign it as
the provider does and send it through the bundled validator. The tables show
the stored values. A payload is identified by its name and the first digits of
its SHA-256. A payload that is not listed must only be stored and parsed. To
update the page, run \`UPDATE_OUTCOMES=1 npx jest test/handlers/providers\`.

- **amount**: in major units, with the number of decimals that the provider uses.
- **money_movement**: \`yes\` for the one event that represents the money movement of its payment. \`if live\` if it would be \`yes\` in live mode.
- **live**: the value of a signed field, or \`yes\` without such a field.
- **transaction**, **event id**: as stored, without the name of the provider. Hashes are shortened.
`;

/** The file with all rows, in a table for each provider. */
export function formatOutcomes(rows: ReadonlyMap<string, readonly OutcomeRow[]>): string {
  const tables = [...rows].map(([provider, ofProvider]) => {
    const lines = [[...COLUMNS], COLUMNS.map(() => '---'), ...ofProvider].map((cells) => `| ${cells.map(escaped).join(' | ')} |`);
    return `\n## ${provider}\n\n${lines.join('\n')}\n`;
  });
  return INTRODUCTION + tables.join('');
}

/** The rows of the file, by provider and payload. A batch has several rows. */
export function parseOutcomes(path: string): Map<string, OutcomeRow[]> {
  const rows = new Map<string, OutcomeRow[]>();
  let provider = '';
  for (const line of existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []) {
    provider = /^## (.+)$/.exec(line)?.[1] ?? provider;
    const cells = /^\| (.+) \|$/.exec(line)?.[1].split(/ \| /).map(unescaped);
    if (cells && cells[0] !== COLUMNS[0] && cells[0] !== '---') {
      const key = `${provider}/${cells[0]}`;
      rows.set(key, [...rows.get(key) ?? [], cells]);
    }
  }
  return rows;
}

function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function unescaped(cell: string): string {
  return cell.replaceAll('\\|', '|');
}
