import { type Duration } from 'aws-cdk-lib';
import { type IGrantable, type IPrincipal, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { HandlerCode } from './handler-code';
import { Env, type HandlerName } from './private/contract';
import type { SystemSettings } from './private/system-settings';
import { validateEnvironmentSize } from './private/validation';

export interface HandlerFunctionProps extends SystemSettings {
  readonly handler: HandlerName;
  readonly description: string;
  readonly code: HandlerCode;
  /** MB. */
  readonly memorySize: number;
  readonly timeout: Duration;
  readonly environment: { [name: string]: string };
}

/** A function with a role and a log group of its own, and no right but to log and to trace. */
export class HandlerFunction extends Construct implements IGrantable {
  public readonly lambda: LambdaFunction;
  public readonly grantPrincipal: IPrincipal;

  constructor(scope: Construct, id: string, props: HandlerFunctionProps) {
    super(scope, id);
    const { names, handler } = props;

    const environment = { ...props.environment, [Env.SYSTEM_NAME]: names.identity };
    validateEnvironmentSize(handler, environment);
    const functionName = names.of(handler);
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: functionName && `/aws/lambda/${functionName}`,
      retention: props.logRetention,
      removalPolicy: props.removalPolicy,
    });
    const role = new Role(this, 'Role', {
      roleName: names.ofRole(handler),
      description: `Rights of the ${handler}`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    logGroup.grantWrite(role);

    this.lambda = new LambdaFunction(this, 'Function', {
      ...props.code._bind(handler),
      functionName,
      description: props.description,
      architecture: Architecture.ARM_64,
      memorySize: props.memorySize,
      timeout: props.timeout,
      tracing: Tracing.ACTIVE,
      environment,
      logGroup,
      role,
    });
    this.grantPrincipal = role;
  }

  /** Allows actions on the named resources. */
  public allow(actions: string[], resources: string[]): void {
    this.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ actions, resources }));
  }
}
