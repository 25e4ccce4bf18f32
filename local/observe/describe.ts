import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Observed, TableItem } from './observations';
import { NONE, type Outcome } from './outcome';
import { Attr, RecordType } from '../../src/private/contract';

/** Some providers require a fixed word instead of JSON. Of an error page, only the beginning is shown. */
const MAX_PLAIN_ANSWER = 20;
const DETAIL_TYPE_PREFIX = 'transaction.';
/** Events, rules and alerts in the order of processing. */
const ORDER = ['received', 'assessed', 'blocked', 'low', 'medium', 'high', 'suspicious', 'Medium', 'High', 'REVIEW', 'BLOCK'];

/** An HTTP response. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Describes the observations of some events as an outcome. */
export function describeOutcome(answer: string, { items, busEvents, matches, alerts, changes }: Observed): Outcome {
  return {
    answer,
    item: tally(items.map(describeItem).sort()),
    // Both are delivered at least once: a repeated message is not another event.
    events: tally(inOrder(distinct(busEvents, (event) => [event.detail.event_id, event['detail-type'].replace(DETAIL_TYPE_PREFIX, '')]))),
    rule: tally(inOrder(distinct(matches, ({ rule, event }) => [event.detail.event_id, rule]))),
    verdict: tally(items.filter((item) => item[Attr.VERDICT]).map(describeVerdict)),
    reasons: items.flatMap((item) => item[Attr.REASONS]?.L ?? []).map(({ S }) => S).join('; ') || NONE,
    alert: tally(inOrder(alerts.map(({ text }) => text.split(':')[0]))),
    audit: changes.length > 0 ? String(changes.length) : NONE,
  };
}

/** The status and result of each answer. Statuses that request a retry come first, and stored comes before duplicate. */
export function describeAnswers(answers: readonly Answer[]): string {
  return tally(answers.map(describeAnswer).sort().reverse());
}

function describeAnswer({ status, body }: Answer): string {
  try {
    const { result, error } = JSON.parse(body) as { readonly result?: string; readonly error?: string };
    return `${status} ${result ?? error}`;
  } catch {
    return `${status} ${body.slice(0, MAX_PLAIN_ANSWER)}`;
  }
}

function describeItem(item: TableItem): string {
  const type = item[Attr.RECORD_TYPE]?.S;
  if (type !== RecordType.TRANSACTION) {
    return `record of type ${type}`;
  }
  const amount = item[Attr.AMOUNT_MINOR] ? ` ${decimal(item[Attr.AMOUNT_MINOR], item[Attr.EXPONENT])} ${item[Attr.CURRENCY]?.S}` : ', no amount';
  const marks = [
    ...item[Attr.LIVE]?.BOOL ? [] : ['test mode'],
    ...item[Attr.BODY_KEY] ? ['body in S3'] : [],
    ...item[Attr.FETCHED]?.BOOL ? ['fetched'] : [],
    ...item[Attr.ERASED_AT] ? ['erased'] : [],
    ...item[Attr.LABEL] ? [`labeled ${item[Attr.LABEL].S} by ${item[Attr.LABELED_BY]?.S}`] : [],
  ];
  return [`${item[Attr.KIND]?.S}${amount}`, ...marks].join(', ');
}

/** Computed independently of the handlers' code, which is under test. Written as in alerts: 12,345.67. */
function decimal(minor: AttributeValue, exponent: AttributeValue | undefined): string {
  const places = Number(exponent?.N);
  const digits = String(minor.N).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places).replace(/\B(?=(\d{3})+$)/g, ',');
  return places > 0 ? `${whole}.${digits.slice(-places)}` : whole;
}

function describeVerdict(item: TableItem): string {
  const sweeps = Number(item[Attr.SWEEPS]?.N ?? 0);
  const verdict = `${item[Attr.VERDICT].S} (${item[Attr.SCORE]?.N})`;
  return sweeps > 0 ? `${verdict} after ${sweeps} sweep${sweeps > 1 ? 's' : ''}` : verdict;
}

/** Keeps each pair of event id and text once, and returns the texts. */
function distinct<T>(values: readonly T[], pair: (value: T) => readonly [id: string, text: string]): string[] {
  return [...new Map(values.map(pair).map(([id, text]) => [`${id} ${text}`, text])).values()];
}

function inOrder(texts: readonly string[]): string[] {
  return [...texts].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
}

/** `received, 2 × assessed`: equal texts are counted. */
export function tally(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  texts.forEach((text) => counts.set(text, (counts.get(text) ?? 0) + 1));
  return [...counts].map(([text, count]) => count > 1 ? `${count} × ${text}` : text).join(', ') || NONE;
}
