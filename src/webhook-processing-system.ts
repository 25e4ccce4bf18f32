import { Duration, Tags } from 'aws-cdk-lib';
import type { IRestApi } from 'aws-cdk-lib/aws-apigateway';
import { type Dashboard, type IAlarm, type Metric, type MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus, IRule, IRuleTarget } from 'aws-cdk-lib/aws-events';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { Alarms } from './alarms';
import type { AmountTier } from './amount-thresholds';
import { AuditArchive } from './audit-archive';
import { DeadLetterQueue } from './dead-letter-queue';
import { EventRelay } from './event-relay';
import { EventRouting, PaymentEventBus } from './event-routing';
import { FraudDetector } from './fraud-detector';
import { HandlerCode } from './handler-code';
import { IngressApi } from './ingress-api';
import { Monitoring } from './monitoring';
import { Metric as MetricName } from './private/contract';
import { resolveFraudRules } from './private/fraud-config';
import { PhysicalNames } from './private/physical-names';
import { systemMetric, verdictMetric } from './private/system-metric';
import { resolveSettings } from './private/system-settings';
import { resolveThresholds } from './private/tiers';
import { TransactionAlerts } from './transaction-alerts';
import { TransactionArchival } from './transaction-archival';
import { TransactionStore } from './transaction-store';
import { TransactionWorkflow } from './transaction-workflow';
import type { WebhookProcessingSystemProps } from './webhook-processing-system-props';
import { WebhookValidator } from './webhook-validator';

/**
 * Payment webhooks from the signed request to the audit archive.
 *
 * A webhook is verified, stored exactly once and acknowledged; then published
 * on a bus and routed by its amount: large ones are assessed for fraud in a
 * workflow and announced, medium ones announced, small ones left to your own
 * targets. Every change of every transaction is archived.
 *
 * A webhook is stored once; events and alerts come at least once; a
 * transaction has one verdict.
 *
 * Costs about 15 to 20 USD a million webhooks at low rates, half of that at
 * high ones, and 11 USD a month at rest for alarms, metrics, a secret and the
 * dashboard (modelled for us-east-1 in the README).
 *
 * @example
 *   const payments = new WebhookProcessingSystem(this, 'Payments', {
 *     environmentSuffix: 'prod',
 *     providers: [WebhookProvider.stripe()],
 *     alertEmails: ['payments@example.com'],
 *     removalPolicy: RemovalPolicy.RETAIN,
 *   });
 *   new CfnOutput(this, 'WebhookUrl', { value: payments.webhookUrl });
 */
export class WebhookProcessingSystem extends Construct {
  /** The REST API that providers post to. */
  public readonly api: IRestApi;
  /** Where the first provider posts to; add `/{name}` for each one. */
  public readonly webhookUrl: string;
  /** The transactions. */
  public readonly table: ITable;
  /** The bus that `transaction.received`, `transaction.assessed` and `transaction.blocked` are published on. */
  public readonly eventBus: IEventBus;
  /** The `source` of this system's events, for rules of your own. */
  public readonly eventSource: string;
  /** Matches high-value transactions and starts the workflow. */
  public readonly highRule: IRule;
  /** Matches medium-value transactions and alerts people. */
  public readonly mediumRule: IRule;
  /** Matches low-value transactions; open for targets of your own. */
  public readonly lowRule: IRule;
  /** The workflow of high-value transactions. */
  public readonly stateMachine: IStateMachine;
  /** The topic that alerts are published on. */
  public readonly alertTopic: ITopic;
  /** The audit archive. */
  public readonly archive: IBucket;
  /** What could not be delivered or processed. */
  public readonly deadLetterQueue: IQueue;
  /** The dashboard of the whole system. */
  public readonly dashboard: Dashboard;
  /** The operational alarms, each explained in the runbook. */
  public readonly alarms: IAlarm[];
  /** Verifies and stores webhooks. */
  public readonly webhookValidator: IFunction;
  /** Publishes events and sweeps unfinished transactions. */
  public readonly eventRelay: IFunction;
  /** Assesses high-value transactions. */
  public readonly fraudDetector: IFunction;
  /** Writes the archive. */
  public readonly transactionArchival: IFunction;

