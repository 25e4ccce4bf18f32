import { createHash } from 'node:crypto';
import { BatchGetItemCommand, GetItemCommand, QueryCommand, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { PutObjectCommand, S3Client, type PutObjectCommandInput } from '@aws-sdk/client-s3';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import '../handlers/support/validator-environment';
import { atTime } from './fixed-clock';
import { readUnits, sizeOf, type Item } from './item-size';
import { CUSTOMERS, sortOf, stripeCharge, type Sort } from './stripe-webhooks';
import { REQUEST_ID, TRACE_ID } from '../../cli/cost/platform-logs';
import type { Deployment } from '../../cli/cost/priced-deployment';
import { DAYS } from '../../cli/cost/workload';
import { handler as archive } from '../../handlers/archive/handler';
import { handler as assess } from '../../handlers/assess/handler';
import { handler as validate } from '../../handlers/ingest/handler';
import { handler as relay } from '../../handlers/publish/handler';
import { AssessmentScope } from '../../src';
import { SWEEP_INPUT, type Assessment, type AssessmentRequest, type Verdict } from '../../src/private/contract';
import { resolveFraudRules } from '../../src/private/settings/fraud-config';
import { FakeBus } from '../handlers/support/fake-bus';
import { FakeSecrets } from '../handlers/support/fake-secrets';
import { FakeTable } from '../handlers/support/fake-table';
import { proxyEvent } from '../handlers/support/webhooks';
import { fromWire } from '../handlers/support/wire-item';
import { matches } from '../support/event-pattern';
import { run } from '../support/state-machine';

/** A change of an item in the stream. */
export interface Change {
  readonly before?: Item;
  readonly after: Item;
  readonly at: Date;
}
/** The results of one webhook. */
export interface Delivery {
  readonly sort: Sort;
  readonly bodyBytes: number;
  readonly responseBytes: number;
  readonly changes: readonly Change[];
  /** The number of changes that invoke the relay. */
  readonly relayed: number;
  readonly events: readonly PutEventsRequestEntry[];
  readonly validatorLines: readonly string[];
  readonly relayLines: readonly string[];
  /** The read units of the relay's screening. */
  readonly screeningUnits: number;
  readonly execution?: Execution;
}
/** One execution of the workflow. */
export interface Execution {
  readonly path: readonly string[];
  readonly changes: readonly Change[];
  readonly publishes: number;
  readonly readUnits: number;
  readonly detectorLines: readonly string[];
}

const FIRST_DAY = Date.parse('2026-06-01T00:00:00.000Z');
const DAY = 24 * 3_600_000;
/** The time between the first payments of all customers and the month, so that no customer is new. */
const KNOWN_FOR = 60 * DAY;
const EXECUTION_ARN = 'arn:aws:states:us-east-1:123456789012:express:transaction-workflow-prod:b2c8:1f0e';
const CONTEXT = {
  getRemainingTimeInMillis: () => 60_000, awsRequestId: REQUEST_ID, invokedFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:event-relay-test',
};

/**
 * Sends the webhooks of a month through the handlers' own code, one after the
 * other, from the request to the last change of the item. This does not cover
 * the network, AWS and concurrency.
 */
export class SampleMonth {
  private readonly table = new FakeTable();
  private readonly bus = new FakeBus();
  private readonly archive = mockClient(S3Client);
  private sequence = 0;

  constructor(private readonly deployment: Deployment) {
    new FakeSecrets().reset();
    this.bus.reset();
    this.archive.on(PutObjectCommand).resolves({});
    Object.assign(process.env, {
      _X_AMZN_TRACE_ID: `Root=${TRACE_ID};Parent=53995c3f42cd8ad8;Sampled=0`,
      EVENT_BUS_NAME: 'payment-events',
      EVENT_SOURCE: 'webhook-processing-system.prod',
      ASSESSMENT_SCOPE: JSON.stringify(AssessmentScope.suspicious()._config),
      DEAD_LETTER_QUEUE_URL: 'https://sqs/dlq',
      ARCHIVE_BUCKET_NAME: 'archive',
      FRAUD_RULES: JSON.stringify(resolveFraudRules()),
    });
  }

  /** Delivers webhooks, spread evenly over the month. */
  public async deliver(webhooks: number): Promise<Delivery[]> {
    for (let customer = 0; customer < CUSTOMERS; customer += 1) {
      await this.post(100 * CUSTOMERS + customer, new Date(FIRST_DAY - KNOWN_FOR + customer * DAY / CUSTOMERS));
    }
    const deliveries: Delivery[] = [];
    for (let number = 0; number < webhooks; number += 1) {
      deliveries.push(await this.deliverOne(number, new Date(FIRST_DAY + number * DAYS * DAY / webhooks)));
    }
    return deliveries;
  }

  /** An execution whose verdict causes a second alert. */
  public async review(delivery: Delivery): Promise<Execution> {
    this.table.store(delivery.changes[0].after);
    return this.execute(JSON.parse(delivery.events[0].Detail!), delivery.changes[0].at, 'review');
  }

  /** The bytes of the object that the archival writes for a batch. */
  public async archivedBytes(changes: readonly Change[]): Promise<number> {
    this.archive.resetHistory();
    await archive({ Records: changes.map((change) => this.recordOf(change)) } as unknown as DynamoDBStreamEvent, CONTEXT);
    const { Body } = this.archive.commandCalls(PutObjectCommand)[0].args[0].input as PutObjectCommandInput;
    return (Body as Buffer).byteLength;
  }

  /** The read request units of a sweep that finds nothing to do. */
  public async sweepReadUnits(): Promise<number> {
    this.table.reset();
    await relay(SWEEP_INPUT, CONTEXT);
    return this.readUnitsUsed();
  }

  private async deliverOne(number: number, at: Date): Promise<Delivery> {
    const { response, body, lines: validatorLines, item } = await this.post(number, at);
    const inserted = { after: item, at };
    const first = await this.publish([inserted]);
    const sort = sortOf(number);
    const execution = sort === 'high' ? await this.execute(JSON.parse(first.events[0].Detail!), at) : undefined;
    const later = await this.publish(execution?.changes ?? []);
    return {
      sort,
      bodyBytes: body.byteLength,
      responseBytes: Buffer.byteLength(response.body),
      changes: [inserted, ...execution?.changes ?? []],
      relayed: first.relayed + later.relayed,
      events: [...first.events, ...later.events],
      validatorLines,
      relayLines: [...first.lines, ...later.lines],
      screeningUnits: first.readUnits + later.readUnits,
      execution,
    };
  }

  private async post(number: number, at: Date) {
    const stored = this.table.callsOf('PutItem').length;
    const webhook = stripeCharge(number, at, at);
    const { result: response, lines } = await captured(() => atTime(at, async () => validate(proxyEvent(webhook, 'stripe'), CONTEXT)));
    const put = this.table.callsOf('PutItem').at(stored);
    if (!put) {
      throw new Error(`the sample's webhook was not stored: ${response.body}`);
    }
    return { response, lines, body: webhook.body, item: fromWire<Item>(put.input.Item) };
  }

  /** Lets the relay publish the changes that pass the stream's filters. */
  private async publish(changes: readonly Change[]) {
    const { filters } = this.deployment.relayStream;
    const records = changes.map((change) => this.recordOf(change))
      .filter((record) => filters.length === 0 || filters.some((filter) => matches(filter, record)));
    const published = this.bus.published.length;
    this.table.client.resetHistory();
    const { lines } = await captured(async () => (
      records.length > 0 ? relay({ Records: records } as unknown as DynamoDBStreamEvent, CONTEXT) : undefined
    ));
    return { lines, relayed: records.length, events: this.bus.published.slice(published), readUnits: await this.readUnitsUsed() };
  }

  private async execute(detail: AssessmentRequest['detail'], at: Date, verdict?: Verdict): Promise<Execution> {
    const { transaction_id: id, timestamp } = detail;
    const find = () => this.table.find({ transaction_id: { S: id }, timestamp: { S: timestamp } })!;
    const changes: Change[] = [];
    const changing = async <T>(work: () => T | Promise<T>): Promise<T> => {
      const before = find();
      const result = await work();
      changes.push({ before, after: find(), at });
      return result;
    };
    const update = async (parameters: UpdateItemCommandInput) => changing(() => this.table.update(parameters));
    let publishes = 0;
    const publish = () => ({ MessageId: String(publishes += 1) });
    this.table.client.resetHistory();
    const tasks = {
      ClaimTransaction: update,
      DetectFraud: async ({ Payload }: { Payload: AssessmentRequest }) => changing(async () => {
        const assessment: Assessment = await assess(Payload, CONTEXT);
        return { Payload: { ...assessment, verdict: verdict ?? assessment.verdict } };
      }),
      NotifyHighValue: publish,
      NotifyVerdict: publish,
      CloseTransaction: update,
    };
    const context = { Execution: { Id: EXECUTION_ARN, StartTime: at.toISOString() }, State: { EnteredTime: at.toISOString() } };
    const { result: { path }, lines: detectorLines } = await captured(() => (
      atTime(at, async () => run(this.deployment.workflow.definition, { detail }, tasks, context))
    ));
    return { path, changes, publishes, detectorLines, readUnits: await this.readUnitsUsed() };
  }

  /** The read units of all reads since the history was reset. */
  private async readUnitsUsed(): Promise<number> {
    let units = 0;
    for (const { args: [{ input }], returnValue } of this.table.client.commandCalls(QueryCommand)) {
      const { Items = [] } = await returnValue;
      units += readUnits(sum(Items.map(sizeOf)), input.ConsistentRead ?? false);
    }
    for (const { args: [{ input }], returnValue } of this.table.client.commandCalls(GetItemCommand)) {
      units += readUnits(sizeOf((await returnValue).Item ?? {}), input.ConsistentRead ?? false);
    }
    for (const { args: [{ input }], returnValue } of this.table.client.commandCalls(BatchGetItemCommand)) {
      const items = Object.values((await returnValue).Responses!).flat();
      // Each key is billed separately, and a missing item is billed as a small one. The batch is consistent.
      const missing = sum(Object.values(input.RequestItems!).map(({ Keys }) => Keys!.length)) - items.length;
      units += sum(items.map((item) => readUnits(sizeOf(item), true))) + missing * readUnits(0, true);
    }
    return units;
  }

  /** Binary values are base64 in a stream's events. */
  private recordOf({ before, after, at }: Change): object {
    const image = (item: Item | undefined) => item && Object.fromEntries(Object.entries(item).map(([name, value]) => (
      [name, value.B ? { B: Buffer.from(value.B).toString('base64') } : value]
    )));
    this.sequence += 1;
    return {
      eventID: createHash('md5').update(String(this.sequence)).digest('hex'),
      eventName: before ? 'MODIFY' : 'INSERT',
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(at.getTime() / 1000),
        SequenceNumber: `4421584500000000${String(this.sequence).padStart(9, '0')}`,
        Keys: { transaction_id: after.transaction_id, timestamp: after.timestamp },
        NewImage: image(after),
        OldImage: image(before),
      },
    };
  }
}

/** Runs work and returns the lines that it writes to standard output. */
async function captured<T>(work: () => Promise<T>): Promise<{ result: T; lines: string[] }> {
  const { write } = process.stdout;
  const lines: string[] = [];
  process.stdout.write = (text) => lines.push(...String(text).split('\n').filter(Boolean)) >= 0;
  try {
    return { result: await work(), lines };
  } finally {
    process.stdout.write = write;
  }
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
