import { randomUUID } from 'node:crypto';
import type { EventEnvelope, TransactionAssessedEvent, TransactionBlockedEvent, TransactionEvent, TransactionReceivedEvent } from '.';
import { builtTransaction, withoutUndefined, type BuiltTransaction } from './built-transaction';
import { requireValidFields } from './field-checks';
import { requireKnownName } from './known-name';
import type { TransactionAssessedDetail, TransactionBlockedDetail, TransactionReceivedDetail } from '../events/index';
import { tierAlert, verdictAlert, type AlertOrigin } from '../handlers/alerts/alert-text';
import { toDecimal, withThousands } from '../handlers/domain/money';
import { DetailType, type Verdict } from '../src/private/contract';

const SOURCE_PREFIX = 'webhook-processing-system.';
const ENVELOPE: readonly (keyof EventEnvelope)[] = ['id', 'source', 'account', 'time', 'region', 'resources'];
/** The time from the receipt of a webhook to its events, in milliseconds. */
const DELAY = { received: 1000, assessed: 3000 } as const;
const SECOND = 1000;

export function transactionReceived(overrides: Partial<TransactionReceivedDetail> = {}, envelope: EventEnvelope = {}): TransactionReceivedEvent {
  const around = envelopeOf(DetailType.RECEIVED, envelope, DELAY.received, overrides.received_at);
  requireValidFields(DetailType.RECEIVED, overrides);
  const transaction = builtTransaction(overrides, { receivedAt: around.receivedAt, amount: 42 });
  const detail = { ...transaction, ...tierAlert(transaction, originOf(around.event)), ...overrides };
  return { ...around.event, detail: withoutUndefined(detail) as TransactionReceivedDetail };
}

export function transactionAssessed(overrides: Partial<TransactionAssessedDetail> = {}, envelope: EventEnvelope = {}): TransactionAssessedEvent {
  const around = envelopeOf(DetailType.ASSESSED, envelope, DELAY.assessed, overrides.received_at);
  requireValidFields(DetailType.ASSESSED, overrides);
  return { ...around.event, detail: assessedDetail(overrides, around, { verdict: 'approve', amount: 25_000 }) };
}

export function transactionBlocked(overrides: Partial<TransactionBlockedDetail> = {}, envelope: EventEnvelope = {}): TransactionBlockedEvent {
  const around = envelopeOf(DetailType.BLOCKED, envelope, DELAY.assessed, overrides.received_at);
  requireValidFields(DetailType.BLOCKED, overrides);
  return { ...around.event, detail: assessedDetail(overrides, around, { verdict: 'block', amount: 60_000 }) as TransactionBlockedDetail };
}

function assessedDetail(
  overrides: Partial<TransactionAssessedDetail>,
  { event, receivedAt }: Around<string>,
  defaults: { readonly verdict: Verdict; readonly amount: number },
): TransactionAssessedDetail {
  const transaction = builtTransaction(overrides, { receivedAt, amount: defaults.amount });
  const verdict = overrides.verdict ?? defaults.verdict;
  const { score, reasons } = assessmentLike(verdict, transaction);
  const result = {
    verdict,
    score: overrides.score ?? score,
    reasons: overrides.reasons ?? reasons,
    rule_set: overrides.rule_set ?? '0123456789ab',
  };
  const alert = verdictAlert(transaction, result, originOf(event));
  const assessedAt = new Date(Date.parse(receivedAt) + 2 * SECOND).toISOString();
  return withoutUndefined({ ...transaction, ...alert, ...result, assessed_at: assessedAt, ...overrides }) as TransactionAssessedDetail;
}

/** Reasons like those of the default rules, and the sum of their scores. */
function assessmentLike(verdict: Verdict, transaction: BuiltTransaction): Pick<TransactionAssessedDetail, 'score' | 'reasons'> {
  const { provider, amount_minor: minor, exponent, currency, customer_id: customer } = transaction;
  switch (verdict) {
    case 'approve':
      return { score: 0, reasons: [] };
    case 'review':
      return { score: 50, reasons: ['3 transactions of the customer within 1 day, over 1 (+20)', '3 declined payments of the customer within 1 hour, at least 3 (+30)'] };
    case 'block': {
      const amount = minor === undefined || exponent === undefined ? [] : [`amount ${withThousands(toDecimal(BigInt(minor), exponent))} ${currency} is over 50,000 (+30)`];
      return { score: 100 + 30 * amount.length, reasons: [`blocked customer ${provider}:${customer ?? 'example'} (+100)`, ...amount] };
    }
  }
}

/** An event without its detail, and the time when its webhook was received. */
interface Around<T extends string> {
  readonly event: Omit<TransactionEvent<T, unknown>, 'detail'>;
  readonly receivedAt: string;
}

function envelopeOf<T extends string>(detailType: T, envelope: EventEnvelope, delay: number, receivedAt?: string): Around<T> {
  Object.keys(envelope).forEach((member) => requireKnownName('a member of the envelope', member, ENVELOPE));
  const published = envelope.time !== undefined ? Date.parse(envelope.time) : receivedAt !== undefined ? Date.parse(receivedAt) + delay : Date.now();
  if (Number.isNaN(published)) {
    throw new TypeError(`\`time\` and \`received_at\` must be times of RFC 3339, such as '2026-01-31T12:00:00Z', got '${envelope.time ?? receivedAt}'`);
  }
  return {
    event: {
      'version': '0',
      'id': envelope.id ?? randomUUID(),
      'detail-type': detailType,
      'source': envelope.source ?? `${SOURCE_PREFIX}test`,
      'account': envelope.account ?? '123456789012',
      'time': envelope.time ?? `${new Date(published).toISOString().slice(0, 19)}Z`,
      'region': envelope.region ?? 'eu-central-1',
      'resources': [...envelope.resources ?? []],
    },
    receivedAt: receivedAt ?? new Date(published - delay).toISOString(),
  };
}

function originOf({ source, account, region }: Pick<TransactionEvent<string, unknown>, 'source' | 'account' | 'region'>): AlertOrigin {
  return { system: source.startsWith(SOURCE_PREFIX) ? source.slice(SOURCE_PREFIX.length) : source, account, region };
}

