import { RemovalPolicy } from 'aws-cdk-lib';
import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { WebhookProcessingSystemProps } from '../../props/webhook-processing-system-props';
import { keyOf } from '../key-grants';
import { PhysicalNames } from '../physical-names';
import { validateSameEnvironment } from '../same-environment';
import { validateRemovalPolicy } from '../validation';

/** What every part of a system follows. */
export interface SystemSettings {
  readonly names: PhysicalNames;
  readonly removalPolicy: RemovalPolicy;
  readonly logRetention: RetentionDays;
  readonly encryptionKey?: IKey;
  readonly network?: FunctionNetwork;
}

/** Where the functions run. */
export interface FunctionNetwork {
  readonly vpc: IVpc;
  readonly vpcSubnets?: SubnetSelection;
  readonly securityGroups?: ISecurityGroup[];
}

/** Checks what concerns every part and fills in the defaults. */
export function resolveSettings(scope: Construct, props: WebhookProcessingSystemProps): SystemSettings {
  const removalPolicy = props.removalPolicy ?? RemovalPolicy.DESTROY;
  validateRemovalPolicy(removalPolicy);
  const encryptionKey = keyOf(props.encryptionKey);
  validateSameEnvironment('`encryptionKey`', encryptionKey, scope);
  return {
    names: new PhysicalNames(scope, props.environmentSuffix),
    removalPolicy,
    logRetention: props.logRetention ?? RetentionDays.ONE_MONTH,
    encryptionKey,
    network: networkOf(scope, props),
  };
}

function networkOf(scope: Construct, { vpc, vpcSubnets, securityGroups }: WebhookProcessingSystemProps): FunctionNetwork | undefined {
  if (!vpc) {
    const lone = Object.entries({ vpcSubnets, securityGroups }).find(([, value]) => value !== undefined);
    if (lone) {
      throw new Error(`\`${lone[0]}\` must come with \`vpc\`, got no VPC. Pass \`vpc\` or leave it out.`);
    }
    return undefined;
  }
  validateSameEnvironment('`vpc`', vpc, scope);
  if (securityGroups?.length === 0) {
    throw new Error('`securityGroups` must hold at least one security group, got an empty list. Leave it out to have one created for each function.');
  }
  return { vpc, vpcSubnets, securityGroups };
}
