import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { AlarmBoard } from './alarm-board';
import { datapointsIn } from './embedded-metrics';
import { MessageQueue } from './message-queue';
import { MetricFilters } from './metric-filters';
import { MINUTE, MetricStore, type Datapoint, type Dimensions } from './metric-store';
import { isQueryOfSweep, OpenPartitions } from './open-partitions';
import { CONCURRENCY, noFaults } from './simulated-faults';
import { loadFunctions, type CalledServices, type SimulatedFunctions } from './simulated-functions';
import { SimulatedReconciliation, checkpointBefore } from './simulated-reconciliation';
import { API_ID, BURST_LIMIT, CONFIGS, DIMENSIONS, ENVIRONMENT, QUEUE_NAME, template } from './simulated-template';
import { StreamMapping } from './stream-mapping';
import type { SignedWebhook } from '../../handlers/providers/shared/samples/provider-samples';
import { SWEEP_INPUT } from '../../src/private/contract';
import { RELAY_FILTERS } from '../../src/private/stream-filters';
import { StreamedTable } from '../faults/streamed-table';
import { ALL_SAMPLES } from '../handlers/support/all-samples';
import type { Operation } from '../handlers/support/memory-table';
import { ServiceError } from '../handlers/support/service-error';
import { proxyEvent } from '../handlers/support/webhooks';

const HIGH = (JSON.parse(ENVIRONMENT.TIERS) as { readonly high: number }).high;
const MAX_AGE_MINUTES = 23 * 60;
const CONTEXT = {
  getRemainingTimeInMillis: () => 60_000, awsRequestId: 'request-1', invokedFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:event-relay-test',
};
/** Of the reconciler. */
const LONG_CONTEXT = { ...CONTEXT, getRemainingTimeInMillis: () => 900_000 };
const SERVER_ERROR = 500;
const CLIENT_ERROR = 400;
const THROTTLED = 429;
const TOO_LARGE = 413;
/** Of the event that Lambda receives (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html). */
const MAX_EVENT_BYTES = 6 * 1024 * 1024;

interface PublishedDetail {
  readonly transaction_id: string;
  readonly money_movement: boolean;
  readonly amount: number;
}

let functions: SimulatedFunctions | undefined;
let current: SimulatedSystem;

/** The system of the template in steps of a minute: the handlers run, AWS's services are modeled, and every metric is recorded. */
export class SimulatedSystem implements CalledServices {
  public readonly metrics = new MetricStore();
  public readonly board = new AlarmBoard(template, this.metrics);
  public readonly faults = noFaults();

  /** By the name of the provider; undefined if the secret is not set. */
  public readonly secrets = new Map<string, string | undefined>(CONFIGS.map(({ name, scheme }) => [name, ALL_SAMPLES[scheme].secret]));
  public readonly queue = new MessageQueue(QUEUE_NAME);
  /** The filters of the relay's mapping. */
  public readonly relayFilters = [...RELAY_FILTERS];
  public readonly relay: StreamMapping;
  public readonly archival: StreamMapping;
  public readonly reconciliation: SimulatedReconciliation;
  private readonly table = new StreamedTable();
  private readonly logFilters = new MetricFilters(template);
  private readonly openPartitions = new OpenPartitions(this.table.stream);
  private published: PutEventsRequestEntry[] = [];

  constructor(public now: number) {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the handlers load once, and call the system that runs
    current = this;
    functions ??= loadFunctions(() => current);
    this.reconciliation = new SimulatedReconciliation(now);
    jest.spyOn(globalThis, 'fetch').mockImplementation(this.reconciliation.fetch);
    jest.spyOn(process.stdout, 'write').mockImplementation((line) => {
      datapointsIn(String(line)).forEach((datapoint) => this.metrics.add(datapoint));
      return true;
    });
    this.relay = this.mapping(DIMENSIONS.relay, {
      invoke: async (records) => functions!.publish({ Records: records } as never, CONTEXT) as Promise<never>,
      filters: this.relayFilters as never,
      batchSize: 100,
      batchingWindowMinutes: 0,
    });
    this.archival = this.mapping(DIMENSIONS.archival, {
      invoke: async (records) => functions!.archive({ Records: records } as never, CONTEXT),
      filters: [],
      batchSize: 1_000,
      batchingWindowMinutes: 5,
    });
  }

