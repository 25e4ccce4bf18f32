import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { indexWriteUnits, projected, storedBytes, writeUnits, type Item } from './item-size';
import { SampleMonth, sum, type Change, type Delivery, type Execution } from './sample-month';
import type { Sort } from './stripe-webhooks';
import { workflowLogBytes } from './workflow-logs';
import type { Measurements } from '../../cli/cost/measured-sizes';
import { accessLogBytes, loggedBytes } from '../../cli/cost/platform-logs';
import type { Deployment } from '../../cli/cost/priced-deployment';
import { ASSUMPTIONS } from '../../cli/cost/workload';

/** A whole number of the sample's cycles, with enough changes for the largest measured batch. */
const WEBHOOKS = 400;
const BATCHES = [1, 2, 4, 8, 16, 32, 64, 128, 256];
/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html */
const TIME_BYTES = 14;
const EVENT_UNIT = 64 * 1024;

/** Sends the sample through the handlers, and measures the results. */
export async function measure(deployment: Deployment): Promise<Measurements> {
  return (await measureSorts(deployment)).all;
}

/** The same, and for the webhooks of each sort. */
export async function measureSorts(
  deployment: Deployment,
): Promise<{ readonly all: Measurements; readonly sorts: Readonly<Record<Sort, Measurements>> }> {
  const month = new SampleMonth(deployment);
  const deliveries = await month.deliver(WEBHOOKS);
  const changes = deliveries.flatMap((delivery) => delivery.changes);
  const review = await month.review(deliveries.find(({ execution }) => execution)!);
  const archived: { changes: number; bytes: number }[] = [];
  for (const size of BATCHES) {
    archived.push({ changes: size, bytes: await month.archivedBytes(changes.slice(0, size)) });
  }
  const common = { archived, sweepReadUnits: await month.sweepReadUnits() };
  const ofSort = (sort: Sort) => averagesOf(deliveries.filter((delivery) => delivery.sort === sort), review, deployment, common);
  return {
    all: averagesOf(deliveries, review, deployment, common),
    sorts: { high: ofSort('high'), medium: ofSort('medium'), low: ofSort('low'), other: ofSort('other') },
  };
}

function averagesOf(
  deliveries: readonly Delivery[], review: Execution, deployment: Deployment, common: Pick<Measurements, 'archived' | 'sweepReadUnits'>,
): Measurements {
  const each = (values: readonly number[]) => sum(values) / deliveries.length;
  const changes = deliveries.flatMap((delivery) => delivery.changes);
  const inserts = changes.filter(({ before }) => !before);
  const items = deliveries.map((delivery) => delivery.changes.at(-1)!.after);
  const events = deliveries.flatMap((delivery) => delivery.events);
  const executions = deliveries.flatMap(({ execution }) => execution ?? []);
  const unitsOf = (some: readonly Change[]) => each(some.map(({ before, after }) => writeUnits(before, after)));
  const indexed = (item: Item | undefined, index: Deployment['indexes'][number]) => projected(item, deployment.tableKeys, index);
  const pathBytes = ({ path }: { readonly path: readonly string[] }) => workflowLogBytes(deployment.workflow.definition, path);
  const { secondAlerts } = ASSUMPTIONS;

  return {
    bodyBytes: each(deliveries.map(({ bodyBytes }) => bodyBytes)),
    responseBytes: each(deliveries.map(({ responseBytes }) => responseBytes)) + ASSUMPTIONS.responseHeaderBytes,
    insertUnits: unitsOf(inserts),
    updateUnits: unitsOf(changes.filter(({ before }) => before)),
    indexUnits: each(deployment.indexes.flatMap((index) => changes.map(({ before, after }) => (
      indexWriteUnits(indexed(before, index), indexed(after, index), index.keys)
    )))),
    readUnits: each(executions.map(({ readUnits }) => readUnits)) + each(deliveries.map(({ screeningUnits }) => screeningUnits)),
    tableBytes: each(items.map(storedBytes)),
    indexBytes: each(deployment.indexes.flatMap((index) => (
      items.map((item) => indexed(item, index)).filter((item) => item !== undefined).map(storedBytes)
    ))),
    changes: changes.length / deliveries.length,
    relayed: each(deliveries.map(({ relayed }) => relayed)),
    events: each(events.map((event) => Math.ceil(eventBytes(event) / EVENT_UNIT))),
    eventBytes: sum(events.map(eventBytes)) / events.length,
    executions: executions.length / deliveries.length,
    alerts: deliveries.filter(({ sort }) => sort === 'medium').length / deliveries.length
      + each(executions.map(({ publishes }) => publishes + (review.publishes - publishes) * secondAlerts)),
    logBytes: {
      'access log': accessLogBytes(deployment.accessLogFormat),
      'validator': each(deliveries.map(({ validatorLines }) => loggedBytes(validatorLines))),
      'relay': each(deliveries.map(({ relayLines }) => loggedBytes(relayLines))),
      'detector': each(executions.map(({ detectorLines }) => loggedBytes(detectorLines))),
      'workflow': each(executions.map((execution) => pathBytes(execution) + (pathBytes(review) - pathBytes(execution)) * secondAlerts)),
    },
    ...common,
  };
}

function eventBytes({ Source, DetailType, Detail }: PutEventsRequestEntry): number {
  return TIME_BYTES + Buffer.byteLength(`${Source}${DetailType}${Detail}`);
}
