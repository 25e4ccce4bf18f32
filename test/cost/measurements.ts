import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { Deployment } from './deployment';
import { indexWriteUnits, projected, storedBytes, writeUnits, type Item } from './item-size';
import { accessLogBytes, loggedBytes, workflowLogBytes } from './logs';
import { SampleMonth, sum, type Change } from './sample-month';
import { ASSUMPTIONS } from './workload';

/** Averages for one webhook. */
export interface Measurements {
  readonly bodyBytes: number;
  readonly responseBytes: number;
  readonly insertUnits: number;
  readonly updateUnits: number;
  readonly indexUnits: number;
  readonly readUnits: number;
  readonly tableBytes: number;
  readonly indexBytes: number;
  readonly changes: number;
  /** Changes that invoke the relay. */
  readonly relayed: number;
  /** The number of events that EventBridge bills. */
  readonly events: number;
  readonly eventBytes: number;
  readonly executions: number;
  readonly alerts: number;
  readonly logBytes: { readonly [source in 'access log' | 'validator' | 'relay' | 'detector' | 'workflow']: number };
  /** Bytes of the archived object of a batch, for some sizes of a batch in ascending order. */
  readonly archived: ReadonlyArray<{ readonly changes: number; readonly bytes: number }>;
  readonly sweepReadUnits: number;
}

/** A whole number of the sample's cycles, with enough changes for the largest measured batch. */
const WEBHOOKS = 400;
const BATCHES = [1, 2, 4, 8, 16, 32, 64, 128, 256];
/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html */
const TIME_BYTES = 14;
const EVENT_UNIT = 64 * 1024;

/** Sends the sample through the handlers, and measures the results. */
export async function measure(deployment: Deployment): Promise<Measurements> {
  const month = new SampleMonth(deployment);
  const deliveries = await month.deliver(WEBHOOKS);
  const each = (values: readonly number[]) => sum(values) / WEBHOOKS;
  const changes = deliveries.flatMap((delivery) => delivery.changes);
  const inserts = changes.filter(({ before }) => !before);
  const items = deliveries.map((delivery) => delivery.changes.at(-1)!.after);
  const events = deliveries.flatMap((delivery) => delivery.events);
  const executions = deliveries.flatMap(({ execution }) => execution ?? []);
  const review = await month.review(deliveries.find(({ execution }) => execution)!);
  const unitsOf = (some: readonly Change[]) => each(some.map(({ before, after }) => writeUnits(before, after)));
  const indexed = (item: Item | undefined, index: Deployment['indexes'][number]) => projected(item, deployment.tableKeys, index);
  const { definition, logLevel } = deployment.workflow;
  const pathBytes = ({ path }: { readonly path: readonly string[] }) => workflowLogBytes(definition, path, logLevel);
  const { secondAlerts } = ASSUMPTIONS;
  const archived: { changes: number; bytes: number }[] = [];
  for (const size of BATCHES) {
    archived.push({ changes: size, bytes: await month.archivedBytes(changes.slice(0, size)) });
  }

  return {
    bodyBytes: each(deliveries.map(({ bodyBytes }) => bodyBytes)),
    responseBytes: each(deliveries.map(({ responseBytes }) => responseBytes)) + ASSUMPTIONS.responseHeaderBytes,
    insertUnits: unitsOf(inserts),
    updateUnits: unitsOf(changes.filter(({ before }) => before)),
    indexUnits: each(deployment.indexes.flatMap((index) => changes.map(({ before, after }) => (
      indexWriteUnits(indexed(before, index), indexed(after, index), index.keys)
    )))),
    readUnits: each(executions.map(({ readUnits }) => readUnits)),
    tableBytes: each(items.map(storedBytes)),
    indexBytes: each(deployment.indexes.flatMap((index) => (
      items.map((item) => indexed(item, index)).filter((item) => item !== undefined).map(storedBytes)
    ))),
    changes: changes.length / WEBHOOKS,
    relayed: each(deliveries.map(({ relayed }) => relayed)),
    events: each(events.map((event) => Math.ceil(eventBytes(event) / EVENT_UNIT))),
    eventBytes: sum(events.map(eventBytes)) / events.length,
    executions: executions.length / WEBHOOKS,
    alerts: deliveries.filter(({ sort }) => sort === 'medium').length / WEBHOOKS
      + each(executions.map(({ publishes }) => publishes + (review.publishes - publishes) * secondAlerts)),
    logBytes: {
      'access log': accessLogBytes(deployment.accessLogFormat),
      'validator': each(deliveries.map(({ validatorLines }) => loggedBytes(validatorLines))),
      'relay': each(deliveries.map(({ relayLines }) => loggedBytes(relayLines))),
      'detector': each(executions.map(({ detectorLines }) => loggedBytes(detectorLines))),
      'workflow': each(executions.map((execution) => pathBytes(execution) + (pathBytes(review) - pathBytes(execution)) * secondAlerts)),
    },
    archived,
    sweepReadUnits: await month.sweepReadUnits(),
  };
}

function eventBytes({ Source, DetailType, Detail }: PutEventsRequestEntry): number {
  return TIME_BYTES + Buffer.byteLength(`${Source}${DetailType}${Detail}`);
}

/** The bytes of the object of a batch: interpolated between the measured sizes, and in proportion above them. */
export function archivedBytes({ archived }: Pick<Measurements, 'archived'>, changes: number): number {
  const above = archived.findIndex((point) => point.changes >= changes);
  if (above <= 0) {
    const edge = above === 0 ? archived[0] : archived.at(-1)!;
    return edge.bytes * changes / edge.changes;
  }
  const [lower, upper] = [archived[above - 1], archived[above]];
  return lower.bytes + (upper.bytes - lower.bytes) * (changes - lower.changes) / (upper.changes - lower.changes);
}
