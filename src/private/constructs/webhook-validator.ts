import { Duration, Token } from 'aws-cdk-lib';
import { Alias, type IFunction, type Tracing } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { HandlerFunction } from './handler-function';
import type { HandlerCode } from '../../props/handler-code';
import type { BoundProvider } from '../bound-provider';
import { Env, type TierConfig } from '../contract';
import { generatedSecret, warnOfSharedSecrets } from '../provider-secrets';
import { validateSameEnvironment } from '../same-environment';
import type { SystemSettings } from '../settings/system-settings';
import { validateDays, validateDuration, validateMade, validateWholeNumber } from '../validation';
import type { TransactionStore } from './transaction-store';
import type { WebhookProvider } from '../../providers/webhook-provider';

const MAX_GRACE = Duration.days(30);
/** Adyen retries a webhook for up to 30 days. A transaction that expires earlier would be stored a second time. */
const MIN_RETENTION = Duration.days(35);
const MAX_RETENTION = Duration.days(36_500);

export interface WebhookValidatorProps extends SystemSettings {
  readonly code: HandlerCode;
  readonly store: TransactionStore;
  /** Gets the bodies that do not fit into an item. */
  readonly archive: IBucket;
  readonly tiers: TierConfig;
  readonly providers: WebhookProvider[];
  readonly previousSecretGrace: Duration;
  readonly processTestEvents?: boolean;
  readonly identifyGuests: boolean;
  readonly reservedConcurrentExecutions?: number;
  readonly provisionedConcurrentExecutions?: number;
  readonly transactionRetention?: Duration;
  /** @default Tracing.ACTIVE */
  readonly tracing?: Tracing;
}

/** Verifies a webhook, normalizes it, and writes it once. */
export class WebhookValidator extends Construct {
  public readonly handler: HandlerFunction;
  /** The newest version of the function, with provisioned concurrency. Undefined without it. */
  public readonly alias?: Alias;
  /** What the API invokes: the alias if there is one, or else the function. */
  public readonly target: IFunction;
  public readonly providers: readonly BoundProvider[];
  /** The key that hashes the contacts of guests. */
  public readonly guestKey?: ISecret;

  constructor(scope: Construct, id: string, props: WebhookValidatorProps) {
    super(scope, id);
    const { providers, store, archive, previousSecretGrace, transactionRetention } = props;
    if (providers.length === 0) {
      throw new Error('`providers` must contain at least one provider, got an empty list. Leave it out to receive webhooks from your own system.');
    }
    validateMade('providers', providers, 'a factory of WebhookProvider, such as WebhookProvider.stripe()');
    const names = providers.map(({ providerName }) => providerName);
    const repeated = names.find((name, index) => names.indexOf(name) !== index);
    if (repeated !== undefined) {
      throw new Error(`\`providers\` must have unique names, got duplicate '${repeated}'. Pass \`name\` to tell them apart.`);
    }
    validateDuration('previousSecretGrace', previousSecretGrace, Duration.seconds(0), MAX_GRACE);
    if (transactionRetention) {
      validateDays('transactionRetention', transactionRetention, MIN_RETENTION, MAX_RETENTION);
    }
    validateConcurrency(props);

    this.providers = providers.map((provider) => provider._bind(this, props));
    for (const { config, secrets, reconciliation } of this.providers) {
      secrets.forEach((secret) => validateSameEnvironment(`\`secrets\` of the provider ${config.name}`, secret, this));
      validateSameEnvironment(`\`reconciliation.apiKey\` of the provider ${config.name}`, reconciliation?.apiKey, this);
    }
    warnOfSharedSecrets(this, this.providers);

    this.guestKey = props.identifyGuests
      ? generatedSecret(this, 'GuestKey', props, 'Key that hashes the email addresses and phone numbers of guests')
      : undefined;

    this.handler = new HandlerFunction(this, 'Handler', {
      ...props,
      handler: 'webhook-validator',
      description: 'Verifies, normalizes and stores webhooks',
      memorySize: 1024,
      timeout: Duration.seconds(30),
      keyServices: ['dynamodb', 's3', 'secretsmanager'],
      reservedConcurrentExecutions: props.reservedConcurrentExecutions,
      environment: {
        [Env.TABLE_NAME]: store.table.tableName,
        [Env.ARCHIVE_BUCKET_NAME]: archive.bucketName,
        [Env.PROVIDERS]: JSON.stringify(this.providers.map(({ config }) => ({ ...config, processTestEvents: props.processTestEvents || undefined }))),
        [Env.PREVIOUS_SECRET_GRACE_SECONDS]: String(previousSecretGrace.toSeconds()),
        [Env.TIERS]: JSON.stringify(props.tiers),
        ...this.guestKey && { [Env.GUEST_KEY_ARN]: this.guestKey.secretArn },
        ...transactionRetention && { [Env.TRANSACTION_RETENTION_SECONDS]: String(transactionRetention.toSeconds()) },
      },
    });
    // A transaction of two Puts needs the same permission (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html).
    this.handler.allow(['dynamodb:PutItem'], [store.table.tableArn]);
    this.handler.allowLargeBodies(archive);
    for (const secret of new Set([...this.providers.flatMap(({ secrets }) => secrets), ...this.guestKey ? [this.guestKey] : []])) {
      this.handler.allowSecret(secret);
    }

    const { provisionedConcurrentExecutions } = props;
    // `currentVersion` is a new version whenever the code or the configuration of the function changes.
    this.alias = provisionedConcurrentExecutions === undefined ? undefined : new Alias(this, 'Provisioned', {
      aliasName: 'provisioned',
      description: 'The version that the API invokes',
      version: this.handler.lambda.currentVersion,
      provisionedConcurrentExecutions,
    });
    this.target = this.alias ?? this.handler.lambda;
  }

  /** The provider with a name. */
  public providerNamed(name: string): BoundProvider {
    const provider = this.providers.find(({ config }) => config.name === name);
    if (!provider) {
      const names = this.providers.map(({ config }) => config.name).join(', ');
      throw new Error(`\`provider\` must be one of ${names}, got: '${name}'. Pass the name of a provider in \`providers\`.`);
    }
    return provider;
  }
}

const MAX_EXECUTIONS = 1_000_000;

/**
 * Lambda allocates at most the reserved concurrency of a function
 * (https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html).
 */
function validateConcurrency({ reservedConcurrentExecutions: reserved, provisionedConcurrentExecutions: provisioned }: WebhookValidatorProps): void {
  if (reserved !== undefined) {
    validateWholeNumber('validatorReservedConcurrency', reserved, 1, MAX_EXECUTIONS);
  }
  if (provisioned === undefined) {
    return;
  }
  if (Token.isUnresolved(provisioned)) {
    throw new Error('`validatorProvisionedConcurrency` must be known at synthesis, because the CDK checks it there, got: a token. Pass a number.');
  }
  validateWholeNumber('validatorProvisionedConcurrency', provisioned, 1, MAX_EXECUTIONS);
  if (reserved !== undefined && !Token.isUnresolved(reserved) && provisioned > reserved) {
    throw new Error(
      `\`validatorProvisionedConcurrency\` must not be more than \`validatorReservedConcurrency\` (${reserved}), got: ${provisioned}. `
      + 'Lower it, or reserve more.',
    );
  }
}
