import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnAccount, type CfnRestApi } from 'aws-cdk-lib/aws-apigateway';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct, Dependable, type IDependable } from 'constructs';

const ID = 'ApiGatewayAccount';

/**
 * The role that API Gateway writes logs with. It is one setting for the account
 * and Region, so a stack sets it once for any number of systems.
 */
export class ApiGatewayAccount extends Construct {
  /** Returns the account of the stack, and creates it on the first call. */
  public static ensure(scope: Construct, api: CfnRestApi): ApiGatewayAccount {
    return ApiGatewayAccount.find(scope) ?? new ApiGatewayAccount(Stack.of(scope), api);
  }

  /**
   * The dependency of a stage, because API Gateway rejects an access log if the
   * account has no role. It is looked up at synthesis, so that a later system of
   * the same stack can create it.
   */
  public static dependencyOf(scope: Construct): IDependable {
    const lookup: IDependable = {};
    Dependable.implement(lookup, {
      get dependencyRoots() {
        return [ApiGatewayAccount.find(scope)].filter((account) => account !== undefined);
      },
    });
    return lookup;
  }

  private static find(scope: Construct): ApiGatewayAccount | undefined {
    return Stack.of(scope).node.tryFindChild(ID) as ApiGatewayAccount | undefined;
  }

  private constructor(stack: Stack, api: CfnRestApi) {
    super(stack, ID);
    const role = new Role(this, 'CloudWatchRole', {
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonAPIGatewayPushToCloudWatchLogs')],
    });
    const account = new CfnAccount(this, 'Account', { cloudWatchRoleArn: role.roleArn });
    // In an AWS account that never had an API, the setting fails before the first one exists
    // (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-apigateway-account.html).
    account.node.addDependency(api);
    // Other APIs of the account can depend on it.
    role.applyRemovalPolicy(RemovalPolicy.RETAIN);
    account.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }
}
