import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';
import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { AlarmOverride } from './alarm-override';
import type { AmountThresholds } from './amount-thresholds';
import type { ApiType } from './api-type';
import type { ArchiveLifecycle } from './archive-lifecycle';
import type { HandlerCode } from './handler-code';
import type { SchemaRegistry } from './schema-registry';
import type { WebhookDomain } from './webhook-domain';
import type { AssessmentScope } from '../fraud/assessment-scope';
import type { FraudRule } from '../fraud/fraud-rule';
import type { WebhookProvider } from '../providers/webhook-provider';

/** Options of a webhook processing system. All are optional. */
export interface WebhookProcessingSystemProps {
  /**
   * Suffix for physical resource names, such as `prod`: 1 to 12 lower-case letters, digits or inner hyphens.
   *
   * Adding, changing or removing it later replaces every named resource. The new table and archive are empty, and
   * `removalPolicy` decides whether the old ones are kept. To rename a live system, deploy a second one beside it and move
   * the endpoints.
   *
   * @default - CloudFormation names the resources, so that several systems fit in one account
   */
  readonly environmentSuffix?: string;

  /**
   * Providers to receive webhooks from. `POST /webhook` serves the first one, `POST /webhook/{name}` each one.
   *
   * Removing a provider later deletes the secret that was created for it, without a recovery window, unless `removalPolicy`
   * retains. Adding the first provider removes the default one: list `WebhookProvider.standardWebhooks()` to keep its secret.
   *
   * @default - Standard Webhooks with a generated secret and the canonical transaction as body, for a system of your own.
   * Unlike with a provider that you list, a body that breaks the schema is rejected, and the response names the field
   */
  readonly providers?: WebhookProvider[];

  /**
   * How long the previous version of a secret (AWSPREVIOUS) is accepted after a rotation, because providers still sign
   * retries with it. From 0, which turns it off, to 30 days.
   *
   * @default Duration.hours(24)
   */
  readonly previousSecretGrace?: Duration;

  /**
   * Whether test events are processed like live ones: tiered, alerted and assessed. Set it for a system that receives only
   * tests, such as a staging system with the sandboxes of your providers. Every alert about a test begins with `TEST`, and
   * the event has `live: false`.
   *
   * Do not set it for a system with real payments: anybody can pay with a provider's test cards.
   *
   * @default false - test events are stored, published and archived, but are not money movements
   */
  readonly processTestEvents?: boolean;

  /**
   * Whether to store keyed hashes (HMAC-SHA256) of the email addresses and phone numbers that providers sign. Address and
   * number themselves are stored only in the raw body, in no other attribute, event or log line.
   *
   * - **Guests**: if the provider's event has no customer id, the hash of the email address, or else of the phone number,
   *   identifies the customer: the event's `customer_id` is `contact:` and the hash. Then velocity, history and declines
   *   work for guests too.
   * - **Email addresses**: the event's `email_hash` is the hash of the email address, also for a customer with an id. It
   *   connects the payments with one address, for all customers and providers.
   *
   * - **Key**: the construct creates a secret with a random key (`guestKey`), which costs 0.40 USD a month. If you change
   *   its value, guests and email addresses start without a history. If it cannot be read, the webhook is stored without the
   *   hash and counted by `GuestsUnidentified`.
   * - **Privacy**: a keyed hash is pseudonymous and still personal data under GDPR (recital 26). If you delete the key, the
   *   hashes can no longer be attributed to an address or number.
   * - **Limits**: nobody verified the address, so a guest with a new one is a new customer. If your checkout sends one
   *   address for all guests, they are one customer: turn this off or leave the address out. If it is false, there is no
   *   `email_hash`, unless your own sender sends one. A customer with an id at the
   *   provider and the same person as a guest are two customers.
   *
   * Turning it off later deletes the key, without a recovery window unless `removalPolicy` retains. If you turn it on again,
   * guests and email addresses start without a history.
   *
   * Only some providers sign an address: see the table in
   * [docs/fraud-data.md](https://github.com/cdk-webhooks/cdk-webhook-processing-system/blob/main/docs/fraud-data.md).
   *
   * @default true
   */
  readonly identifyGuests?: boolean;

  /**
   * The amounts at which the tiers begin.
   *
   * @default - high above 10,000, medium from 1,000 to 10,000, low below 1,000, in each currency's major units
   */
  readonly thresholds?: AmountThresholds;

