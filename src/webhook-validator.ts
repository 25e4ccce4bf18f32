import { Duration } from 'aws-cdk-lib';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { HandlerCode } from './handler-code';
import { HandlerFunction } from './handler-function';
import type { BoundProvider } from './private/bound-provider';
import { Env, type TierConfig } from './private/contract';
import type { SystemSettings } from './private/system-settings';
import { validateDuration, validateUnique } from './private/validation';
import type { TransactionStore } from './transaction-store';
import { WebhookProvider } from './webhook-provider';

const MAX_GRACE = Duration.days(30);

export interface WebhookValidatorProps extends SystemSettings {
  readonly code: HandlerCode;
  readonly store: TransactionStore;
  readonly tiers: TierConfig;
  readonly providers?: WebhookProvider[];
  readonly previousSecretGrace: Duration;
}

/** Verifies a webhook, normalises it and writes it once. */
export class WebhookValidator extends Construct {
  public readonly handler: HandlerFunction;
  public readonly providers: readonly BoundProvider[];

  constructor(scope: Construct, id: string, props: WebhookValidatorProps) {
    super(scope, id);
    const { store, previousSecretGrace } = props;
    const providers = props.providers ?? [WebhookProvider._ownSystem()];
    if (providers.length === 0) {
      throw new Error('`providers` must hold at least one provider; leave it out to receive webhooks of a system of your own');
    }
    validateUnique('providers', providers.map(({ providerName }) => providerName));
    validateDuration('previousSecretGrace', previousSecretGrace, Duration.seconds(0), MAX_GRACE);

    this.providers = providers.map((provider) => provider._bind(this, props));

    this.handler = new HandlerFunction(this, 'Handler', {
      ...props,
      handler: 'webhook-validator',
      description: 'Verifies, normalises and stores webhooks',
      memorySize: 1024,
      timeout: Duration.seconds(30),
      environment: {
        [Env.TABLE_NAME]: store.table.tableName,
        [Env.PROVIDERS]: JSON.stringify(this.providers.map(({ config }) => config)),
        [Env.PREVIOUS_SECRET_GRACE_SECONDS]: String(previousSecretGrace.toSeconds()),
        [Env.TIERS]: JSON.stringify(props.tiers),
      },
    });
    // A transaction of two Puts asks for the same right (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html).
    this.handler.allow(['dynamodb:PutItem'], [store.table.tableArn]);
    for (const secret of new Set(this.providers.flatMap(({ secrets }) => secrets))) {
      // `grantRead` writes the role into the key's policy too: a cycle where the key is of another stack.
      this.handler.allow(['secretsmanager:GetSecretValue'], [secret.secretFullArn ?? `${secret.secretArn}-??????`]);
      secret.encryptionKey?.grantDecrypt(this.handler);
    }
    props.encryptionKey?.grantEncryptDecrypt(this.handler);
  }

  /** The secrets of one provider. */
  public secretsOf(provider: string): ISecret[] {
    const bound = this.providers.find(({ config }) => config.name === provider);
    if (!bound) {
      throw new Error(`\`provider\` must be one of ${this.providers.map(({ config }) => config.name).join(', ')}, got: '${provider}'`);
    }
    return bound.secrets;
  }
}
