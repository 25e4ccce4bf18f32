import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { synthesize } from './support/system';

const HANDLERS = ['WebhookValidator', 'EventRelay', 'FraudDetector', 'TransactionArchival'];

/** The statements of each handler's role that concern network interfaces. */
function networkStatements(template: ReturnType<typeof synthesize>['template']): any[] {
  return Object.entries(template.findResources('AWS::IAM::Policy'))
    .filter(([id]) => HANDLERS.some((handler) => id.startsWith(`Payments${handler}HandlerRole`)))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
    .filter(({ Action }) => [Action].flat().some((action) => action.startsWith('ec2:')));
}

describe('functions in a VPC', () => {
  // https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
  test('let Lambda manage network interfaces, and deny that to their code', () => {
    const { template } = synthesize((stack) => ({ vpc: new Vpc(stack, 'Vpc') }));
    const statements = networkStatements(template);
    expect(statements).toHaveLength(HANDLERS.length);
    for (const statement of statements) {
      expect(statement).toEqual({
        Effect: 'Allow',
        Action: [
          'ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:DeleteNetworkInterface',
          'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses',
        ],
        Resource: '*',
        Condition: { Null: { 'lambda:SourceFunctionArn': 'true' } },
      });
    }
  });

  test('are the only functions with rights on network interfaces', () => {
    expect(networkStatements(synthesize().template)).toEqual([]);
  });
});
