import { setTimeout as sleep } from 'node:timers/promises';
import { untilAssessed } from './fraud-steps';
import type { Request } from './request';
import { until, type ScenarioContext, type Step } from './scenario-context';
import { Attr } from '../../src/private/contract';
import { STACK } from '../emulator/deployment';
import { describeAnswers } from '../observe/describe';

/** An entry of a list, as the tool names it. */
export interface ListedValue {
  readonly kind: string;
  readonly value: string;
}

const AUTHOR = ['--author', 'local'];

/** An operator adds an entry to the allowlist. A payment arrives, and the entry is removed again. */
export function paysWhileAllowed({ kind, value }: ListedValue, reason: string, payment: Request): Step {
  return async (context) => {
    await change(['allow', kind, value, '--reason', reason, ...AUTHOR], context);
    const answer = await sendAndWait(payment, context);
    await change(['unallow', kind, value], context);
    return `allowed, ${answer}, not allowed anymore`;
  };
}

/** An operator adds an entry to the blocklist, and a payment arrives. */
export function paysWhileBlocked({ kind, value }: ListedValue, reason: string, payment: Request): Step {
  return async (context) => {
    await change(['block', kind, value, '--expires', '1h', '--reason', reason, ...AUTHOR], context);
    return `blocked, ${await sendAndWait(payment, context)}`;
  };
}

/**
 * The operator lets the entry expire in a second, and a payment arrives after it. An expired entry can stay in the table for days,
 * so it is removed here at the end.
 */
export function paysAfterTheExpiry({ kind, value }: ListedValue, payment: Request): Step {
  return async (context) => {
    await change(['block', kind, value, '--expires', '1s', ...AUTHOR], context);
    const { items } = await context.observe();
    const entry = items.find((item) => item[Attr.TRANSACTION_ID].S === `blocklist:${kind}:${value}`);
    await sleep(Math.max(0, Number(entry?.[Attr.EXPIRES_AT]?.N) * 1_000 - Date.now()));
    const answer = await sendAndWait(payment, context);
    await change(['unblock', kind, value], context);
    return `expired, ${answer}`;
  };
}

/** The provider reports a dispute of an earlier payment. */
export function isDisputed(paymentId: string, dispute: Request): Step {
  return async (context) => {
    const answer = describeAnswers([await context.sender.send(dispute)]);
    return `${answer}, the payment is labeled ${await untilLabeled(paymentId, 'fraud', context)}`;
  };
}

/** After the payment between has been assessed, a person finds that the payment was honest after all. Then the next payment arrives. */
export function paysAfterTheLabel(transactionId: string, paymentId: string, betweenId: string, next: Request): Step {
  return async (context) => {
    await untilAssessed(betweenId, context);
    await change(['label', transactionId, 'honest', ...AUTHOR], context);
    const label = await untilLabeled(paymentId, 'honest', context);
    return `labeled ${label}, ${await sendAndWait(next, context)}`;
  };
}

async function untilLabeled(eventId: string, label: string, { observe }: ScenarioContext): Promise<string> {
  const item = await until(observe, ({ items }) => items.find((each) => each[Attr.EVENT_ID]?.S === eventId && each[Attr.LABEL]?.S === label));
  return `${label} by ${item[Attr.LABELED_BY]?.S}`;
}

async function change(args: readonly string[], { runTool }: ScenarioContext): Promise<void> {
  await runTool([...args, '--stack', STACK, '--yes']);
}

async function sendAndWait(payment: Request, context: ScenarioContext): Promise<string> {
  const answer = describeAnswers([await context.sender.send(payment)]);
  await untilAssessed(payment.id, context);
  return answer;
}
