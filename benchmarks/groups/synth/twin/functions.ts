import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule, type EventBus } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { FilterCriteria, FilterRule, StartingPosition, Tracing, type DockerImageFunction } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, S3OnFailureDestination, type DynamoEventSourceProps } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { FRAUD_RULES } from './fraud-rules';
import { imageFunction } from './image-function';
import type { StoredData } from './stored-data';

export interface FunctionsProps {
  /** The folder with the folders of the images. */
  readonly assets: string;
  readonly system: string;
  readonly data: StoredData;
  readonly bus: EventBus;
}

const TIERS = JSON.stringify({ medium: 1_000, high: 10_000 });

/** The filters of the relay: new transactions, new verdicts and the heartbeat. */
const PUBLISHED_CHANGES = [
  { eventName: FilterRule.isEqual('INSERT'), dynamodb: { NewImage: { record_type: { S: FilterRule.isEqual('transaction') } } } },
  {
    eventName: FilterRule.isEqual('MODIFY'),
    dynamodb: {
      NewImage: { record_type: { S: FilterRule.isEqual('transaction') }, verdict: { S: FilterRule.exists() } },
      OldImage: { verdict: { S: FilterRule.notExists() } },
    },
  },
  { eventName: FilterRule.or('INSERT', 'MODIFY'), dynamodb: { NewImage: { record_type: { S: FilterRule.isEqual('heartbeat') } } } },
];

/** The functions, the secrets that they read and the events that invoke them. */
export class Functions extends Construct {
  public readonly validator: DockerImageFunction;
  public readonly relay: DockerImageFunction;
  public readonly detector: DockerImageFunction;
  public readonly archival: DockerImageFunction;
  public readonly signingSecret: Secret;
  public readonly guestKey: Secret;

  constructor(scope: Construct, id: string, private readonly props: FunctionsProps) {
    super(scope, id);
    this.signingSecret = this.createSecret('SigningSecret', 'Signing secret of the webhooks of standard-webhooks');
    this.guestKey = this.createSecret('GuestKey', 'Key that hashes the email addresses and phone numbers of guests');
    this.validator = this.createValidator();
    this.relay = this.createRelay();
    this.detector = this.createDetector();
    this.archival = this.createArchival();
  }

  private createSecret(id: string, description: string): Secret {
    return new Secret(this, id, {
      description,
      generateSecretString: { excludePunctuation: true, passwordLength: 32 },
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  private createValidator(): DockerImageFunction {
    const { assets, system, data } = this.props;
    const providers = [
      { name: 'standard-webhooks', scheme: 'standard-webhooks', secretArns: [this.signingSecret.secretArn], toleranceSeconds: 300, strict: true },
    ];
    const fn = imageFunction(this, 'WebhookValidator', {
      assets,
      image: 'webhook-validator',
      description: 'Verifies, normalizes and stores webhooks',
      memorySize: 1024,
      timeout: Duration.seconds(30),
      tracing: Tracing.ACTIVE,
      environment: {
        TABLE_NAME: data.table.tableName,
        ARCHIVE_BUCKET_NAME: data.archive.bucketName,
        PROVIDERS: JSON.stringify(providers),
        PREVIOUS_SECRET_GRACE_SECONDS: '86400',
        TIERS,
        GUEST_KEY_ARN: this.guestKey.secretArn,
        SYSTEM_NAME: system,
      },
    });
    data.table.grant(fn, 'dynamodb:PutItem');
    data.archive.grantPut(fn, 'webhook-bodies/*');
    this.signingSecret.grantRead(fn);
    this.guestKey.grantRead(fn);
    return fn;
  }

  private createRelay(): DockerImageFunction {
    const { assets, system, data, bus } = this.props;
    const fn = imageFunction(this, 'EventRelay', {
      assets,
      image: 'event-relay',
      description: 'Publishes transactions as events, and sweeps unfinished ones',
      memorySize: 512,
      timeout: Duration.seconds(60),
      retryAttempts: 0,
      maxEventAge: Duration.minutes(1),
      environment: {
        TABLE_NAME: data.table.tableName,
        EVENT_BUS_NAME: bus.eventBusArn,
        EVENT_SOURCE: `webhook-processing-system.${system}`,
        TIERS,
        SCHEMES: JSON.stringify({ 'standard-webhooks': 'standard-webhooks' }),
        ASSESSMENT_SCOPE: JSON.stringify({ below: 'suspicious', declines: 1, windowSeconds: 86_400 }),
        DEAD_LETTER_QUEUE_URL: data.deadLetters.queueUrl,
        SYSTEM_NAME: system,
      },
    });
    bus.grantPutEventsTo(fn);
    data.table.grant(fn, 'dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:Query');
    data.deadLetters.grantSendMessages(fn);
    this.consumeStream(fn, {
      batchSize: 100,
      reportBatchItemFailures: true,
      filters: PUBLISHED_CHANGES.map((change) => FilterCriteria.filter(change)),
    });
    new Rule(this, 'Sweep', {
      description: 'Republishes transactions that were not assessed and closed in time',
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(fn, { event: RuleTargetInput.fromObject({ task: 'sweep' }), retryAttempts: 0 })],
    });
    return fn;
  }

  private createDetector(): DockerImageFunction {
    const { assets, system, data } = this.props;
    const fn = imageFunction(this, 'FraudDetector', {
      assets,
      image: 'fraud-detector',
      description: 'Assesses transactions',
      memorySize: 512,
      timeout: Duration.seconds(60),
      tracing: Tracing.ACTIVE,
      environment: { TABLE_NAME: data.table.tableName, FRAUD_RULES: JSON.stringify(FRAUD_RULES), SYSTEM_NAME: system },
    });
    data.table.grant(fn, 'dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem');
    return fn;
  }

  private createArchival(): DockerImageFunction {
    const { assets, system, data } = this.props;
    const fn = imageFunction(this, 'TransactionArchival', {
      assets,
      image: 'transaction-archival',
      description: 'Archives every change of every transaction',
      memorySize: 512,
      timeout: Duration.seconds(300),
      environment: { ARCHIVE_BUCKET_NAME: data.archive.bucketName, SYSTEM_NAME: system },
    });
    data.archive.grantPut(fn, 'year=*');
    this.consumeStream(fn, { batchSize: 1_000, maxBatchingWindow: Duration.seconds(300) });
    return fn;
  }

  private consumeStream(fn: DockerImageFunction, options: Omit<DynamoEventSourceProps, 'startingPosition'>): void {
    const { table, failedRecords } = this.props.data;
    fn.addEventSource(new DynamoEventSource(table, {
      ...options,
      startingPosition: StartingPosition.TRIM_HORIZON,
      bisectBatchOnError: true,
      maxRecordAge: Duration.hours(23),
      onFailure: new S3OnFailureDestination(failedRecords),
    }));
  }
}
