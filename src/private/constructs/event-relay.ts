import { Duration } from 'aws-cdk-lib';
import { type IEventBus, Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Tracing } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { HandlerFunction } from './handler-function';
import type { TransactionStore } from './transaction-store';
import type { HandlerCode } from '../../props/handler-code';
import type { BoundProvider } from '../bound-provider';
import { Env, Index, SWEEP_INPUT, type TierConfig } from '../contract';
import type { SystemSettings } from '../settings/system-settings';
import { consumeStream } from '../stream-consumer';
import { RELAY_FILTERS } from '../stream-filters';

const SWEEP_EVERY = Duration.minutes(1);

export interface EventRelayProps extends SystemSettings {
  readonly code: HandlerCode;
  readonly store: TransactionStore;
  readonly tiers: TierConfig;
  readonly bus: IEventBus;
  readonly source: string;
  readonly includeBody?: boolean;
  readonly providers: readonly BoundProvider[];
  readonly deadLetterQueue: IQueue;
  readonly failedRecords: IBucket;
}

/** The only publisher. It publishes the changes of the table as events, and sweeps transactions that the workflow did not finish. */
export class EventRelay extends Construct {
  public readonly handler: HandlerFunction;

  constructor(scope: Construct, id: string, props: EventRelayProps) {
    super(scope, id);
    const { store, bus, deadLetterQueue, failedRecords } = props;

    this.handler = new HandlerFunction(this, 'Handler', {
      ...props,
      handler: 'event-relay',
      description: 'Publishes transactions as events, and sweeps unfinished ones',
      memorySize: 512,
      timeout: Duration.seconds(60),
      // A stream has no trace header. Active tracing would start separate traces, which do not show the webhook and cost the most.
      // Without a setting, Lambda passes traces through, and the role needs no right to write them.
      tracing: Tracing.DISABLED,
      keyServices: ['dynamodb', 's3', 'sqs'],
      environment: {
        [Env.TABLE_NAME]: store.table.tableName,
        [Env.EVENT_BUS_NAME]: bus.eventBusArn,
        [Env.EVENT_SOURCE]: props.source,
        [Env.TIERS]: JSON.stringify(props.tiers),
        [Env.SCHEMES]: JSON.stringify(Object.fromEntries(props.providers.map(({ config: { name, scheme } }) => [name, scheme]))),
        ...props.includeBody && { [Env.INCLUDE_BODY]: 'true' },
        [Env.DEAD_LETTER_QUEUE_URL]: deadLetterQueue.queueUrl,
      },
    });
    this.handler.allow(['events:PutEvents'], [bus.eventBusArn]);
    this.handler.allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], [store.table.tableArn]);
    this.handler.allow(['dynamodb:Query'], [store.indexArn(Index.OPEN_HIGH_VALUE)]);
    this.handler.allow(['sqs:SendMessage'], [deadLetterQueue.queueArn]);

    consumeStream(this.handler.lambda, store.table, {
      failedRecords, batchSize: 100, reportBatchItemFailures: true, filters: RELAY_FILTERS,
    });

    new Rule(this, 'Sweep', {
      ruleName: props.names.optional('transaction-sweep'),
      description: 'Republishes high-value transactions that were not closed in time',
      schedule: Schedule.rate(SWEEP_EVERY),
      // The next sweep is the retry.
      targets: [new LambdaFunction(this.handler.lambda, { event: RuleTargetInput.fromObject(SWEEP_INPUT), retryAttempts: 0 })],
    });
    this.handler.lambda.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: SWEEP_EVERY });
  }
}
