import { AwsServices } from './aws-services';
import type { FaultPlan } from './fault-plan';
import type { PartResult } from './fault-row';
import { FaultyFunction } from './faulty-function';
import { payment } from './stored-payments';
import { sweepUntilClosed } from './sweeper';
import { WorkflowExecutions } from './workflow-executions';
import type { StoredItem } from '../../handlers/aws/stored-item';
import type { Assessment, TransactionDetail } from '../../src/private/contract';
import { ASSESSMENT } from '../handlers/support/items';

const APPROVED: Assessment = { verdict: 'approve', score: 0, reasons: [], rule_set: 'a', alert_subject: 's', alert_text: 't', alert_sms: 's' };
const MINUTE = 60_000;

/** Transactions that no execution has finished: never claimed, claimed by a dead or a slow one, and with a verdict. */
function openPayment(index: number, at: number): StoredItem {
  const claim = (minutes: number): StoredItem => ({ claim_owner: { S: 'dead' }, claimed_at: { S: new Date(at + minutes * MINUTE).toISOString() } });
  return payment(index, at, [{}, claim(0), claim(9), { ...claim(0), ...ASSESSMENT as StoredItem }][index % 4]);
}

/** Sweeps open transactions. The workflow, without faults, processes what is published. */
export async function runSweep(size: number, plan: FaultPlan): Promise<PartResult> {
  const services = new AwsServices();
  const { table, events, deadLetters } = services;
  const begin = Date.now();
  const count = 8 * size;
  for (let index = 0; index < count; index++) {
    await table.put(openPayment(index, begin));
  }
  const workflow = new WorkflowExecutions({ table, deadLetters, detect: async () => APPROVED });
  const relay = await FaultyFunction.start('event-relay', services, plan);
  let delivered = 0;
  try {
    await sweepUntilClosed({
      table,
      relay,
      from: begin,
      afterEach: async (now) => {
        for (; delivered < events.length; delivered++) {
          await workflow.start(JSON.parse(events[delivered].Detail) as TransactionDetail, now);
        }
      },
    });
    const done = table.items.filter(({ transaction_id: id, closed_at: closedAt }) => closedAt || isInQueue(deadLetters, id.S!));
    return {
      sent: count,
      acknowledged: done.length,
      lost: count - done.length,
      duplicates: events.length - new Set(events.map(({ Detail }) => Detail)).size,
      deadLetters: deadLetters.length,
      timeouts: relay.lambda.timeouts,
    };
  } finally {
    await relay.stop();
  }
}

/** Whether a message is about the transaction. */
export function isInQueue(deadLetters: readonly string[], transactionId: string): boolean {
  return deadLetters.some((letter) => letter.includes(JSON.stringify(transactionId)));
}