  /** One minute. `send` sends the requests of it. */
  public async minute(send: (system: SimulatedSystem) => Promise<void> = async () => {}): Promise<void> {
    jest.setSystemTime(this.now);
    await send(this);
    await this.sweep();
    await this.reconcile();
    await this.relay.run(this.now);
    this.runWorkflows();
    await this.archival.run(this.now);
    this.record('AWS/Lambda', {}, { ClaimedAccountConcurrency: this.faults.claimedConcurrency, ConcurrentExecutions: CONCURRENCY });
    this.queue.report(this.now).forEach((datapoint) => this.metrics.add(datapoint));
    this.now += MINUTE;
    this.board.evaluate(this.now);
  }

  /** A POST to `/webhook/<name>`. Returns the status. If the event is too large for Lambda, API Gateway answers. */
  public async post(name: string, webhook: SignedWebhook): Promise<number> {
    const event = proxyEvent(webhook, name);
    if (event.body!.length > MAX_EVENT_BYTES) {
      return this.answered(name, TOO_LARGE);
    }
    const { statusCode } = await functions!.validate(event, CONTEXT);
    return this.answered(name, statusCode);
  }

  /** Several requests within a second. API Gateway answers those over its limit. */
  public async burst(name: string, requests: readonly SignedWebhook[]): Promise<void> {
    for (const [index, request] of requests.entries()) {
      await (index < BURST_LIMIT ? this.post(name, request) : this.answered(name, THROTTLED));
    }
  }

  public async perform(operation: Operation, request: object): Promise<object> {
    const code = this.faults.table.get(operation)?.shift()
      ?? (this.faults.sweepQueriesFail && operation === 'Query' && isQueryOfSweep(request) ? 'AccessDeniedException' : undefined);
    if (code) {
      throw new ServiceError(code, 'made to fail');
    }
    const isEmpty = operation === 'Query' && this.openPartitions.isEmpty(request);
    return isEmpty ? { Items: [], Count: 0, ScannedCount: 0 } : this.table.perform(operation, request);
  }

  public secretOf(arn: string): string | undefined {
    if (this.reconciliation.isApiKey(arn)) {
      return this.reconciliation.apiKey;
    }
    return this.secrets.get(CONFIGS.find(({ secretArns }) => secretArns.includes(arn))!.name);
  }

  public publish(entry: PutEventsRequestEntry): string | undefined {
    if (this.faults.bus === undefined) {
      this.published.push(entry);
    }
    return this.faults.bus;
  }

  public sendToQueue(): void {
    this.queue.send(this.now);
  }

  public putObject(): void {
    if (this.faults.bucketFails) {
      throw new ServiceError('AccessDenied', 'made to fail');
    }
  }

  /** @see https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html */
  public topicAttributes(): { readonly [name: string]: string } {
    return { SubscriptionsPending: '0', SubscriptionsConfirmed: this.faults.recipientUnconfirmed ? '0' : '1' };
  }

  /** Makes the system one that was reconciled before. */
  public async wasReconciled(): Promise<void> {
    await this.putItem(checkpointBefore(this.now));
  }

  /** Writes an item as an operator who can change the table. */
  public async putItem(item: object): Promise<void> {
    await this.table.perform('PutItem', { TableName: ENVIRONMENT.TABLE_NAME, Item: item });
  }

  /**
   * API Gateway reports 5XXError for each request: its average is the rate of errors.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
   */
  private answered(name: string, status: number): number {
    const isServerError = status >= SERVER_ERROR;
    this.record('AWS/ApiGateway', DIMENSIONS.api, {
      'Count': 1, '5XXError': Number(isServerError), '4XXError': Number(status >= CLIENT_ERROR && !isServerError),
    });
    const isConfigured = CONFIGS.some((config) => config.name === name);
    const line = this.logFilters.lineOf({
      apiId: API_ID, status: String(status), path: `/prod/webhook/${name}`, resourcePath: isConfigured ? `/webhook/${name}` : '/webhook/{provider}',
    });
    this.logFilters.datapointsIn(line, this.now).forEach((datapoint) => this.metrics.add(datapoint));
    return status;
  }

