import type { OpenTransaction } from './open-listing';
import type { RetriedTransaction } from './open-retry';
import { toDecimal, withThousands } from '../../handlers/domain/money';
import { SWEEP_ATTEMPTS } from '../../src/private/contract';
import { alignedRows, countOf } from '../terminal/aligned-rows';
import { textColumns } from '../terminal/text-columns';
import { spanText } from '../terminal/time-span';
import { visibleText } from '../terminal/visible-text';

/** Open transactions, and those that were given up, in two tables. */
export function openLines(transactions: readonly OpenTransaction[], now: Date): string[] {
  const open = transactions.filter(({ givenUpAt }) => givenUpAt === undefined);
  const givenUp = transactions.filter(({ givenUpAt }) => givenUpAt !== undefined);
  const rows = (of: readonly OpenTransaction[], time: (each: OpenTransaction) => string) => of.map((each) => [
    ageOf(each.receivedAt, now), openAmount(each), `${each.attempts} of ${SWEEP_ATTEMPTS}`, time(each), ageOf(each.claimedAt, now), each.verdict ?? '-',
    visibleText(each.transactionId), visibleText(each.timestamp),
  ].map((text) => visibleText(text)));
  const titles = (time: string) => ['age', 'amount', 'attempts', time, 'claimed', 'verdict', 'transaction', 'timestamp'];
  return [
    open.length > 0 ? `${countOf(open.length, 'open transaction')}:` : 'No open transactions.',
    ...open.length > 0 ? textColumns(titles('next sweep'), rows(open, ({ nextSweepAt }) => `in ${timeUntil(nextSweepAt, now)}`)) : [],
    ...givenUp.length > 0 ? [
      `${countOf(givenUp.length, 'transaction')} given up by the sweep. Fix the cause, then run \`cdk-webhooks open retry --all\`:`,
      ...textColumns(titles('given up'), rows(givenUp, ({ givenUpAt }) => `${ageOf(givenUpAt, now)} ago`)),
    ] : [],
  ];
}

export function openJson(transactions: readonly OpenTransaction[]): object[] {
  return transactions.map((each) => ({
    transaction_id: each.transactionId,
    timestamp: each.timestamp,
    received_at: each.receivedAt,
    amount_minor: each.amountMinor,
    exponent: each.exponent,
    currency: each.currency,
    attempts: each.attempts,
    next_sweep_at: each.givenUpAt === undefined ? each.nextSweepAt : undefined,
    claimed_at: each.claimedAt,
    claim_owner: each.claimOwner,
    verdict: each.verdict,
    given_up_at: each.givenUpAt,
  }));
}

function openAmount({ amountMinor, exponent, currency = '' }: OpenTransaction): string {
  return amountMinor === undefined || exponent === undefined ? '-' : `${withThousands(toDecimal(BigInt(amountMinor), exponent))} ${currency}`;
}

function ageOf(time: string | undefined, now: Date): string {
  const millis = now.getTime() - Date.parse(time ?? '');
  return Number.isNaN(millis) ? '-' : spanText(millis);
}

function timeUntil(time: string, now: Date): string {
  return spanText(Math.max(0, Date.parse(time) - now.getTime()));
}

/** What a retry did. */
export function retriedLines(retried: readonly RetriedTransaction[]): string[] {
  const returned = retried.filter(({ result }) => result.outcome === 'returned').length;
  const rest = retried.flatMap(({ transactionId, result }) => result.outcome === 'returned' ? [] : [[visibleText(transactionId), visibleText(result.reason)] as const]);
  return [
    ...returned > 0 ? [`${countOf(returned, 'transaction')} given back. The sweep republishes within a minute.`] : [],
    ...rest.length > 0 ? [`${countOf(rest.length, 'transaction')} not changed:`, ...alignedRows(rest)] : [],
  ];
}

export function retriedJson(retried: readonly RetriedTransaction[]): object[] {
  return retried.map(({ transactionId, timestamp, result }) => ({ transaction_id: transactionId, timestamp, ...result }));
}
