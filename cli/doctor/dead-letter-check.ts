import { GetMetricDataCommand, type CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { failed, ok, type Check, type Finding } from './check';
import type { CheckedSystem } from './checked-system';

const HOUR_MS = 3_600_000;
const PERIOD = 300;
const DAY = 24 * 3_600;

/** The messages of the dead-letter queue. */
export interface DeadLetterState {
  readonly messages: number;
  /** Received by somebody who has not deleted them yet. */
  readonly inFlight: number;
  /** In seconds. Absent if it is not known. */
  readonly oldestAge?: number;
}

/** The depth of the dead-letter queue and the age of its oldest message. Without the right to read metrics, only the depth. */
export function deadLetterCheck(system: CheckedSystem): Check {
  const { sqs, cloudwatch } = system.clients;
  return {
    name: 'dead letters',
    actions: ['sqs:GetQueueAttributes', 'cloudwatch:GetMetricData'],
    run: async (abortSignal) => {
      const url = system.output('DeadLetterQueueUrl');
      const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({
        QueueUrl: url, AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }), { abortSignal });
      const { ApproximateNumberOfMessages: messages, ApproximateNumberOfMessagesNotVisible: inFlight } = Attributes;
      const state = { messages: Number(messages ?? 0), inFlight: Number(inFlight ?? 0) };
      const oldestAge = state.messages + state.inFlight === 0
        ? undefined
        : await readOldestAge(cloudwatch, url.slice(url.lastIndexOf('/') + 1), system.now(), abortSignal).catch(() => undefined);
      return deadLetterFinding({ ...state, oldestAge });
    },
  };
}

async function readOldestAge(cloudwatch: CloudWatchClient, queue: string, now: Date, abortSignal: AbortSignal): Promise<number | undefined> {
  const { MetricDataResults: [result] = [] } = await cloudwatch.send(new GetMetricDataCommand({
    StartTime: new Date(now.getTime() - HOUR_MS),
    EndTime: now,
    ScanBy: 'TimestampDescending',
    MetricDataQueries: [{
      Id: 'age',
      MetricStat: {
        Stat: 'Maximum',
        Period: PERIOD,
        Metric: { Namespace: 'AWS/SQS', MetricName: 'ApproximateAgeOfOldestMessage', Dimensions: [{ Name: 'QueueName', Value: queue }] },
      },
    }],
  }), { abortSignal });
  return result?.Values?.[0];
}

/** What the messages mean. SQS deletes them after 14 days. */
export function deadLetterFinding({ messages, inFlight, oldestAge }: DeadLetterState): Finding {
  const total = messages + inFlight;
  if (total === 0) {
    return ok('none');
  }
  const age = oldestAge === undefined ? '' : `, the oldest ${ageText(oldestAge)} old`;
  return failed(`${total}${inFlight > 0 ? ` (${inFlight} in flight)` : ''}${age}`, {
    remedy: 'List them with `cdk-webhooks dlq list`, fix the reason, and redrive them. SQS deletes a message after 14 days.', heading: 'webhooks-dead-letters-suffix',
  });
}

function ageText(seconds: number): string {
  return seconds < 2 * DAY ? `${Math.round(seconds / 3600)} hours` : `${Math.floor(seconds / DAY)} days`;
}
