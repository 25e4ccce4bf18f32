import { setTimeout as sleep } from 'node:timers/promises';
import { AwsServices } from './aws-services';
import type { FaultPlan } from './fault-plan';
import type { PartResult } from './fault-row';
import { FaultyFunction } from './faulty-function';
import { payment } from './stored-payments';
import type { StreamRecord } from '../../handlers/aws/stream-change';
import { toTransactionDetail } from '../../handlers/publish/events/detail';
import { Env, type Assessment, type AssessmentRequest, type FraudConfig, type ScoredByConfig } from '../../src/private/contract';
import { resolveFraudRules } from '../../src/private/settings/fraud-config';
import { DETAIL_CONFIG } from '../handlers/support/items';

const MAX_ATTEMPTS = 60;
const PAUSE_MS = 5;

const SCORED_BY: ScoredByConfig = {
  rule: 'scored-by', functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:model', score: 20, timeoutMillis: 1_000, onFailure: 5,
};
/** The rules block each payment, whatever happens to the scoring function and to the shadow rules. */
const RULES: FraudConfig = {
  ...resolveFraudRules(),
  rules: [...resolveFraudRules().rules, { rule: 'amount-above', score: 80, amount: 0 }, SCORED_BY],
  shadow: { review: 40, block: 80, rules: [SCORED_BY] },
};

/** The number of changes that set or replaced a verdict. */
export function verdictsWritten(stream: readonly StreamRecord[]): number {
  return stream.filter(({ dynamodb }) => {
    const { NewImage: item, OldImage: before } = dynamodb!;
    return item?.verdict && JSON.stringify([item.verdict, item.assessed_at]) !== JSON.stringify([before?.verdict, before?.assessed_at]);
  }).length;
}

/** Assesses transactions. Two executions at the same time assess each, until the detector answers. */
export async function runDetector(size: number, plan: FaultPlan): Promise<PartResult> {
  const services = new AwsServices();
  const { table } = services;
  const begin = Date.now() - 60_000;
  const items = Array.from({ length: 6 * size }, (_, index) => payment(index, begin + index * 1000));
  for (const item of items) {
    await table.put(item);
  }
  const start = async () => FaultyFunction.start('fraud-detector', services, plan, undefined, { [Env.FRAUD_RULES]: JSON.stringify(RULES) });
  const detectors = [await start(), await start()];
  let sent = 0;
  const answers: (readonly [id: string, answer: Assessment])[] = [];
  const assess = async (detector: FaultyFunction, request: AssessmentRequest) => {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      sent += 1;
      try {
        answers.push([request.detail.transaction_id, await detector.invoke<Assessment>(request)]);
        return;
      } catch {
        await sleep(PAUSE_MS);
      }
    }
  };
  try {
    for (const item of items) {
      const request = { detail: toTransactionDetail(item, DETAIL_CONFIG), execution: 'arn:execution', started_at: new Date().toISOString() };
      await Promise.all(detectors.map(async (detector) => assess(detector, request)));
    }
    const stored = new Map(table.items.map((item) => [item.transaction_id.S, item.verdict?.S]));
    return {
      sent,
      acknowledged: answers.length,
      // A verdict that a failed score has lowered, and an answer that is not what the table has, are lost verdicts too.
      lost: items.filter(({ transaction_id: id }) => stored.get(id.S) !== 'block').length
        + answers.filter(([id, { verdict }]) => stored.get(id) !== verdict).length,
      verdicts: { written: verdictsWritten(table.stream), transactions: items.length },
      timeouts: detectors.reduce((sum, { lambda }) => sum + lambda.timeouts, 0),
    };
  } finally {
    await Promise.all(detectors.map(async (detector) => detector.stop()));
  }
}