  /**
   * The money movements that the fraud rules assess: the high tier, and a part of the others or all of them. For a transaction
   * below the high tier, the workflow sends an alert only if the verdict is `review` or `block`. The medium tier also has the
   * alert of its tier.
   *
   * You can change it at any time. Transactions that were published before are not assessed later.
   *
   * @default AssessmentScope.suspicious()
   */
  readonly assessmentScope?: AssessmentScope;

  /**
   * The rules that assess transactions. To add rules to the default ones, use `FraudRule.defaultsAnd`. An empty list approves
   * all transactions. Rules must be unique.
   *
   * The JSON text of the rules must fit in 8,192 bytes, which is about 100 rules. Above about 3,800 bytes, the rules are
   * stored in an SSM parameter. It is free up to 4,096 bytes and costs 0.05 USD a month above. Put long lists in the
   * table's blocklist, see `FraudRule.blocked`.
   *
   * @default FraudRule.defaults()
   */
  readonly fraudRules?: FraudRule[];

  /**
   * Minimum score for a `review` verdict. A whole number from 1, less than `fraudBlockScore`.
   *
   * @default 40
   */
  readonly fraudReviewScore?: number;

  /**
   * Minimum score for a `block` verdict. A whole number, greater than `fraudReviewScore`. The scores of the rules that can
   * apply to one transaction must add up to at least this value.
   *
   * @default 80
   */
  readonly fraudBlockScore?: number;

  /**
   * A set of rules to try before you use it. The rules are evaluated beside `fraudRules`, and have no effect on verdicts, events,
   * alerts and the other metrics. The shadow verdict is stored with the transaction and archived. `ShadowVerdicts` and
   * `ShadowRulesFired` count it. To try one rule, pass your live rules and this rule.
   *
   * Both sets share the reads of an assessment, and a shadow rule that needs other data adds its own. Together they must fit in
   * the 8,192 bytes of `fraudRules`. If a shadow rule calls a function (`FraudRule.scoredBy`), verdicts wait for it too, at most
   * for its `timeout`. CloudWatch bills a metric for each verdict and each rule that occurs, 0.30 USD a month each
   * (https://aws.amazon.com/cloudwatch/pricing/).
   *
   * @example
   *   new WebhookProcessingSystem(this, 'Payments', {
   *     shadowFraudRules: [FraudRule.blocked({ score: 100 }), FraudRule.amountAbove({ timesHigh: 4, score: 80 })],
   *   });
   *
   * @default - no shadow rules
   */
  readonly shadowFraudRules?: FraudRule[];

  /**
   * Minimum score for a shadow verdict of `review`. A whole number from 1, less than `shadowFraudBlockScore`. Needs
   * `shadowFraudRules`.
   *
   * @default - `fraudReviewScore`
   */
  readonly shadowFraudReviewScore?: number;

  /**
   * Minimum score for a shadow verdict of `block`. A whole number, greater than `shadowFraudReviewScore`. The scores of the shadow
   * rules that can apply to one transaction must add up to at least this value. Needs `shadowFraudRules`.
   *
   * @default - `fraudBlockScore`
   */
  readonly shadowFraudBlockScore?: number;

  /**
   * Adds the card of a disputed payment to the blocklist for this time. From 1 hour to 3,650 days, in whole seconds. When a
   * dispute takes money back, the system adds an entry for the fingerprint of the payment's card, never for the customer.
   * The entry names the transaction, and expires automatically. It never replaces an entry of a person. A later dispute
   * extends it.
   *
   * - **Limits**: the provider must sign the fingerprint of the card, and the dispute must have the payment's transaction
   *   id: see the tables in
   *   [docs/fraud-data.md](https://github.com/cdk-webhooks/cdk-webhook-processing-system/blob/main/docs/fraud-data.md).
   *   The setting applies to disputes that arrive after you deploy it.
   * - **False positives**: a dispute is not always fraud. A cardholder who did not receive the goods cannot pay with this
   *   card until the entry expires, if the rule `FraudRule.blocked` blocks. Remove the entry with `cdk-webhooks unblock`.
   * - **Cost**: one write for each dispute with a card.
   *
   * Needs `FraudRule.blocked` in `fraudRules`, which the default rules have.
   *
   * @default - a dispute labels the payment as fraud, and blocks nothing
   */
  readonly blockDisputedCards?: Duration;

