import { archivedIds } from './archival-part';
import { AwsServices } from './aws-services';
import { BusRules } from './bus-rules';
import { verdictsWritten } from './detector-part';
import { EventSourceMapping } from './event-source-mapping';
import { FAULT_NAMES } from './fault';
import { FaultPlan } from './fault-plan';
import type { FaultRow } from './fault-row';
import { FaultyFunction, type Trust } from './faulty-function';
import { SECRETS } from './function-settings';
import { compare, expectedEvents, keyOfEvent } from './published-events';
import { isInQueue } from './sweep-part';
import { sweepUntilClosed } from './sweeper';
import { compareStored, webhooks, WebhookSender } from './webhook-sender';
import { WorkflowExecutions, type SentAlert } from './workflow-executions';
import type { ImageName } from '../../src/private/contract';
import { RELAY_FILTERS } from '../../src/private/stream-filters';
import { Dice } from '../simulation/marketplace-random';

const RATE = 0.2;

/** Sends webhooks through all functions, the rules and the workflow, with any fault at a fifth of all calls. */
export async function runWholeWay(size: number, seed: number, trust: Trust): Promise<FaultRow> {
  const services = new AwsServices(SECRETS);
  const { table, deadLetters } = services;
  const functions: FaultyFunction[] = [];
  const start = async (handler: ImageName) => {
    const plan = new FaultPlan({ seed: seed + functions.length + 1, faults: FAULT_NAMES, rate: RATE, firstOfEach: false });
    functions.push(await FaultyFunction.start(handler, services, plan, trust));
    return functions.at(-1)!;
  };
  const validator = await start('webhook-validator');
  const relay = await start('event-relay');
  const archival = await start('transaction-archival');
  const detector = await start('fraud-detector');
  const dice = new Dice(seed);
  const workflow = new WorkflowExecutions({
    table, deadLetters, detect: async (request, now) => detector.invoke(request, now), failures: { dice, rate: RATE },
  });
  const rules = new BusRules(services.events, workflow, dice);
  const { stream } = table;
  const publishing = new EventSourceMapping({
    stream, invoke: async (event) => relay.invoke(event), batchSize: 12, reportBatchItemFailures: true, filters: RELAY_FILTERS,
  });
  const archiving = new EventSourceMapping({
    stream, invoke: async (event) => archival.invoke(event), batchSize: 12, reportBatchItemFailures: false, filters: [],
  });
  const process = async (now: number) => {
    while (publishing.isBehind || rules.areBehind) {
      await publishing.drain();
      await rules.deliver(now);
    }
  };
  try {
    const all = webhooks(40 * size);
    const sender = new WebhookSender(async (event) => validator.invoke(event), dice);
    let isSending = true;
    const sending = sender.sendAll(all).finally(() => { isSending = false; });
    while (isSending) {
      await Promise.all([process(Date.now()), archiving.drain(), new Promise((resolve) => setTimeout(resolve, 50))]);
    }
    await sending;
    await process(Date.now());
    await sweepUntilClosed({ table, relay, from: Date.now(), afterEach: process });
    await archiving.drain();

    const stored = compareStored(all, services);
    const events = compare(expectedEvents(stream), services.events.map(keyOfEvent));
    const archive = compare(archivedIds(stream), services.archivedLines.map(({ event_id: id }) => id));
    const alerts = new AlertCheck(services, workflow.alerts);
    return {
      part: 'whole way',
      fault: 'all, 20 %',
      injected: functions.reduce((sum, { plan }) => sum + plan.injected, workflow.injected),
      sent: sender.sent,
      acknowledged: sender.acknowledged,
      lost: sender.abandoned.length + stored.lost + events.missing + archive.missing + alerts.missing
        + publishing.abandoned.length + archiving.abandoned.length,
      storedTwice: stored.twice,
      verdicts: { written: verdictsWritten(stream), transactions: alerts.highValue },
      duplicates: events.duplicates + archive.duplicates + alerts.duplicates,
      deadLetters: deadLetters.length,
      timeouts: functions.reduce((sum, { lambda }) => sum + lambda.timeouts, 0),
    };
  } finally {
    await Promise.all(functions.map(async (each) => each.stop()));
  }
}

/** Compares the alerts with the transactions that need one. */
class AlertCheck {
  public readonly highValue: number;
  public readonly missing: number;
  public readonly duplicates: number;

  constructor({ table: { items, stream }, deadLetters }: AwsServices, alerts: readonly SentAlert[]) {
    const highIds = new Set(stream
      .filter(({ eventName, dynamodb }) => eventName === 'INSERT' && dynamodb!.NewImage!.sweep_at)
      .map(({ dynamodb }) => dynamodb!.Keys!.transaction_id.S!));
    const high = items.filter(({ transaction_id: id }) => highIds.has(id.S!));
    const keyOf = ({ state, transactionId }: SentAlert) => `${state} ${transactionId}`;
    const needed = high.flatMap(({ transaction_id: id, verdict, closed_at: closedAt }) => {
      const states: SentAlert['state'][] = verdict?.S === 'approve' ? ['NotifyHighValue'] : ['NotifyHighValue', 'NotifyVerdict'];
      // An operator continues what is in the queue.
      return closedAt && verdict ? states.map((state) => keyOf({ state, transactionId: id.S! })) : isInQueue(deadLetters, id.S!) ? [] : ['never closed'];
    });
    const medium = items
      .filter(({ money_movement: movement, amount_minor: amount }) => movement?.BOOL && Number(amount.N) >= 1_000_00 && Number(amount.N) <= 10_000_00)
      .map(({ transaction_id: id }) => keyOf({ state: 'medium', transactionId: id.S! }));
    const { missing, duplicates } = compare([...needed, ...medium], alerts.map(keyOf));
    this.highValue = high.length;
    this.missing = missing;
    this.duplicates = duplicates;
  }
}