  private readonly names: PhysicalNames;
  private readonly routing: EventRouting;
  private readonly validator: WebhookValidator;
  private readonly store: TransactionStore;

  constructor(scope: Construct, id: string, props: WebhookProcessingSystemProps = {}) {
    super(scope, id);
    const settings = resolveSettings(this, props);
    const tiers = resolveThresholds(props.thresholds);
    const fraud = resolveFraudRules(props.fraudRules, props.reviewScore, props.blockScore);
    const code = props.handlerCode ?? HandlerCode.bundledImages();
    const { queue: deadLetterQueue } = new DeadLetterQueue(this, 'DeadLetters', settings);

    const store = new TransactionStore(this, 'Transactions', settings);
    const validator = new WebhookValidator(this, 'WebhookValidator', {
      ...settings, code, store, tiers, providers: props.providers, previousSecretGrace: props.previousSecretGrace ?? Duration.hours(24),
    });
    const ingress = new IngressApi(this, 'Ingress', {
      ...settings,
      validator: validator.handler.lambda,
      providers: validator.providers,
      throttlingRateLimit: props.throttlingRateLimit ?? 1_000,
      throttlingBurstLimit: props.throttlingBurstLimit ?? 2_000,
      createLoggingRole: props.apiGatewayLoggingRole ?? true,
    });

    const { bus, source } = new PaymentEventBus(this, 'PaymentEvents', { ...settings, bus: props.eventBus });
    const relay = new EventRelay(this, 'EventRelay', { ...settings, code, store, tiers, bus, source, deadLetterQueue });

    const { topic: alertTopic } = new TransactionAlerts(this, 'Alerts', {
      ...settings, topic: props.alertTopic, emails: props.alertEmails ?? [], phoneNumbers: props.alertPhoneNumbers ?? [],
    });
    const detector = new FraudDetector(this, 'FraudDetector', { ...settings, code, store, fraud });
    const { stateMachine } = new TransactionWorkflow(this, 'Workflow', {
      ...settings,
      table: store.table,
      fraudDetector: detector.handler.lambda,
      alertTopic,
      deadLetterQueue,
      logExecutionData: props.logExecutionData ?? false,
    });
    const routing = new EventRouting(this, 'Routing', {
      ...settings, bus, source, tiers, workflow: stateMachine, alertTopic, deadLetterQueue,
    });

    const { bucket } = new AuditArchive(this, 'Archive', {
      ...settings, bucketName: props.archiveBucketName, lifecycle: props.archiveLifecycle,
    });
    const archival = new TransactionArchival(this, 'TransactionArchival', { ...settings, code, store, bucket, deadLetterQueue });

    this.api = ingress.api;
    this.webhookUrl = ingress.api.urlForPath('/webhook');
    this.table = store.table;
    this.eventBus = bus;
    this.eventSource = source;
    this.highRule = routing.highRule;
    this.mediumRule = routing.mediumRule;
    this.lowRule = routing.lowRule;
    this.stateMachine = stateMachine;
    this.alertTopic = alertTopic;
    this.archive = bucket;
    this.deadLetterQueue = deadLetterQueue;
    this.webhookValidator = validator.handler.lambda;
    this.eventRelay = relay.handler.lambda;
    this.fraudDetector = detector.handler.lambda;
    this.transactionArchival = archival.handler.lambda;
    this.names = settings.names;
    this.routing = routing;
    this.validator = validator;
    this.store = store;

    this.dashboard = new Monitoring(this, 'Monitoring', {
      ...settings,
      api: ingress.api,
      functions: {
        'webhook-validator': this.webhookValidator,
        'event-relay': this.eventRelay,
        'fraud-detector': this.fraudDetector,
        'transaction-archival': this.transactionArchival,
      },
      table: store.table,
      bus,
      rules: routing.rules,
      stateMachine,
      topic: alertTopic,
    }).dashboard;
    this.alarms = new Alarms(this, 'Alarms', {
      ...settings,
      secretNotSet: systemMetric(settings.names, MetricName.SECRET_NOT_SET, { period: Duration.minutes(5) }),
      api: ingress.api,
      eventRelay: this.eventRelay,
      transactionArchival: this.transactionArchival,
      stateMachine,
      deadLetterQueue,
      topic: props.alarmTopic,
    }).alarms;

    for (const [key, value] of Object.entries(props.tags ?? {})) {
      Tags.of(this).add(key, value);
    }
  }