  /**
   * How the functions' code is delivered. With `environmentSuffix`, CloudFormation rejects a later change between images
   * and zip. See `HandlerCode` for a workaround.
   *
   * @default HandlerCode.bundledImages()
   */
  readonly handlerCode?: HandlerCode;

  /**
   * The type of the API that receives the webhooks. An HTTP API costs 2.50 USD less per million requests, and 0.05 USD less for X-Ray
   * with the default `tracingSampleRate`. See `ApiType.httpApi` for its limits.
   *
   * A change deletes the API and creates another one with another address: register it with each provider. If `customDomain` is set,
   * deploy once without it first, because both APIs cannot have the same domain name.
   *
   * @default ApiType.restApi()
   */
  readonly apiType?: ApiType;

  /**
   * Requests that each path of the API accepts per second, a whole number from 1 to
   * 1,000,000. Requests above the limit get a 429 response, and providers retry
   * them. Each provider has its own path, so that a flood at one does not throttle the others.
   * Your account's quota for all paths is an upper limit, 10,000 per second in most Regions
   * (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html).
   *
   * @default 1000
   */
  readonly throttlingRateLimit?: number;

  /**
   * Requests that each path of the API accepts at once, a whole number from 1 to
   * 1,000,000. Your account's quota comes first, 5,000 in most Regions.
   *
   * @default 2000
   */
  readonly throttlingBurstLimit?: number;

  /**
   * Whether to create the role that API Gateway writes access logs with. It is
   * a setting of the account and Region: the stack creates one for all of its
   * systems and keeps it when you delete the stack. If your account already has
   * such a role, turn this off. Otherwise API Gateway uses the new role for every API.
   *
   * Access logs serve PCI DSS 4.0.1 requirement 10.2.1.
   *
   * @default true
   */
  readonly cloudWatchRole?: boolean;

  /**
   * TLS versions and cipher suites that the API accepts. `TLS_1_0` and the
   * policies of edge-optimized endpoints are rejected at synthesis. The access
   * log shows the version and cipher suite of each request (`tlsVersion`, `cipherSuite`).
   *
   * AWS GovCloud (US) does not support the policies that start with
   * `SecurityPolicy_` (https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-abp.html).
   * For a stack without a Region in its `env`, pass `SecurityPolicy.TLS_1_2` there.
   *
   * Serves PCI DSS 4.0.1 requirement 4.2.1 (strong cryptography over open networks).
   *
   * @default - `SecurityPolicy_TLS13_1_2_2021_06` (TLS 1.2 and 1.3); `TLS_1_2`, which accepts TLS 1.3
   * too, with `customDomain.truststore` and outside of the partition `aws`
   */
  readonly securityPolicy?: SecurityPolicy;

  /**
   * A domain name of your own. It replaces the address that API Gateway
   * generates, which is turned off; `webhookUrl` and the outputs use it.
   *
   * Serves PCI DSS 4.0.1 requirement 4.2.1.
   *
   * @default - the address that API Gateway generates
   */
  readonly customDomain?: WebhookDomain;

  /**
   * ARN of a web ACL of AWS WAF, scope REGIONAL, in the account and Region of
   * the stack. Costs 5 USD a month per web ACL, 1 USD per rule and 0.60 USD per
   * million requests (https://aws.amazon.com/waf/pricing/).
   *
   * Start with rules in count mode. Rules for body size and SQL injection can
   * match genuine webhooks, and a blocked webhook is lost when its provider
   * stops retrying. By default, AWS WAF inspects the first 16 KB of a body
   * (https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-setting-body-inspection-limit.html).
   *
   * Serves PCI DSS 4.0.1 requirement 6.4.2 (block web-based attacks).
   *
   * @default - no web ACL
   */
  readonly webAclArn?: string;

  /**
   * Share of the requests and of the workflow's executions that X-Ray traces, from 0 to 1. X-Ray costs 5 USD
   * per million traces (https://aws.amazon.com/xray/pricing/): 0.01 costs
   * 0.05 USD per million webhooks, 1 costs 5 USD. Set 1 while you test a
   * system with few webhooks. DynamoDB Streams does not pass a trace on, so a trace
   * ends at the table, and the event relay and the archival are not traced
   * (https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html).
   *
   * Serves no PCI DSS requirement: the access log has every request, not traces.
   *
   * @default 0.01
   */
  readonly tracingSampleRate?: number;

  /**
   * Email addresses to subscribe to alerts. Recipients must confirm the subscription.
   *
   * @default - no email subscriptions
   */
  readonly alertEmails?: string[];

