import type { APIGatewayProxyResult } from 'aws-lambda';
import type { MemorySeries } from './memory-growth';
import { SoakFunctions } from './soak-functions';
import { eventsOf, requestsOf, SOAK_SENDERS } from './soak-webhooks';
import { SWEEP_INPUT, type ImageName } from '../../src/private/contract';
import { RELAY_FILTERS } from '../../src/private/stream-filters';
import { archivedIds } from '../faults/archival-part';
import { AwsServices } from '../faults/aws-services';
import { BusRules } from '../faults/bus-rules';
import { verdictsWritten } from '../faults/detector-part';
import { EventSourceMapping } from '../faults/event-source-mapping';
import { compare, expectedEvents, keyOfEvent } from '../faults/published-events';
import { compareStored } from '../faults/webhook-sender';
import { WorkflowExecutions } from '../faults/workflow-executions';
import { proxyEvent } from '../handlers/support/webhooks';
import { Dice } from '../simulation/marketplace-random';

/** Webhooks before the first sample: the functions load their code and fill their caches. */
export const WARM_UP = 1_000;
/** Samples after the warm-up. */
export const SAMPLES = 50;

export interface SoakResult {
  readonly webhooks: number;
  readonly requests: number;
  readonly wrongAnswers: number;
  readonly stored: { readonly events: number; readonly lost: number; readonly twice: number };
  readonly published: { readonly events: number; readonly missing: number };
  readonly archived: { readonly records: number; readonly missing: number };
  readonly verdicts: { readonly written: number; readonly transactions: number };
  readonly deadLetters: number;
  readonly connections: number;
  readonly memory: readonly MemorySeries[];
}

/** `share`: how much of the soak is finished. `heaps`: the bytes in use, by function. */
type OnSample = (share: number, heaps: Readonly<Record<string, number>>) => void;

/** Sends webhooks through all functions, and measures the memory of their processes. */
export async function soak(webhooks: number, leakedBytes = 0, onSample: OnSample = () => undefined): Promise<SoakResult> {
  const services = new AwsServices(Object.fromEntries(
    Object.values(SOAK_SENDERS).flatMap(({ config, secret }) => config.secretArns.map((arn) => [arn, secret])),
  ));
  const functions = await SoakFunctions.start(services, leakedBytes);
  const way = new SoakedWay(services, functions);
  try {
    await way.send(0, WARM_UP);
    await way.process();
    for (let sample = 1; sample <= SAMPLES; sample++) {
      const [from, to] = [sample - 1, sample].map((end) => WARM_UP + Math.round(webhooks * end / SAMPLES));
      // The functions process the webhooks of the sample before at the same time.
      await Promise.all([way.send(from, to), way.process()]);
      await functions.invoke('event-relay', SWEEP_INPUT);
      await functions.measure();
      onSample(sample / SAMPLES, functions.heaps);
    }
    await way.process();
    return way.result(WARM_UP + webhooks);
  } finally {
    await functions.stop();
  }
}

/** The way of the webhooks from the validator to the bus, the workflow and the archive. */
class SoakedWay {
  private requests = 0;
  private wrongAnswers = 0;
  private readonly publishing: EventSourceMapping;
  private readonly archiving: EventSourceMapping;
  private readonly rules: BusRules;

  constructor(private readonly services: AwsServices, private readonly functions: SoakFunctions) {
    const { table, events, deadLetters } = services;
    const { stream } = table;
    const { relayStream, archivalStream } = functions.deployment;
    this.publishing = new EventSourceMapping({
      stream, invoke: async (event) => functions.invoke('event-relay', event), batchSize: relayStream.batchSize, reportBatchItemFailures: true, filters: RELAY_FILTERS,
    });
    this.archiving = new EventSourceMapping({
      stream, invoke: async (event) => functions.invoke('transaction-archival', event), batchSize: archivalStream.batchSize, reportBatchItemFailures: false, filters: [],
    });
    const workflow = new WorkflowExecutions({ table, deadLetters, detect: async (request) => functions.invoke('fraud-detector', request) });
    this.rules = new BusRules(events, workflow, new Dice(1));
  }

  public async send(from: number, to: number): Promise<void> {
    for (let index = from; index < to; index++) {
      for (const { sender, webhook, expectedStatus } of await requestsOf(index)) {
        this.requests += 1;
        const { statusCode } = await this.functions.invoke<APIGatewayProxyResult>('webhook-validator', proxyEvent(webhook, sender));
        this.wrongAnswers += statusCode === expectedStatus ? 0 : 1;
      }
    }
  }

  /** Publishes, assesses and archives what is stored. */
  public async process(): Promise<void> {
    while (this.publishing.isBehind || this.rules.areBehind) {
      await this.publishing.drain();
      await this.rules.deliver(Date.now());
    }
    await this.archiving.drain();
  }

  public result(webhooks: number): SoakResult {
    const { table, events, archivedLines, deadLetters } = this.services;
    const { items, stream } = table;
    const sent = Array.from({ length: webhooks }, (_, index) => eventsOf(index));
    const expected = expectedEvents(stream);
    const records = archivedIds(stream);
    return {
      webhooks,
      requests: this.requests,
      wrongAnswers: this.wrongAnswers,
      stored: { events: sent.flatMap(({ eventIds }) => eventIds).length, ...compareStored(sent, this.services) },
      published: { events: expected.length, missing: compare(expected, events.map(keyOfEvent)).missing + this.publishing.abandoned.length },
      archived: {
        records: records.length, missing: compare(records, archivedLines.map(({ event_id: id }) => id)).missing + this.archiving.abandoned.length,
      },
      verdicts: { written: verdictsWritten(stream), transactions: items.filter(({ sweep_partition: open, verdict }) => open || verdict).length },
      deadLetters: deadLetters.length,
      connections: this.functions.connections,
      memory: (Object.entries(this.functions.all) as [ImageName, SoakFunctions['all'][ImageName]][])
        .map(([handler, { memoryMb, invocations, samples }]) => ({ handler, memoryMb, invocations, samples })),
    };
  }
}
