import { Annotations, Duration, Tags } from 'aws-cdk-lib';
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
import { Alarms } from './private/constructs/alarms';
import { AuditArchive } from './private/constructs/audit-archive';
import { DeadLetterQueue } from './private/constructs/dead-letter-queue';
import { EventRelay } from './private/constructs/event-relay';
import { EventRouting, PaymentEventBus } from './private/constructs/event-routing';
import { FraudDetector } from './private/constructs/fraud-detector';
import { IngressApi } from './private/constructs/ingress-api';
import { Monitoring } from './private/constructs/monitoring';
import { TransactionAlerts } from './private/constructs/transaction-alerts';
import { TransactionArchival } from './private/constructs/transaction-archival';
import { TransactionStore } from './private/constructs/transaction-store';
import { TransactionWorkflow } from './private/constructs/transaction-workflow';
import { WebhookValidator } from './private/constructs/webhook-validator';
import { Metric as MetricName } from './private/contract';
import { admitServices } from './private/key-grants';
import { PhysicalNames } from './private/physical-names';
import { addProviderOutputs } from './private/provider-outputs';
import { resolveFraudRules } from './private/settings/fraud-config';
import { resolveSettings } from './private/settings/system-settings';
import { resolveThresholds } from './private/settings/tier-config';
import { systemMetric, verdictMetric } from './private/system-metric';
import type { AmountTier } from './props/amount-thresholds';
import { HandlerCode } from './props/handler-code';
import type { WebhookProcessingSystemProps } from './props/webhook-processing-system-props';

/** The id by which the warning can be acknowledged. */
const REMOVAL_WARNING = 'cdk-webhook-processing-system:removalPolicy';

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
 * One million webhooks a month cost about 9.25 USD without email. Alarms,
 * metrics, a secret and the dashboard add 11 USD a month (modeled for
 * us-east-1 in docs/cost.md).
 *
 * @example
 *   new WebhookProcessingSystem(this, 'Payments', {
 *     environmentSuffix: 'prod',
 *     providers: [WebhookProvider.stripe()],
 *     alertEmails: ['payments@example.com'],
 *     removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
 *   });
 */
export class WebhookProcessingSystem extends Construct {
  /** The REST API that providers post to. */
  public readonly api: IRestApi;
  /**
   * URL of the first provider's endpoint. The endpoint of each provider is `{webhookUrl}/{name}`.
   *
   * The stack has an output `WebhookUrl<Name>` with the URL of each provider, and an output `WebhookSecret<Name>` with the
   * ARN of each secret. The output ids start with the path of this construct and end in a hash.
   */
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
    const fraud = resolveFraudRules(props.fraudRules, props.fraudReviewScore, props.fraudBlockScore);
    if (props.removalPolicy === undefined) {
      Annotations.of(this).addWarningV2(REMOVAL_WARNING, '`removalPolicy` is not set: all transactions and their archive are deleted with the stack. '
        + 'Set RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE for production, or RemovalPolicy.DESTROY to confirm.');
    }
    if (settings.encryptionKey) {
      admitServices(settings.encryptionKey);
    }
    const tracingSampleRate = props.tracingSampleRate ?? 0.05;
    const code = props.handlerCode ?? HandlerCode.bundledImages();
    const { queue: deadLetterQueue } = new DeadLetterQueue(this, 'DeadLetters', settings);

    const store = new TransactionStore(this, 'Transactions', { ...settings, deletionProtection: props.deletionProtection });
    const validator = new WebhookValidator(this, 'WebhookValidator', {
      ...settings,
      code,
      store,
      tiers,
      providers: props.providers,
      previousSecretGrace: props.previousSecretGrace ?? Duration.hours(24),
      reservedConcurrentExecutions: props.validatorReservedConcurrency,
      transactionRetention: props.transactionRetention,
    });
    const ingress = new IngressApi(this, 'Ingress', {
      ...settings,
      validator: validator.handler.lambda,
      providers: validator.providers,
      throttlingRateLimit: props.throttlingRateLimit ?? 1_000,
      throttlingBurstLimit: props.throttlingBurstLimit ?? 2_000,
      cloudWatchRole: props.cloudWatchRole ?? true,
      tracingSampleRate,
      securityPolicy: props.securityPolicy,
      customDomain: props.customDomain,
      webAclArn: props.webAclArn,
    });
    addProviderOutputs(this, ingress.webhookUrl, validator.providers);

    const { bus, source, existing: existingBus } = new PaymentEventBus(this, 'PaymentEvents', { ...settings, bus: props.eventBus, deadLetterQueue });
    const relay = new EventRelay(this, 'EventRelay', { ...settings, code, store, tiers, bus, source, deadLetterQueue });

    const { topic: alertTopic, publishing } = new TransactionAlerts(this, 'Alerts', {
      ...settings, topic: props.alertTopic, emails: props.alertEmails ?? [], phoneNumbers: props.alertPhoneNumbers ?? [],
    });
    const detector = new FraudDetector(this, 'FraudDetector', { ...settings, code, store, fraud });
    const { stateMachine } = new TransactionWorkflow(this, 'Workflow', {
      ...settings,
      table: store.table,
      fraudDetector: detector.handler.lambda,
      alertTopic: publishing,
      deadLetterQueue,
      includeExecutionData: props.includeExecutionData ?? false,
      tracingSampleRate,
    });
    const routing = new EventRouting(this, 'Routing', {
      ...settings, bus, existingBus, source, tiers, workflow: stateMachine, alertTopic: publishing, deadLetterQueue,
    });
    // When `eventBus` changes, the rules must be on the new bus before the relay publishes to it.
    relay.handler.lambda.node.addDependency(...routing.rules);

    const { bucket } = new AuditArchive(this, 'Archive', {
      ...settings,
      bucket: props.archiveBucket,
      bucketName: props.archiveBucketName,
      lifecycle: props.archiveLifecycle,
      objectLock: props.archiveObjectLock,
    });
    const archival = new TransactionArchival(this, 'TransactionArchival', { ...settings, code, store, bucket, deadLetterQueue });

    this.api = ingress.api;
    this.webhookUrl = ingress.webhookUrl;
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
    return this.store.grantRead(grantee);
  }

  /**
   * Allows a principal to read, write and delete entries of the blocklist, but no other items. It can write only the key,
   * `record_type` and `reason` of an entry.
   */
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
   * Webhooks that were rejected: bad, missing or stale signatures, and rubbish.
   *
   * @default sum over 5 minutes
   */
  public metricRejected(options?: MetricOptions): Metric {
    return systemMetric(this.names, MetricName.REJECTED, options);
  }

  /**
   * Authentic webhooks that were stored and could not be read.
   *
   * @default sum over 5 minutes
   */
  public metricUnparsed(options?: MetricOptions): Metric {
    return systemMetric(this.names, MetricName.UNPARSED, options);
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