  /**
   * Phone numbers to subscribe to alerts by SMS, in E.164 format such as +14155550100. SNS bills each message by country
   * and starts with a limit of 1 USD a month.
   *
   * @default - no SMS subscriptions
   */
  readonly alertPhoneNumbers?: string[];

  /**
   * A topic of your own for the alerts. It must be a standard topic of the same account and Region. If it is encrypted with
   * a key of yours, the key must allow the roles `eventbridge-targets-…` and `step-functions-…`, whose names are predictable
   * with `environmentSuffix`. Two systems that share a topic must not subscribe the same address.
   *
   * Adding it later deletes the created topic. Adding, changing or removing it deletes the subscriptions and creates new
   * ones. Emails stop until each recipient confirms again: subscribe them to your topic before you pass it.
   *
   * @default - a topic is created
   */
  readonly alertTopic?: ITopic;

  /**
   * A topic that the operational alarms notify. It must be a standard topic of the same account and region.
   *
   * The construct allows the account's alarms to publish to a topic of your app. If you import the topic, add the statement
   * to its policy: allow `sns:Publish` to `cloudwatch.amazonaws.com`, with the condition `aws:SourceAccount`. If the topic
   * is encrypted, its key must allow the same principal `kms:Decrypt` and `kms:GenerateDataKey*`. Do not use the
   * AWS-managed key of SNS: it does not allow this, and alarms fail silently.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
   * @default - the alarms are created without actions
   */
  readonly alarmTopic?: ITopic;

  /**
   * A topic for the alarms that can wait for the next working day, such as `archival-late`. The runbook shows which ones.
   * The requirements are those of `alarmTopic`.
   *
   * @default - `alarmTopic` is notified of all alarms
   */
  readonly ticketTopic?: ITopic;

  /**
   * Changes of alarms by their names without the prefix `webhooks-`, the provider and the suffix, such as `relay-late` or
   * `mostly-rejected`. If each provider has an alarm with the name, all of them change. The runbook has all names. Synthesis
   * rejects an unknown name.
   *
   * @example
   *   new WebhookProcessingSystem(this, 'Payments', {
   *     alarmOverrides: { 'server-errors': { threshold: 5, evaluationPeriods: 2 }, 'throttled': { enabled: false } },
   *   });
   *
   * @default - every alarm is created with the values in the runbook
   */
  readonly alarmOverrides?: { [name: string]: AlarmOverride };

  /**
   * A bus of your own for the events, of the same account and region.
   *
   * Adding it later deletes the created bus. Adding or removing it moves the rules to the other bus. Rules of your own
   * on `eventBus` move too, and need another name if you named them. With `environmentSuffix`, CloudFormation rejects a
   * change from one bus of yours to another: deploy once without `eventBus` in between.
   *
   * @default - a bus is created
   */
  readonly eventBus?: IEventBus;

  /**
   * Whether the events contain the raw body of the webhook, for consumers that need a field of the provider that the
   * events do not have. It is the text `body`, or `body_base64` if the bytes are not UTF-8. If an event would be larger than
   * 192 KB with it, the event has `body_omitted: true` instead, and consumers read the body from the table or, if its item
   * has `body_key`, from that object in the bucket of the archive. This limit
   * leaves room for the targets: Step Functions accepts 256 KB.
   *
   * Bodies contain personal data, such as names, addresses and phone numbers. Turn this on only if every target of the bus,
   * with its logs, dead-letter queue and event archive, is allowed to store them. With `includeExecutionData`, the log of the
   * workflow contains them too.
   *
   * EventBridge bills each 64 KB of an event as one event (https://aws.amazon.com/eventbridge/pricing/): an event of 192 KB
   * costs as much as three.
   *
   * @default false - the events have the key of the stored webhook, whose attribute `body` consumers can read
   */
  readonly includeBody?: boolean;

