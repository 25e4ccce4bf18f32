import { type Duration } from 'aws-cdk-lib';
import { type IGrantable, type IPrincipal, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel, Architecture, Function as LambdaFunction, LoggingFormat, SystemLogLevel, Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { HandlerCode } from '../../props/handler-code';
import { BODY_PREFIX, Env, type HandlerName } from '../contract';
import { allowKeyThrough, type KeyService } from '../key-grants';
import type { SystemSettings } from '../settings/system-settings';
import { validateEnvironmentSize } from '../size-limits';

export interface HandlerFunctionProps extends SystemSettings {
  readonly handler: HandlerName;
  readonly description: string;
  readonly code: HandlerCode;
  /** MB. */
  readonly memorySize: number;
  readonly timeout: Duration;
  readonly environment: { [name: string]: string };
  /** The services whose data the function encrypts or decrypts with the system's key. */
  readonly keyServices: readonly KeyService[];
  /** @default Tracing.ACTIVE */
  readonly tracing?: Tracing;
  /** @default - the function shares the account's concurrency */
  readonly reservedConcurrentExecutions?: number;
}

/** The rights that Lambda needs to connect a function to a VPC (https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html). */
const NETWORK_INTERFACE_ACTIONS = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/** A function with its own role and log group. It has only the rights to log and to trace. */
export class HandlerFunction extends Construct implements IGrantable {
  public readonly lambda: LambdaFunction;
  public readonly grantPrincipal: IPrincipal;

  constructor(scope: Construct, id: string, private readonly props: HandlerFunctionProps) {
    super(scope, id);
    const { names, handler, encryptionKey } = props;

    const environment = { ...props.environment, [Env.SYSTEM_NAME]: names.systemId };
    validateEnvironmentSize(handler, environment);
    const functionName = names.optional(handler);
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: functionName && `/aws/lambda/${functionName}`,
      retention: props.logRetention,
      removalPolicy: props.removalPolicy,
      encryptionKey,
    });
    const role = new Role(this, 'Role', {
      roleName: names.optionalInAccount(handler),
      description: `Rights of the ${handler}`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    logGroup.grantWrite(role);
    if (props.network) {
      role.addToPolicy(new PolicyStatement({
        actions: NETWORK_INTERFACE_ACTIONS,
        resources: ['*'],
        // Lambda itself can use these rights. The function's code cannot, because its requests have the condition key
        // (https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html).
        conditions: { Null: { 'lambda:SourceFunctionArn': 'true' } },
      }));
    }

    this.lambda = new LambdaFunction(this, 'Function', {
      ...props.code._bind(handler, this),
      functionName,
      description: props.description,
      architecture: Architecture.ARM_64,
      memorySize: props.memorySize,
      timeout: props.timeout,
      tracing: props.tracing ?? Tracing.ACTIVE,
      reservedConcurrentExecutions: props.reservedConcurrentExecutions,
      environment,
      environmentEncryption: encryptionKey,
      logGroup,
      // Lambda's own three lines for each invocation would cost more than all logs of the functions. Its warnings and errors are kept.
      loggingFormat: LoggingFormat.JSON,
      systemLogLevelV2: SystemLogLevel.WARN,
      // A metric's line has no level and counts as INFO: a higher level would drop the metrics.
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      role,
      ...props.network,
    });
    this.grantPrincipal = role;
    allowKeyThrough(encryptionKey, role, this, ['lambda', ...props.keyServices]);
  }

  /** Allows actions on the named resources. */
  public allow(actions: string[], resources: string[]): void {
    this.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ actions, resources }));
  }

  /** Allows to write the bodies that do not fit into an item. */
  public allowLargeBodies(archive: IBucket): void {
    this.allow(['s3:PutObject'], [archive.arnForObjects(`${BODY_PREFIX}*`)]);
    if (archive.encryptionKey !== this.props.encryptionKey) {
      allowKeyThrough(archive.encryptionKey, this, this, ['s3']);
    }
    // On deletion, the function is removed before the bucket is emptied. Later objects would prevent the deletion of the bucket.
    this.lambda.node.addDependency(archive);
  }

  /** Allows to read the value of a secret. `grantRead` also adds the role to the key's policy, which causes a cycle if the key is in another stack. */
  public allowSecret(secret: ISecret): void {
    this.allow(['secretsmanager:GetSecretValue'], [secret.secretFullArn ?? `${secret.secretArn}-??????`]);
    if (secret.encryptionKey !== this.props.encryptionKey) {
      allowKeyThrough(secret.encryptionKey, this, this, ['secretsmanager']);
    }
  }
}
