import { Annotations, RemovalPolicy } from 'aws-cdk-lib';
import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { WebhookProcessingSystemProps } from '../../props/webhook-processing-system-props';
import { admitServices, keyOf } from '../key-grants';
import { PhysicalNames } from '../physical-names';
import { validateSameEnvironment } from '../same-environment';
import { validateRemovalPolicy } from '../validation';

/** The settings of every part of a system. */
export interface SystemSettings {
  readonly names: PhysicalNames;
  readonly removalPolicy: RemovalPolicy;
  readonly logRetention: RetentionDays;
  readonly encryptionKey?: IKey;
  readonly network?: FunctionNetwork;
}

/** The network of the functions. */
export interface FunctionNetwork {
  readonly vpc: IVpc;
  readonly vpcSubnets?: SubnetSelection;
  readonly securityGroups?: ISecurityGroup[];
}

/** The id for acknowledging the warning. */
const REMOVAL_WARNING = 'cdk-webhook-processing-system:removalPolicy';

/** Checks the settings of every part, fills in the defaults and allows the services to use the key. */
export function resolveSettings(scope: Construct, props: WebhookProcessingSystemProps): SystemSettings {
  const removalPolicy = props.removalPolicy ?? RemovalPolicy.DESTROY;
  validateRemovalPolicy(removalPolicy);
  if (props.removalPolicy === undefined) {
    Annotations.of(scope).addWarningV2(REMOVAL_WARNING, '`removalPolicy` is not set: all transactions and their archive are deleted with the stack. '
      + 'Set RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE for production, or RemovalPolicy.DESTROY to confirm.');
  }
  const encryptionKey = keyOf(props.encryptionKey);
  validateSameEnvironment('`encryptionKey`', encryptionKey, scope);
  if (encryptionKey) {
    admitServices(encryptionKey);
  }
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
    throw new Error('`securityGroups` must contain at least one security group, got an empty list. Leave it out to have one created for each function.');
  }
  return { vpc, vpcSubnets, securityGroups };
}
