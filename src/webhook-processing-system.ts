import { Duration, Tags } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Alarm, CompositeAlarm, Dashboard, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus, IRuleTarget, Rule } from 'aws-cdk-lib/aws-events';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { Tracing, type Alias, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { AssessmentScope } from './fraud/assessment-scope';
import { Alarms } from './private/constructs/alarms';
import { AuditArchive } from './private/constructs/audit-archive';
import { DeadLetterQueue } from './private/constructs/dead-letter-queue';
import { EventRelay } from './private/constructs/event-relay';
import { EventRouting, PaymentEventBus } from './private/constructs/event-routing';
import { EventSchemas } from './private/constructs/event-schemas';
import { FailedRecords } from './private/constructs/failed-records';
import { FraudDetector } from './private/constructs/fraud-detector';
import { HttpIngressApi } from './private/constructs/http-ingress-api';
import { IngressApi } from './private/constructs/ingress-api';
import { Monitoring } from './private/constructs/monitoring';
import { addProviderOutputs } from './private/constructs/provider-outputs';
import { addToolOutputs } from './private/constructs/tool-outputs';
import { TransactionAlerts } from './private/constructs/transaction-alerts';
import { TransactionArchival } from './private/constructs/transaction-archival';
import { TransactionStore } from './private/constructs/transaction-store';
import { TransactionWorkflow } from './private/constructs/transaction-workflow';
import { webhookUrlOf, type WebhookIngress } from './private/constructs/webhook-ingress';
import { reconciledProviders, WebhookReconciler } from './private/constructs/webhook-reconciler';
import { WebhookValidator } from './private/constructs/webhook-validator';
import { ALLOWLIST_PREFIX, BLOCKLIST_PREFIX } from './private/contract';
import { grantErasure, type ErasureScope } from './private/erasure-grant';
import type { PhysicalNames } from './private/physical-names';
import { resolveDisputedCardsTime } from './private/settings/disputed-cards-time';
import { resolveFraudRules, scoringFunctionsOf, validateListedProviders, withShadowRules } from './private/settings/fraud-config';
import { validateHttpApiProps } from './private/settings/http-api-props';
import { resolveSettings } from './private/settings/system-settings';
import { resolveThresholds } from './private/settings/tier-config';
import { systemMetric } from './private/system-metric';
import type { AmountTier } from './props/amount-thresholds';
import { ApiType } from './props/api-type';
import { HandlerCode } from './props/handler-code';
import type { WebhookProcessingSystemProps } from './props/webhook-processing-system-props';
import { WebhookProvider } from './providers/webhook-provider';
import { WebhookProcessingSystemBase } from './webhook-processing-system-base';

/**
 * Payment webhooks from the signed request to the audit archive.
 *
 * A webhook is verified, stored exactly once and acknowledged. It is then published on a bus and routed by its amount:
 *
 * - High-value transactions start a workflow that assesses them for fraud and sends alerts.
 * - Medium-value transactions send an alert.
 * - Low-value transactions are open for targets of your own.
 *
 * Smaller payments are assessed too if payments of the customer or with the card were declined shortly before.
 *
 * Every change of every transaction is archived. Events and alerts arrive at least once. A transaction has one verdict.
 *
 * One million webhooks a month cost about 9.50 USD without email. Alarms, metrics, two secrets and the dashboard add 14 USD
 * a month, and each further provider 2 USD (modeled for us-east-1 in
 * [docs/cost.md](https://github.com/cdk-webhooks/cdk-webhook-processing-system/blob/main/docs/cost.md)).
 *
 * Resources that the construct always creates have their concrete class, so you can customize them. Resources that you
 * can pass in have their interface.
 *
 * @example
 *   import { RemovalPolicy } from 'aws-cdk-lib';
 *
 *   new WebhookProcessingSystem(this, 'Payments', {
 *     environmentSuffix: 'prod',
 *     providers: [WebhookProvider.stripe()],
 *     alertEmails: ['payments@example.com'],
 *     removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
 *   });
 */
export class WebhookProcessingSystem extends WebhookProcessingSystemBase {
  /** The HTTP API that providers post to. Undefined unless `apiType` is `ApiType.httpApi()`. */
  public readonly httpApi?: HttpApi;
  /**
   * URL of the first provider's endpoint. For the endpoint of each provider, use `webhookUrlFor`.
   *
   * The stack has an output `WebhookUrl<Name>` with the URL of each provider, and an output `WebhookSecret<Name>` with the
   * ARN of each secret. The outputs `TableName`, `ArchiveBucketName`, `FailedRecordsBucketName`, `DeadLetterQueueUrl`,
   * `EventBusName` and `GuestKeyArn` are for the command `cdk-webhooks`. The output ids start with the path of this construct
   * and end in a hash.
   */
  public readonly webhookUrl: string;
  /** The transactions. If the table exists, CloudFormation adds or removes one global secondary index in each deployment. */
  public readonly table: TableV2;
  /** The bus that `transaction.received`, `transaction.assessed` and `transaction.blocked` are published on. */
  public readonly eventBus: IEventBus;
  /** The `source` of this system's events, for rules of your own. */
  public readonly eventSource: string;
  /** Matches high-value transactions and starts the workflow. */
  public readonly highRule: Rule;
  /** Matches medium-value transactions and sends alerts. */
  public readonly mediumRule: Rule;
  /** Matches low-value transactions. Add targets of your own. */
  public readonly lowRule: Rule;
  /**
   * Matches the transactions below the high tier that are assessed, and starts the workflow. They match the rule of their tier
   * too. Undefined with `AssessmentScope.highTier()`.
   */
  public readonly suspiciousRule?: Rule;
  /** The workflow that assesses transactions and sends alerts. */
  public readonly stateMachine: StateMachine;
  /** The topic that alerts are published on. */
  public readonly alertTopic: ITopic;
  /** The bucket of the audit archive, created or passed in. */
  public readonly archive: IBucket;
  /** The bucket of the audit archive if the construct created it, for customization. Undefined if you pass `archiveBucket`. */
  public readonly createdArchive?: Bucket;
  /**
   * The key that hashes the email addresses and phone numbers of guests, for computing the customer id of a contact.
   * Anyone who can read it can find out which guest an id belongs to. Undefined if `identifyGuests` is false.
   */
  public readonly guestKey?: ISecret;
  /** Receives messages that could not be delivered or processed. */
  public readonly deadLetterQueue: Queue;
  /** The dashboard of the whole system. */
  public readonly dashboard: Dashboard;
  /** The operational alarms. The runbook explains each. */
  public readonly alarms: Alarm[];
  /** Fires if any of the alarms does. It notifies nobody by itself. Use it on a dashboard, or to stop a deployment. */
  public readonly healthAlarm: CompositeAlarm;
  /** Verifies and stores webhooks. Lambda limits a function's environment to 4 KB, and the providers use a part of it. */
  public readonly webhookValidator: LambdaFunction;
  /** The alias of the validator that the API invokes. Undefined without `validatorProvisionedConcurrency`. */
  public readonly webhookValidatorAlias?: Alias;
  /** Fetches and stores the events whose webhooks did not arrive. Undefined if no provider has `reconciliation`. */
  public readonly webhookReconciler?: LambdaFunction;
  /** Publishes events and sweeps unfinished transactions. */
  public readonly eventRelay: LambdaFunction;
  /** Assesses transactions. */
  public readonly fraudDetector: LambdaFunction;
  /** Writes the archive. */
  public readonly transactionArchival: LambdaFunction;

  private readonly names: PhysicalNames;
  private readonly store: TransactionStore;
  private readonly validator: WebhookValidator;
  private readonly ingress: WebhookIngress;
  private readonly restApi?: RestApi;
  private readonly routing: EventRouting;
  private readonly erased: ErasureScope;

  constructor(scope: Construct, id: string, props: WebhookProcessingSystemProps = {}) {
    super(scope, id);
    const settings = resolveSettings(this, props);
    const tiers = resolveThresholds(props.thresholds);
    const fraud = withShadowRules(resolveFraudRules(props.fraudRules, props.fraudReviewScore, props.fraudBlockScore, tiers), props);
    const assessmentScope = AssessmentScope._configOf(props.assessmentScope);
    const apiType = ApiType._nameOf(props.apiType);
    const tracingSampleRate = props.tracingSampleRate ?? 0.01;
    const code = HandlerCode._of(this, props.handlerCode);
    const { queue: deadLetterQueue } = new DeadLetterQueue(this, 'DeadLetters', settings);
    const { bucket: failedRecords } = new FailedRecords(this, 'FailedRecords', { ...settings, deadLetterQueue });

    const store = new TransactionStore(this, 'Transactions', { ...settings, deletionProtection: props.deletionProtection });
    const { bucket, created } = new AuditArchive(this, 'Archive', {
      ...settings,
      bucket: props.archiveBucket,
      bucketName: props.archiveBucketName,
      lifecycle: props.archiveLifecycle,
      objectLock: props.archiveObjectLock,
    });
    const validator = new WebhookValidator(this, 'WebhookValidator', {
      ...settings,
      code,
      store,
      archive: bucket,
      tiers,
      providers: props.providers ?? [WebhookProvider._ownSystem()],
      previousSecretGrace: props.previousSecretGrace ?? Duration.hours(24),
      processTestEvents: props.processTestEvents,
      identifyGuests: props.identifyGuests ?? true,
      reservedConcurrentExecutions: props.validatorReservedConcurrency,
      provisionedConcurrentExecutions: props.validatorProvisionedConcurrency,
      transactionRetention: props.transactionRetention,
      // An HTTP API starts no traces, so that Lambda would record one a second and 5 % of the rest.
      tracing: apiType === 'http' ? Tracing.DISABLED : undefined,
    });
    validateListedProviders(fraud, validator.providers.map(({ config }) => config.name));
    const reconciled = reconciledProviders(validator.providers);
    const reconciler = reconciled.length === 0 ? undefined : new WebhookReconciler(this, 'WebhookReconciler', {
      ...settings,
      code,
      store,
      archive: bucket,
      tiers,
      providers: reconciled,
      guestKey: validator.guestKey,
      processTestEvents: props.processTestEvents,
      transactionRetention: props.transactionRetention,
    });
    const ingressProps = {
      ...settings,
      validator: validator.target,
      providers: validator.providers,
      throttlingRateLimit: props.throttlingRateLimit ?? 1_000,
      throttlingBurstLimit: props.throttlingBurstLimit ?? 2_000,
      customDomain: props.customDomain,
    };
    let ingress: WebhookIngress;
    if (apiType === 'http') {
      validateHttpApiProps(props);
      // Another id: a physical id of a REST API cannot become that of an HTTP API.
      const { api: httpApi } = ingress = new HttpIngressApi(this, 'HttpIngress', ingressProps);
      this.httpApi = httpApi;
    } else {
      const { api: restApi } = ingress = new IngressApi(this, 'Ingress', {
        ...ingressProps,
        cloudWatchRole: props.cloudWatchRole ?? true,
        tracingSampleRate,
        securityPolicy: props.securityPolicy,
        webAclArn: props.webAclArn,
      });
      this.restApi = restApi;
    }
    addProviderOutputs(this, ingress, validator.providers);

    const { bus, source, existing: existingBus } = new PaymentEventBus(this, 'PaymentEvents', { ...settings, bus: props.eventBus, deadLetterQueue });
    if (props.schemaRegistry) {
      new EventSchemas(this, 'EventSchemas', { ...settings, registry: props.schemaRegistry._bind(), source });
    }
    const { alertEmails = [], alertPhoneNumbers = [] } = props;
    const { topic: alertTopic, publishing } = new TransactionAlerts(this, 'Alerts', {
      ...settings, topic: props.alertTopic, emails: alertEmails, phoneNumbers: alertPhoneNumbers,
    });
    // Only email needs a confirmation.
    const recipients = alertEmails.length > 0 ? { topic: alertTopic, count: alertEmails.length + alertPhoneNumbers.length } : undefined;
    const relay = new EventRelay(this, 'EventRelay', {
      ...settings,
      code,
      store,
      tiers,
      assessmentScope,
      bus,
      source,
      deadLetterQueue,
      failedRecords,
      includeBody: props.includeBody,
      providers: validator.providers,
      recipients,
      blockDisputedCards: resolveDisputedCardsTime(props.blockDisputedCards, fraud),
    });

    const detector = new FraudDetector(this, 'FraudDetector', {
      ...settings, code, store, fraud, scoringFunctions: scoringFunctionsOf(props.fraudRules, props.shadowFraudRules),
    });
    const { stateMachine } = new TransactionWorkflow(this, 'Workflow', {
      ...settings,
      table: store.table,
      fraudDetector: detector.handler.lambda,
      alertTopic: publishing,
      deadLetterQueue,
      includeExecutionData: props.includeExecutionData ?? false,
      tracingSampleRate,
    });
    // A link would make an SMS twice as long, and an existing topic can have subscribers by SMS.
    const linksInAlerts = !props.alertTopic && alertPhoneNumbers.length === 0;
    const routing = new EventRouting(this, 'Routing', {
      ...settings, bus, existingBus, source, tiers, assessmentScope, workflow: stateMachine, alertTopic: publishing, linksInAlerts, deadLetterQueue,
    });
    // When `eventBus` changes, the rules must be on the new bus before the relay publishes to it.
    relay.handler.lambda.node.addDependency(...routing.rules);

    const archival = new TransactionArchival(this, 'TransactionArchival', { ...settings, code, store, bucket, failedRecords });

    this.webhookUrl = ingress.webhookUrl;
    this.table = store.table;
    this.eventBus = bus;
    this.eventSource = source;
    this.highRule = routing.highRule;
    this.mediumRule = routing.mediumRule;
    this.lowRule = routing.lowRule;
    this.suspiciousRule = routing.suspiciousRule;
    this.stateMachine = stateMachine;
    this.alertTopic = alertTopic;
    this.archive = bucket;
    this.createdArchive = created;
    this.guestKey = validator.guestKey;
    this.deadLetterQueue = deadLetterQueue;
    this.webhookValidator = validator.handler.lambda;
    this.webhookValidatorAlias = validator.alias;
    this.webhookReconciler = reconciler?.handler.lambda;
    this.eventRelay = relay.handler.lambda;
    this.fraudDetector = detector.handler.lambda;
    this.transactionArchival = archival.handler.lambda;
    this.names = settings.names;
    this.store = store;
    this.validator = validator;
    this.ingress = ingress;
    this.routing = routing;
    this.erased = {
      table: store.table, archive: bucket, failedRecords, deadLetterQueue, guestKey: validator.guestKey, encryptionKey: props.encryptionKey,
    };
    addToolOutputs(this, {
      TableName: store.table.tableName,
      ArchiveBucketName: bucket.bucketName,
      FailedRecordsBucketName: failedRecords.bucketName,
      DeadLetterQueueUrl: deadLetterQueue.queueUrl,
      EventBusName: bus.eventBusName,
      AlertTopicArn: alertTopic.topicArn,
      WorkflowArn: stateMachine.stateMachineArn,
      ValidatorFunctionName: this.webhookValidator.functionName,
      RelayFunctionName: this.eventRelay.functionName,
      DetectorFunctionName: this.fraudDetector.functionName,
      ArchivalFunctionName: this.transactionArchival.functionName,
      GuestKeyArn: validator.guestKey?.secretArn,
    });

    const { table, eventRelay, transactionArchival } = this;
    const functions = {
      'webhook-validator': this.webhookValidator,
      ...this.webhookReconciler && { 'webhook-reconciler': this.webhookReconciler },
      'event-relay': eventRelay,
      'fraud-detector': this.fraudDetector,
      'transaction-archival': transactionArchival,
    };
    const alarms = new Alarms(this, 'Alarms', {
      ...settings,
      providers: validator.providers,
      api: ingress.api,
      throttledRequests: ingress.throttledRequests,
      tooLargeRequests: ingress.tooLargeRequests,
      eventRelay,
      transactionArchival,
      stateMachine,
      deadLetterQueue,
      alertTopic,
      confirmsRecipients: recipients !== undefined,
      alarmTopic: props.alarmTopic,
      ticketTopic: props.ticketTopic,
      overrides: props.alarmOverrides,
    });
    this.alarms = alarms.alarms;
    this.healthAlarm = alarms.health;
    this.dashboard = new Monitoring(this, 'Monitoring', {
      ...settings,
      api: ingress.api,
      functions,
      validatorAlias: validator.alias,
      table,
      bus,
      rules: {
        high: routing.highRule, medium: routing.mediumRule, low: routing.lowRule, ...routing.suspiciousRule && { suspicious: routing.suspiciousRule },
      },
      stateMachine,
      topic: alertTopic,
      eventRelay,
      deadLetterQueue,
      providers: validator.providers,
      alarms: alarms.alarms,
      hasShadowRules: props.shadowFraudRules !== undefined,
    }).dashboard;

    for (const [key, value] of Object.entries(props.tags ?? {})) {
      Tags.of(this).add(key, value);
    }
  }

  /**
   * The REST API that providers post to. A provider cannot send an API key: require keys only for methods of your own.
   *
   * Throws an error if `apiType` is `ApiType.httpApi()`. Use `httpApi` then.
   */
  public get api(): RestApi {
    if (!this.restApi) {
      throw new Error('`api` must be read with `ApiType.restApi()`, got a system with `ApiType.httpApi()`. Use `httpApi`.');
    }
    return this.restApi;
  }

  /**
   * The URL to register with a provider: `{webhookUrl}/{name}`.
   *
   * Throws an error that lists the known names if no provider has this name.
   *
   * @param provider the name of a provider of this system, such as `stripe`
   */
  public webhookUrlFor(provider: string): string {
    return webhookUrlOf(this.ingress, this.validator.providerNamed(provider).config.name);
  }

  /**
   * The current secret of a provider, created or passed in. If you pass several `secrets`, it is the first one.
   *
   * Throws an error that lists the known names if no provider has this name, or an error if the provider signs with a private
   * key and has no secret.
   *
   * @param provider the name of a provider of this system, such as `stripe`
   * @example
   *   import { Role } from 'aws-cdk-lib/aws-iam';
   *
   *   const rotation = Role.fromRoleName(this, 'Rotation', 'rotate-stripe-secret');
   *   const payments = new WebhookProcessingSystem(this, 'Payments', { providers: [WebhookProvider.stripe()] });
   *   payments.providerSecret('stripe').grantWrite(rotation);
   */
  public providerSecret(provider: string): ISecret {
    const [current] = this.providerSecrets(provider);
    if (!current) {
      throw new Error(`\`provider\` must be a provider with a secret, got: '${provider}', which public keys verify`);
    }
    return current;
  }

  /**
   * All secrets that verify the webhooks of a provider, in the order of its prop `secrets`. Empty if public keys verify them.
   *
   * Throws an error that lists the known names if no provider has this name.
   *
   * @param provider the name of a provider of this system, such as `stripe`
   */
  public providerSecrets(provider: string): ISecret[] {
    return [...this.validator.providerNamed(provider).secrets];
  }

  /**
   * Sends the transactions of a tier to a target of your own. EventBridge allows five targets for each rule. The rules of
   * the high and medium tiers already have one.
   *
   * @param tier the tier whose rule gets the target
   * @param target receives each transaction at least once
   */
  public addTarget(tier: AmountTier, target: IRuleTarget): void {
    this.routing.ruleOf(tier).addTarget(target);
  }

  /** Allows a principal to read the transactions and their indexes. */
  public grantReadTransactions(grantee: IGrantable): Grant {
    return this.store.grantRead(grantee);
  }

  /**
   * Allows a principal to read, write and delete entries of the blocklist, but no other items. It can write only the key,
   * `record_type`, `reason`, `author`, `created_at` and `expires_at` of an entry.
   */
  public grantManageBlocklist(grantee: IGrantable): Grant {
    return this.store.grantManageList(grantee, BLOCKLIST_PREFIX);
  }

  /**
   * Allows a principal to read, write and delete entries of the allowlist, but no other items. An entry turns off the rules
   * for what is on it, so this right is separate from that for the blocklist. The attributes are the same.
   */
  public grantManageAllowlist(grantee: IGrantable): Grant {
    return this.store.grantManageList(grantee, ALLOWLIST_PREFIX);
  }

  /**
   * Allows a principal to label transactions with the command `cdk-webhooks label`. It can write only `label`, `labeled_by`
   * and `labeled_at`, of transactions of the providers of this system. Treat it as a right to read these transactions too: a
   * conditional update can return the item if its condition fails, which IAM cannot deny.
   */
  public grantLabel(grantee: IGrantable): Grant {
    return this.store.grantLabel(grantee, this.validator.providers.map(({ config }) => config.name));
  }

  /** Allows a principal to read the audit archive. */
  public grantReadArchive(grantee: IGrantable): Grant {
    return this.archive.grantRead(grantee);
  }

  /**
   * Allows a principal to erase customers with the command `cdk-webhooks erase`. It can read and replace all transactions,
   * and delete versions of archived objects: give it only to the role of the person who erases.
   *
   * @example
   *   import { Role } from 'aws-cdk-lib/aws-iam';
   *
   *   const privacyOfficer = Role.fromRoleName(this, 'PrivacyOfficer', 'privacy-officer');
   *   const payments = new WebhookProcessingSystem(this, 'Payments');
   *   payments.grantErase(privacyOfficer);
   */
  public grantErase(grantee: IGrantable): Grant {
    return grantErasure(this, grantee, this.erased);
  }

  /** Allows a principal to receive and delete messages of the dead-letter queue. */
  public grantConsumeDeadLetters(grantee: IGrantable): Grant {
    return this.deadLetterQueue.grantConsumeMessages(grantee);
  }

  /**
   * A metric of this system by name, in the namespace `WebhookProcessingSystem` with the dimension `System`. Dimensions in
   * the options are added.
   *
   * @param metricName the name, such as `RulesFired`
   * @param options overrides of the defaults
   * @default sum over 5 minutes
   * @example
   *   import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
   *
   *   const payments = new WebhookProcessingSystem(this, 'Payments');
   *   const velocities: Metric = payments.metric('RulesFired', { dimensionsMap: { Rule: 'velocity' } });
   */
  public metric(metricName: string, options?: MetricOptions): Metric {
    return systemMetric(this.names, metricName, options).attachTo(this);
  }
}