  /**
   * A registry of EventBridge that gets a schema for each detail type, for the console, for code bindings in Go, Java, Python and
   * TypeScript, and for IDEs. The names are `{eventSource}@TransactionReceived`, `TransactionAssessed` and `TransactionBlocked`.
   * The form is OpenAPI 3.0. A change of the schema in a later version of this package adds a version in the registry.
   *
   * It has no cost: AWS bills schema discovery only, which this does not use
   * (https://aws.amazon.com/about-aws/whats-new/2021/09/cross-account-discovery-amazon-eventbridge-schema).
   * Schemas contain no data of payments. The service exists in China and AWS GovCloud (US) too. Some newer Regions do not have it,
   * and reject the deployment: ap-east-2, ap-south-2, ap-southeast-4 to ap-southeast-7, ca-west-1, il-central-1 and mx-central-1.
   *
   * If you remove it later, the schemas and a created registry are deleted, and no events are affected. CloudFormation cannot delete
   * a registry that contains other schemas.
   *
   * @example
   *   new WebhookProcessingSystem(this, 'Payments', { schemaRegistry: SchemaRegistry.fromRegistryName('shop') });
   *
   * @default - no schemas
   */
  readonly schemaRegistry?: SchemaRegistry;

  /**
   * A KMS key of yours that encrypts the resources that the construct creates: table, topic, dead-letter queue, archive,
   * secrets, event bus, workflow, log groups and the functions' environments. Roles can use it only through these services.
   * Serves PCI DSS 4.0.1, requirements 3.6 and 3.7.
   *
   * The construct adds the statements that the services need to the policy of a key of your app. If you import the key, add
   * them yourself, for `events.amazonaws.com`, `cloudwatch.amazonaws.com`, `delivery.logs.amazonaws.com` and
   * `logs.{region}.amazonaws.com`.
   * The SSM parameter of a long list of fraud rules stays unencrypted, because CloudFormation creates no SecureString.
   *
   * Costs 1 USD a month, and requests at 0.03 USD per 10,000 (https://aws.amazon.com/kms/pricing/). An alias must name
   * its key. If you change the key, no resource is replaced and stored data is not encrypted again. Keep the old key.
   *
   * @default - keys that AWS manages; S3 uses AES-256
   */
  readonly encryptionKey?: IKey;

  /**
   * The VPC that the functions run in.
   *
   * The functions reach DynamoDB, S3, EventBridge, SQS, Secrets Manager, SSM and X-Ray through a NAT gateway or VPC
   * endpoints, and Lambda if a rule of `FraudRule.scoredBy` calls a function. For PayPal you need a NAT gateway, because its certificates are on the internet. Serves PCI DSS 4.0.1,
   * requirement 1.4.
   *
   * A NAT gateway costs about 33 USD a month. An interface endpoint costs about 7 USD a month for each Availability Zone
   * (https://aws.amazon.com/vpc/pricing/).
   *
   * @default - the functions run outside of your VPCs and can be reached only through the API
   */
  readonly vpc?: IVpc;

  /**
   * The subnets of `vpc` that the functions run in.
   *
   * @default - its private subnets
   */
  readonly vpcSubnets?: SubnetSelection;

  /**
   * The security groups of the functions in `vpc`. They need outgoing HTTPS and no incoming rule.
   *
   * @default - a group for each function, which allows all outgoing traffic
   */
  readonly securityGroups?: ISecurityGroup[];

  /**
   * Maximum number of webhooks that are processed at the same time. The limit keeps a flood of requests from using up the
   * account's concurrency, and reserves that much of it. AWS requires at least 100 to stay unreserved for other functions.
   * Webhooks above the limit get a 5xx response, and providers retry them. Lambda serves at most 10 requests per second for each
   * of them (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html), so 100 limits the system to 1,000 per second.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
   * @default - the webhook validator shares the account's concurrency
   */
  readonly validatorReservedConcurrency?: number;

  /**
   * Number of environments of the webhook validator that Lambda keeps initialized, so that webhooks do not wait for a cold
   * start. Webhooks above the number use other environments, with cold starts. Each environment serves one webhook at a time,
   * and at most 10 per second. If you set `validatorReservedConcurrency`, the number must not be higher. Each environment takes
   * one execution of the account's concurrency. The number must be known at synthesis.
   *
   * Each environment has 1 GB of memory and costs 8.64 USD in 30 days (0.0000033334 USD per GB-second on Arm in us-east-1).
   * Execution in it costs 42 % less than without (0.0000077778 instead of 0.0000133334 USD per GB-second,
   * https://aws.amazon.com/lambda/pricing/). The free tier does not apply.
   *
   * The API invokes an alias of the function, `webhookValidatorAlias`. A change of the code or of a setting of the function
   * publishes a version. The deployment then waits until its environments are initialized. To change the number by a schedule
   * or by the load, use `webhookValidatorAlias.addAutoScaling`.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
   * @default - no environments are kept initialized
   */
  readonly validatorProvisionedConcurrency?: number;

