import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ProviderConfig } from './contract';

/** The data that a provider needs from its system. */
export interface ProviderBindOptions {
  readonly removalPolicy: RemovalPolicy;
  readonly encryptionKey?: IKey;
}

/** How the events of a provider are reconciled. */
export interface BoundReconciliation {
  readonly apiKey: ISecret;
  readonly every: Duration;
  readonly eventNames?: readonly string[];
}

/** A provider in a system. */
export interface BoundProvider {
  readonly config: ProviderConfig;
  readonly secrets: ISecret[];
  /** Whether it checks the endpoint with a GET request before it posts there. */
  readonly answersChallenge: boolean;
  /** The time after which a provider without webhooks is reported as silent. */
  readonly expectWebhooksEvery?: Duration;
  /** Not set: its events are only received. */
  readonly reconciliation?: BoundReconciliation;
}