  /** The secrets that the webhooks of a provider are verified with, created or handed in. */
  public providerSecrets(provider: string): ISecret[] {
    return this.validator.secretsOf(provider);
  }

  /**
   * Sends the transactions of a tier to a target of your own. EventBridge
   * takes five targets a rule; of the high and the medium tier one is taken.
   */
  public addTarget(tier: AmountTier, target: IRuleTarget): void {
    this.routing.ruleOf(tier).addTarget(target);
  }

  /** Lets somebody read the transactions and their indexes. */
  public grantReadTransactions(grantee: IGrantable): Grant {
    return this.table.grantReadData(grantee);
  }

  /** Lets somebody block and unblock: read, write and delete the entries of the blocklist, and no other item. */
  public grantManageBlocklist(grantee: IGrantable): Grant {
    return this.store.grantManageBlocklist(grantee);
  }

  /** Lets somebody read the audit archive. */
  public grantReadArchive(grantee: IGrantable): Grant {
    return this.archive.grantRead(grantee);
  }

  /** Lets somebody receive and delete what waits in the dead-letter queue. */
  public grantConsumeDeadLetters(grantee: IGrantable): Grant {
    return this.deadLetterQueue.grantConsumeMessages(grantee);
  }

  /**
   * Webhooks that were stored for the first time.
   *
   * @default sum over 5 minutes
   */
  public metricStored(options?: MetricOptions): Metric {
    return systemMetric(this.names, MetricName.STORED, options);
  }

  /**
   * Webhooks that had been stored before.
   *
   * @default sum over 5 minutes
   */
  public metricDuplicates(options?: MetricOptions): Metric {
    return systemMetric(this.names, MetricName.DUPLICATE, options);
  }

  /**
   * Webhooks that were refused: bad, missing or stale signatures, and rubbish.
   *
   * @default sum over 5 minutes
   */
  public metricRefused(options?: MetricOptions): Metric {
    return systemMetric(this.names, MetricName.REFUSED, options);
  }

  /**
   * Authentic webhooks that were stored and could not be read.
   *
   * @default sum over 5 minutes
   */
  public metricNotUnderstood(options?: MetricOptions): Metric {
    return systemMetric(this.names, MetricName.NOT_UNDERSTOOD, options);
  }

  /**
   * High-value transactions that were assessed, each counted once.
   *
   * @default sum over 5 minutes
   */
  public metricAssessed(options?: MetricOptions): Metric {
    return systemMetric(this.names, MetricName.ASSESSED, options);
  }

  /**
   * Transactions whose verdict is to block.
   *
   * @default sum over 5 minutes
   */
  public metricBlocked(options?: MetricOptions): Metric {
    return verdictMetric(this.names, 'block', options);
  }

  /**
   * Milliseconds from an event to its verdict.
   *
   * @default 99th percentile over 5 minutes
   */
  public metricTimeToVerdict(options?: MetricOptions): Metric {
    return systemMetric(this.names, MetricName.VERDICT_LATENCY, { statistic: Stats.p(99), ...options });
  }

  /**
   * High-value transactions that the sweep took up again.
   *
   * @default sum over 5 minutes
   */
  public metricSwept(options?: MetricOptions): Metric {
    return systemMetric(this.names, MetricName.SWEPT, options);
  }
}
