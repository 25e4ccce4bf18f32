import { Duration } from 'aws-cdk-lib';
import { type IEventBus, Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Tracing } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { HandlerFunction } from './handler-function';
import type { TransactionStore } from './transaction-store';
import type { HandlerCode } from '../../props/handler-code';
import type { BoundProvider } from '../bound-provider';
import { Env, Index, SWEEP_INPUT, type AssessmentScopeConfig, type TierConfig } from '../contract';
import type { SystemSettings } from '../settings/system-settings';
import { consumeStream } from '../stream-consumer';
import { RELAY_FILTERS } from '../stream-filters';

const SWEEP_EVERY = Duration.minutes(1);

/** The alert topic, and the number of subscriptions that the stack adds to it. */
export interface AlertRecipients {
  readonly topic: ITopic;
  readonly count: number;
}

export interface EventRelayProps extends SystemSettings {
  readonly code: HandlerCode;
  readonly store: TransactionStore;
  readonly tiers: TierConfig;
  /** If there is none, only the high tier is assessed. */
  readonly assessmentScope?: AssessmentScopeConfig;
  readonly bus: IEventBus;
  readonly source: string;
  readonly includeBody?: boolean;
  readonly providers: readonly BoundProvider[];
  readonly deadLetterQueue: IQueue;
  readonly failedRecords: IBucket;
  /**
   * The recipients whose confirmation the sweep checks.
   *
   * @default - it checks no confirmations
   */
  readonly recipients?: AlertRecipients;
  /**
   * How long the card of a disputed payment stays on the blocklist.
   *
   * @default - no card is added
   */
  readonly blockDisputedCards?: Duration;
}

/** The only publisher. It publishes the changes of the table as events, and sweeps transactions that the workflow did not finish. */
export class EventRelay extends Construct {
  public readonly handler: HandlerFunction;

  constructor(scope: Construct, id: string, props: EventRelayProps) {
    super(scope, id);
    const { store, assessmentScope, bus, deadLetterQueue, failedRecords, recipients, blockDisputedCards } = props;
    const screens = assessmentScope?.below === 'suspicious';

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
        ...assessmentScope && { [Env.ASSESSMENT_SCOPE]: JSON.stringify(assessmentScope) },
        ...props.includeBody && { [Env.INCLUDE_BODY]: 'true' },
        [Env.DEAD_LETTER_QUEUE_URL]: deadLetterQueue.queueUrl,
        ...blockDisputedCards && { [Env.BLOCK_DISPUTED_CARDS_SECONDS]: String(blockDisputedCards.toSeconds()) },
        ...recipients && { [Env.ALERT_TOPIC_ARN]: recipients.topic.topicArn, [Env.ALERT_RECIPIENTS]: String(recipients.count) },
      },
    });
    this.handler.allow(['events:PutEvents'], [bus.eventBusArn]);
    this.handler.allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], [store.table.tableArn]);
    this.handler.allow(['dynamodb:Query'], [
      store.table.tableArn, ...[Index.OPEN_HIGH_VALUE, ...screens ? [Index.CUSTOMER, Index.CARD] : []].map((index) => store.indexArn(index)),
    ]);
    this.handler.allow(['sqs:SendMessage'], [deadLetterQueue.queueArn]);
    if (recipients) {
      this.handler.allow(['sns:GetTopicAttributes'], [recipients.topic.topicArn]);
    }

    consumeStream(this.handler.lambda, store.table, {
      failedRecords, batchSize: 100, reportBatchItemFailures: true, filters: RELAY_FILTERS,
    });

    new Rule(this, 'Sweep', {
      ruleName: props.names.optional('transaction-sweep'),
      description: 'Republishes transactions that were not assessed and closed in time',
      schedule: Schedule.rate(SWEEP_EVERY),
      // The next sweep is the retry.
      targets: [new LambdaFunction(this.handler.lambda, { event: RuleTargetInput.fromObject(SWEEP_INPUT), retryAttempts: 0 })],
    });
    this.handler.lambda.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: SWEEP_EVERY });
  }
}
