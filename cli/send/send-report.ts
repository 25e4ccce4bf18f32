import type { PostResult } from './post-request';
import type { PreparedWebhook, StoredFacts } from './simulated-webhook';
import { parseJson, parseText, valueAt } from '../../handlers/providers/shared/json';
import { alignedRows, countOf } from '../terminal/aligned-rows';
import { visibleText } from '../terminal/visible-text';

/** A request that was sent. */
export interface SentRequest extends PostResult {
  readonly facts: readonly StoredFacts[];
  readonly payment?: string;
}

/** A request with its answer, without the body that is not needed any more. */
export function sentRequest({ facts, payment }: PreparedWebhook, result: PostResult): SentRequest {
  return { ...result, facts, payment };
}

/** Whether the receiver has acknowledged the webhook. */
export function isAcknowledged({ status = 0 }: PostResult): boolean {
  return status >= 200 && status < 300;
}

/** What the receiver says that it did, such as `stored`, or why it did not. */
function answeredOutcome({ answer = '', failure }: PostResult): string {
  const json = parseJson(Buffer.from(answer));
  return failure ?? parseText(valueAt(json, 'result')) ?? parseText(valueAt(json, 'error')) ?? parseText(valueAt(json, 'message')) ?? answer.trim().slice(0, 100);
}

/** A request in one line: `200  stored  34 ms  stripe:pi_0123456789ab  charge.succeeded  payment 0123456789ab`. */
export function requestLine(request: SentRequest): string {
  const { status, millis, payment, facts: [{ transactionId, eventName }, ...others] } = request;
  return [
    status === undefined ? 'failed' : String(status),
    answeredOutcome(request),
    `${millis} ms`,
    transactionId + (others.length > 0 ? ` and ${others.length} more` : ''),
    eventName,
    payment === undefined ? '' : `payment ${payment}`,
  ].filter((part) => part !== '').map(visibleText).join('  ');
}

/** The results of several requests. */
export class SendSummary {
  private readonly outcomes = new Map<string, number>();
  private readonly millis: number[] = [];
  public acknowledged = 0;

  public get count(): number {
    return this.millis.length;
  }

  public add(request: SentRequest): void {
    const outcome = `${request.status ?? 'failed'} ${answeredOutcome(request)}`.trim();
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
    this.millis.push(request.millis);
    this.acknowledged += isAcknowledged(request) ? 1 : 0;
  }

  public lines(elapsedMs: number): string[] {
    const json = this.toJson(elapsedMs);
    return [
      `Sent ${countOf(json.requests, 'request')} in ${(elapsedMs / 1000).toFixed(1)} s (${json.per_second} per second), ${json.acknowledged.toLocaleString('en-US')} acknowledged`,
      ...alignedRows([
        ...[...this.outcomes].map(([outcome, count]) => [visibleText(outcome), count.toLocaleString('en-US')] as const),
        ['time', `p50 ${json.p50_ms} ms, p99 ${json.p99_ms} ms`] as const,
      ]),
    ];
  }

  public toJson(elapsedMs: number) {
    const sorted = [...this.millis].sort((a, b) => a - b);
    return {
      requests: this.count,
      acknowledged: this.acknowledged,
      outcomes: Object.fromEntries(this.outcomes),
      p50_ms: percentile(sorted, 0.5),
      p99_ms: percentile(sorted, 0.99),
      per_second: Number((this.count / Math.max(elapsedMs / 1000, 0.001)).toFixed(1)),
    };
  }
}

/** The smallest time that at least this part of the requests did not exceed. */
export function percentile(sorted: readonly number[], part: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)];
}

/** A request for programs. */
export function requestJson(request: SentRequest): object {
  const { status, millis, payment, failure, facts } = request;
  return {
    status,
    outcome: answeredOutcome(request),
    failed: failure === undefined ? undefined : true,
    millis,
    payment,
    events: facts.map((each) => ({
      transaction_id: each.transactionId, event: each.eventName, kind: each.kind, live: each.live, money_movement: each.moneyMovement,
    })),
  };
}
