import { setTimeout as sleep } from 'node:timers/promises';
import { AwsServices } from './aws-services';
import type { FaultPlan } from './fault-plan';
import type { PartResult } from './fault-row';
import { FaultyFunction } from './faulty-function';
import { payment } from './stored-payments';
import type { StreamRecord } from '../../handlers/aws/stream-change';
import { toTransactionDetail } from '../../handlers/publish/events/detail';
import type { Assessment, AssessmentRequest } from '../../src/private/contract';
import { DETAIL_CONFIG } from '../handlers/support/items';

const MAX_ATTEMPTS = 60;
const PAUSE_MS = 5;

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
  const detectors = [await FaultyFunction.start('fraud-detector', services, plan), await FaultyFunction.start('fraud-detector', services, plan)];
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
      // An answer that is not what the table has is a lost verdict too.
      lost: items.filter(({ transaction_id: id }) => !stored.get(id.S)).length
        + answers.filter(([id, { verdict }]) => stored.get(id) !== verdict).length,
      verdicts: { written: verdictsWritten(table.stream), transactions: items.length },
      timeouts: detectors.reduce((sum, { lambda }) => sum + lambda.timeouts, 0),
    };
  } finally {
    await Promise.all(detectors.map(async (detector) => detector.stop()));
  }
}
