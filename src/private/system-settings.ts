import { RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { PhysicalNames } from './physical-names';
import { validateRemovalPolicy } from './validation';
import type { WebhookProcessingSystemProps } from '../webhook-processing-system-props';

/** What every part of a system has to follow. */
export interface SystemSettings {
  readonly names: PhysicalNames;
  readonly removalPolicy: RemovalPolicy;
  readonly logRetention: RetentionDays;
  readonly encryptionKey?: IKey;
}

/** What the parts are told where a user says nothing. */
export function resolveSettings(scope: Construct, props: WebhookProcessingSystemProps): SystemSettings {
  const removalPolicy = props.removalPolicy ?? RemovalPolicy.DESTROY;
  validateRemovalPolicy(removalPolicy);
  return {
    names: new PhysicalNames(scope, props.environmentSuffix),
    removalPolicy,
    logRetention: props.logRetention ?? RetentionDays.ONE_MONTH,
    encryptionKey: props.encryptionKey,
  };
}