  /** The rule starts the sweep each minute. It is not retried. */
  private async sweep(): Promise<void> {
    if (!this.faults.sweepRuleDisabled) {
      await this.invoked(DIMENSIONS.relay, async () => functions!.publish(SWEEP_INPUT, CONTEXT)).catch(() => undefined);
    }
  }

  /** Not retried. */
  private async reconcile(): Promise<void> {
    const input = this.reconciliation.due(this.now);
    if (input) {
      await this.invoked(DIMENSIONS.reconciler, async () => functions!.reconcile(input, LONG_CONTEXT)).catch(() => undefined);
    }
  }

  /**
   * Lambda reports Errors for each invocation, 0 if it succeeded.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
   */
  private async invoked<T>(dimensions: Dimensions, invoke: () => Promise<T>): Promise<T> {
    const isMisconfigured = dimensions === DIMENSIONS.relay && this.faults.relayMisconfigured;
    try {
      if (isMisconfigured) {
        delete process.env.EVENT_BUS_NAME;
      }
      const answer = await invoke();
      this.record('AWS/Lambda', dimensions, { Errors: 0 });
      return answer;
    } catch (error) {
      this.record('AWS/Lambda', dimensions, { Errors: 1 });
      throw error;
    } finally {
      Object.assign(process.env, ENVIRONMENT);
    }
  }

  private mapping(
    dimensions: Dimensions, props: Pick<ConstructorParameters<typeof StreamMapping>[0], 'invoke' | 'filters' | 'batchSize' | 'batchingWindowMinutes'>,
  ): StreamMapping {
    return new StreamMapping({
      ...props,
      stream: () => this.table.stream,
      invoke: async (records) => this.invoked(dimensions, async () => props.invoke(records)),
      maxRecordAgeMinutes: MAX_AGE_MINUTES,
      reportAge: (age) => this.record('AWS/Lambda', dimensions, { IteratorAge: age }),
      // A rule reports each object in the bucket to the dead-letter queue.
      discard: () => (this.faults.failedRecordsBucketFails ? this.record('AWS/Lambda', dimensions, { DestinationDeliveryFailures: 1 }) : this.queue.send(this.now)),
    });
  }

  /**
   * The executions of the workflow, and the alerts of the tiers. Step Functions
   * reports an execution when it ends, SNS each failed delivery.
   *
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html
   * @see https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html
   */
  private runWorkflows(): void {
    for (const { Detail } of this.published.splice(0)) {
      const { transaction_id: id, money_movement: isMovement, amount } = JSON.parse(Detail!) as PublishedDetail;
      if (isMovement && amount > HIGH) {
        this.runWorkflow(id);
        if (this.faults.alertsRefused) {
          this.record('AWS/SNS', DIMENSIONS.alertTopic, { NumberOfNotificationsFailed: 1 });
        }
      }
    }
  }

  private runWorkflow(transactionId: string): void {
    switch (this.faults.workflow) {
      case 'succeeds':
        this.record('AWS/States', DIMENSIONS.workflow, { ExecutionsSucceeded: 1 });
        this.close(transactionId);
        break;
      case 'fails':
        // The last state of a failure sends the event to the dead-letter queue.
        this.queue.send(this.now);
        this.record('AWS/States', DIMENSIONS.workflow, { ExecutionsFailed: 1 });
        break;
      case 'times-out':
        this.record('AWS/States', DIMENSIONS.workflow, { ExecutionsTimedOut: 1 });
        break;
      case 'not-started':
    }
  }

  /** As the last state of the workflow does. */
  private close(transactionId: string): void {
    const { transaction_id, timestamp } = this.table.items.find((item) => item.transaction_id.S === transactionId)!;
    void this.table.perform('UpdateItem', {
      TableName: ENVIRONMENT.TABLE_NAME,
      Key: { transaction_id, timestamp },
      UpdateExpression: 'SET closed_at = :now REMOVE sweep_partition, sweep_at, given_up_at',
      ExpressionAttributeValues: { ':now': { S: new Date(this.now).toISOString() } },
    });
  }

  private record(namespace: string, dimensions: Dimensions, values: { readonly [name: string]: number }): void {
    for (const [name, value] of Object.entries(values)) {
      this.metrics.add({ namespace, name, dimensions, value, timestamp: this.now } satisfies Datapoint);
    }
  }
}
