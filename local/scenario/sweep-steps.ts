import { setTimeout as sleep } from 'node:timers/promises';
import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { until, type ScenarioContext, type Step } from './scenario-context';
import { Attr, GIVEN_UP_PARTITION, RecordType, REDRIVE_INPUT, SWEEP_ATTEMPTS, SWEEP_INPUT } from '../../src/private/contract';
import type { Observed, TableItem } from '../observe/observations';

/** Enough time for an execution to try its claim, which takes a tenth of it. */
const WORKFLOW_MILLIS = 2_000;
const MINUTE = 60_000;
const HOUR_MINUTES = 60;

/** A transaction whose executions died after their claim. */
interface Orphan {
  readonly name: string;
  readonly minutesAgo: number;
  /** The attempts of the sweep so far. */
  readonly sweeps?: number;
}

const SWEPT: Orphan = { name: 'orphan', minutesAgo: 15 };
/** The sweep makes its last attempt 25 hours after the receipt. */
const GIVEN_UP: Orphan = { name: 'given-up', minutesAgo: 25 * HOUR_MINUTES + 15, sweeps: SWEEP_ATTEMPTS };

/**
 * Simulates an execution that died after its claim. No other execution can
 * process its transaction until the sweep releases the claim.
 */
export const afterItsClaim = {
  eventId: orphanEventId(SWEPT),
  /** @param modelId a high-value event that was processed; the orphan is a copy of it */
  step: (modelId: string): Step => async (context) => {
    const orphan = await putOrphan(SWEPT, modelId, context);
    if (typeof orphan === 'string') {
      return orphan;
    }
    return await invokeRelay(SWEEP_INPUT, context) ?? 'swept';
  },
};

/**
 * Simulates a transaction whose executions all died, up to the last attempt of the sweep. The sweep gives it up. An operator
 * then redrives it, as docs/runbook.md describes.
 */
export const afterTheLastAttempt = {
  eventId: orphanEventId(GIVEN_UP),
  /** @param modelId a high-value event that was processed; the given-up one is a copy of it */
  step: (modelId: string): Step => async (context) => {
    const orphan = await putOrphan(GIVEN_UP, modelId, context);
    if (typeof orphan === 'string') {
      return orphan;
    }
    const failed = await invokeRelay(SWEEP_INPUT, context);
    if (failed) {
      return failed;
    }
    const message = await until(context.observe, ({ deadLetters }) => deadLetters.find((body) => body.includes(orphanEventId(GIVEN_UP))));
    const { origin } = JSON.parse(message) as { readonly origin: string };
    await until(context.observe, (observed) => itemOf(GIVEN_UP, observed, (item) => (
      item[Attr.GIVEN_UP_AT] !== undefined && item[Attr.SWEEP_PARTITION].S === GIVEN_UP_PARTITION
    )));

    const notRedriven = await invokeRelay(REDRIVE_INPUT, context);
    if (notRedriven) {
      return notRedriven;
    }
    await until(context.observe, (observed) => itemOf(GIVEN_UP, observed, (item) => (
      item[Attr.CLOSED_AT] !== undefined && item[Attr.GIVEN_UP_AT] === undefined && item[Attr.SWEEP_AT] === undefined
    )));
    return `given up, dead letter of the ${origin}, redriven, closed`;
  },
};

/** Stores an orphan, and lets it become due. Returns a text if an execution processes it in spite of its claim. */
async function putOrphan(orphan: Orphan, modelId: string, { clients, outputs, observe }: ScenarioContext): Promise<TableItem | string> {
  const assessed = await until(observe, ({ items }) => items.find((item) => item[Attr.EVENT_ID]?.S === modelId && item[Attr.VERDICT]));
  const item = orphanOf(assessed, new Date(), orphan);
  await clients.dynamodb.send(new PutItemCommand({ TableName: outputs.TableName, Item: item }));

  await until(observe, ({ matches }) => matches.find(({ event }) => event.detail.event_id === orphanEventId(orphan)));
  await sleep(WORKFLOW_MILLIS);
  if (itemOf(orphan, await observe(), ({ [Attr.VERDICT]: verdict }) => verdict !== undefined)) {
    return 'assessed despite an existing claim';
  }

  // Due only now, so that the scheduled sweep cannot interfere.
  await clients.dynamodb.send(new UpdateItemCommand({
    TableName: outputs.TableName,
    Key: { [Attr.TRANSACTION_ID]: item[Attr.TRANSACTION_ID], [Attr.TIMESTAMP]: item[Attr.TIMESTAMP] },
    UpdateExpression: 'SET #sweepAt = :due',
    ExpressionAttributeNames: { '#sweepAt': Attr.SWEEP_AT },
    ExpressionAttributeValues: { ':due': { S: new Date(Date.now() - MINUTE).toISOString() } },
  }));
  return item;
}

/** Invokes the relay, and describes its error. */
async function invokeRelay(input: object, { clients, outputs }: ScenarioContext): Promise<string | undefined> {
  const { FunctionError: error } = await clients.lambda.send(new InvokeCommand({
    FunctionName: outputs.RelayFunctionName, Payload: Buffer.from(JSON.stringify(input)),
  }));
  return error ? `the sweep failed: ${error}` : undefined;
}

function itemOf(orphan: Orphan, { items }: Observed, condition: (item: TableItem) => boolean): TableItem | undefined {
  return items.find((item) => item[Attr.EVENT_ID]?.S === orphanEventId(orphan) && condition(item));
}

function orphanEventId({ name }: Orphan): string {
  return `evt_local_${name}`;
}

/** A copy of an assessed item in its state between a claim and the verdict. */
export function orphanOf(assessed: TableItem, now: Date, orphan: Orphan): TableItem {
  const {
    [Attr.VERDICT]: verdict, [Attr.SCORE]: score, [Attr.REASONS]: reasons, [Attr.RULE_SET]: ruleSet, [Attr.ASSESSED_AT]: assessedAt,
    [Attr.CLOSED_AT]: closedAt, ...item
  } = assessed;
  const minutesFromNow = (minutes: number) => ({ S: new Date(now.getTime() + minutes * MINUTE).toISOString() });
  return {
    ...item,
    [Attr.RECORD_TYPE]: { S: RecordType.TRANSACTION },
    [Attr.TRANSACTION_ID]: { S: `stripe:ch_local_${orphan.name}` },
    [Attr.TIMESTAMP]: { S: `${item[Attr.EVENT_TIME].S}#${orphanEventId(orphan)}` },
    [Attr.EVENT_ID]: { S: orphanEventId(orphan) },
    [Attr.RECEIVED_AT]: minutesFromNow(-orphan.minutesAgo),
    [Attr.CLAIM_OWNER]: { S: 'an execution that died' },
    [Attr.CLAIMED_AT]: minutesFromNow(-15),
    [Attr.SWEEP_PARTITION]: { S: '7' },
    [Attr.SWEEP_AT]: minutesFromNow(10),
    ...orphan.sweeps !== undefined && { [Attr.SWEEPS]: { N: String(orphan.sweeps) } },
  };
}
