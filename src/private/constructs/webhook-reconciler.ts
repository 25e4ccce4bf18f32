import { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { HandlerFunction } from './handler-function';
import type { HandlerCode } from '../../props/handler-code';
import type { BoundProvider, BoundReconciliation } from '../bound-provider';
import { Env, RECONCILE_TASK, type ReconciledProvider, type ReconciliationInput, type TierConfig } from '../contract';
import type { TransactionStore } from './transaction-store';
import type { SystemSettings } from '../settings/system-settings';

/** A provider whose events are reconciled. */
export type ReconciledBoundProvider = BoundProvider & { readonly reconciliation: BoundReconciliation };

/** The providers whose events are reconciled. */
export function reconciledProviders(providers: readonly BoundProvider[]): ReconciledBoundProvider[] {
  return providers.filter((provider): provider is ReconciledBoundProvider => provider.reconciliation !== undefined);
}

export interface WebhookReconcilerProps extends SystemSettings {
  readonly code: HandlerCode;
  readonly store: TransactionStore;
  /** Gets the bodies that do not fit into an item. */
  readonly archive: IBucket;
  readonly tiers: TierConfig;
  readonly providers: readonly ReconciledBoundProvider[];
  readonly processTestEvents?: boolean;
  readonly guestKey?: ISecret;
  readonly transactionRetention?: Duration;
}

/** Lists the events of providers on their schedules, and stores those whose webhooks did not arrive. */
export class WebhookReconciler extends Construct {
  public readonly handler: HandlerFunction;

  constructor(scope: Construct, id: string, props: WebhookReconcilerProps) {
    super(scope, id);
    const { store, archive, providers, guestKey, transactionRetention, processTestEvents } = props;
    const configs = providers.map(({ config, reconciliation: { apiKey, eventNames } }): ReconciledProvider => ({
      ...config, secretArns: [], processTestEvents: processTestEvents || undefined, reconciliation: { apiKeyArn: apiKey.secretArn, eventNames },
    }));

    this.handler = new HandlerFunction(this, 'Handler', {
      ...props,
      handler: 'webhook-reconciler',
      description: 'Fetches and stores the events whose webhooks did not arrive',
      memorySize: 1024,
      timeout: Duration.minutes(15),
      keyServices: ['dynamodb', 's3', 'secretsmanager'],
      environment: {
        [Env.TABLE_NAME]: store.table.tableName,
        [Env.ARCHIVE_BUCKET_NAME]: archive.bucketName,
        [Env.RECONCILED_PROVIDERS]: JSON.stringify(configs),
        [Env.TIERS]: JSON.stringify(props.tiers),
        ...guestKey && { [Env.GUEST_KEY_ARN]: guestKey.secretArn },
        ...transactionRetention && { [Env.TRANSACTION_RETENTION_SECONDS]: String(transactionRetention.toSeconds()) },
      },
    });
    // PutItem is for transactions, the others for the checkpoint.
    this.handler.allow(['dynamodb:PutItem', 'dynamodb:GetItem', 'dynamodb:UpdateItem'], [store.table.tableArn]);
    this.handler.allowLargeBodies(archive);
    this.handler.allow(['dynamodb:Query'], [store.addEventIndex()]);
    new Set([...providers.map(({ reconciliation }) => reconciliation.apiKey), ...guestKey ? [guestKey] : []])
      .forEach((secret) => this.handler.allowSecret(secret));

    for (const { config: { name }, reconciliation: { every } } of providers) {
      new Rule(this, `Schedule-${name}`, {
        ruleName: props.names.optional(`reconciliation-${name}`),
        description: `Reconciles the events of the provider ${name}`,
        schedule: Schedule.rate(every),
        targets: [new LambdaFunction(this.handler.lambda, {
          event: RuleTargetInput.fromObject({ task: RECONCILE_TASK, provider: name } satisfies ReconciliationInput),
          retryAttempts: 0,
        })],
      });
    }
    // The next run is the retry.
    this.handler.lambda.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(15) });
  }
}
