import { Aws, Fn } from 'aws-cdk-lib';
import { synthesize, theResource } from '../../support/system';

const ARN = 'arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/payments/a1b2c3d4-5678-90ab-cdef-111122223333';
const ENV = { account: '111122223333', region: 'eu-central-1' };

describe('the web ACL', () => {
  test('is not used by default', () => {
    synthesize().template.resourceCountIs('AWS::WAFv2::WebACLAssociation', 0);
  });

  test('protects the stage, which exists before it', () => {
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-wafv2-webaclassociation.html
    const { template } = synthesize({ webAclArn: ARN }, { env: ENV });
    const [api] = Object.keys(template.findResources('AWS::ApiGateway::RestApi'));
    const [stage] = Object.keys(template.findResources('AWS::ApiGateway::Stage'));

    expect(theResource(template, 'AWS::WAFv2::WebACLAssociation').Properties).toEqual({
      WebACLArn: ARN,
      // The reference to the stage orders the two.
      ResourceArn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':apigateway:eu-central-1::/restapis/', { Ref: api }, '/stages/', { Ref: stage }]] },
    });
  });

  test.each([
    ['of scope CLOUDFRONT', 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/payments/a1b2'],
    ['of AWS WAF Classic', 'arn:aws:waf-regional:eu-central-1:111122223333:webacl/a1b2'],
    ['that is a name', 'payments'],
    ['that is empty', ''],
  ])('cannot be one %s', (_, webAclArn) => {
    expect(() => synthesize({ webAclArn })).toThrow(
      '`webAclArn` must be the ARN of a web ACL of scope REGIONAL (arn:aws:wafv2:<region>:<account>:regional/webacl/<name>/<id>), '
      + `got: '${webAclArn}'. A web ACL of scope CLOUDFRONT cannot protect an API.`,
    );
  });

  test.each([
    ['Region', { ...ENV, region: 'eu-west-1' }, '`webAclArn` must be in the Region of the stack (eu-west-1), got: eu-central-1'],
    ['account', { ...ENV, account: '444455556666' }, '`webAclArn` must be in the account of the stack (444455556666), got: 111122223333'],
  ])('cannot be one of another %s', (_, env, message) => {
    expect(() => synthesize({ webAclArn: ARN }, { env })).toThrow(message);
  });

  test.each([
    ['a stack whose account and Region are known at deployment', ARN],
    ['an ARN that is known at deployment', Fn.importValue('WebAclArn')],
    ['an ARN whose Region is known at deployment', `arn:aws:wafv2:${Aws.REGION}:111122223333:regional/webacl/payments/a1b2`],
  ])('passes with %s', (_, webAclArn) => {
    expect(() => synthesize({ webAclArn })).not.toThrow();
  });
});