  /**
   * How long a transaction stays in the table after it was received, in whole days. The minimum is 35 days, because
   * providers retry for up to 30 days. If a retry arrives after its transaction expired, it is stored again. DynamoDB
   * deletes expired transactions within a few days, at no cost. The archive keeps its copy, with a body that did not fit into
   * the item, and records the deletion.
   *
   * Fraud rules cannot use older transactions. The setting applies to webhooks that arrive after you deploy it.
   * Serves PCI DSS 4.0.1, requirement 3.2.1 (keep account data no longer than needed).
   *
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
   * @default - transactions are kept
   */
  readonly transactionRetention?: Duration;

  /**
   * Whether the table cannot be deleted until protection is turned off. Needs a `removalPolicy` that retains.
   *
   * CloudFormation cannot roll back a failed first deployment of a protected table: turn it on afterwards. Serves
   * PCI DSS 4.0.1, requirement 10.3.
   *
   * @default false
   */
  readonly deletionProtection?: boolean;

  /**
   * A bucket of your own for the archive, of the same account and region. Objects are written below `year=`, and
   * bodies that do not fit into an item of the table below `webhook-bodies/`.
   *
   * Give it versioning, encryption, a lifecycle and a policy that denies plain HTTP. If its key is yours, the key must
   * allow the account's IAM policies.
   *
   * Adding it later deletes the created bucket with its objects, unless `removalPolicy` retains. Nothing is copied.
   *
   * @default - a bucket is created
   */
  readonly archiveBucket?: IBucket;

  /**
   * The name of the archive bucket.
   *
   * Adding, changing or removing it later replaces the bucket. The old one is deleted with its objects, unless
   * `removalPolicy` retains. Nothing is copied.
   *
   * @default - `transaction-audit-logs-{suffix}-{account}-{region}`, or named by CloudFormation without a suffix
   */
  readonly archiveBucketName?: string;

  /**
   * When archived objects move to cheaper storage and when they expire.
   *
   * @default - Infrequent Access after 30 days, Glacier after 90, expired after 365
   */
  readonly archiveLifecycle?: ArchiveLifecycle;

  /**
   * How long S3 Object Lock protects archived objects from deletion. In compliance mode no user can delete them, not even
   * the root user. Serves PCI DSS 4.0.1, requirement 10.3.4, and SEC 17a-4.
   *
   * Needs a `removalPolicy` that retains. Costs nothing by itself.
   *
   * Adding or removing it later replaces the bucket and keeps the old one. With `environmentSuffix` or `archiveBucketName`,
   * CloudFormation rejects this unless `archiveBucketName` changes in the same deployment.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
   * @default - no lock; the bucket is versioned, and its policy denies overwriting
   * @example
   *   import { Duration, RemovalPolicy } from 'aws-cdk-lib';
   *   import { ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
   *
   *   new WebhookProcessingSystem(this, 'Payments', {
   *     archiveObjectLock: ObjectLockRetention.governance(Duration.days(366)),
   *     removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
   *   });
   */
  readonly archiveObjectLock?: ObjectLockRetention;

  /**
   * How long CloudWatch Logs keeps the logs of the functions, the API and the workflow.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;

  /**
   * Whether the workflow's log has every state of every execution, with inputs and outputs. They contain personal data, and
   * logging them triples the cost of an assessed transaction. By default, the log has each failed or timed-out attempt of a
   * state and each failed execution, without data
   * (https://docs.aws.amazon.com/step-functions/latest/dg/cloudwatch-log-level.html).
   *
   * @default false
   */
  readonly includeExecutionData?: boolean;

  /**
   * What happens to the data when the system leaves the stack.
   *
   * `DESTROY` deletes it and empties the archive. Use it for development and CI. For production, use
   * `RETAIN_ON_UPDATE_OR_DELETE`: it keeps the data, but removes all resources if the first deployment fails. With
   * `RETAIN`, a failed first deployment leaves resources behind, and their names block every retry.
   *
   * Retained resources that are named by `environmentSuffix` must be imported or deleted before a stack with the same
   * suffix is deployed again.
   *
   * @default RemovalPolicy.DESTROY, with a warning at synthesis until you set it
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Tags for every resource of the system that supports tags.
   *
   * @default - only the tags of the stack
   */
  readonly tags?: { [key: string]: string };
}
