import { type AwsRule, type CfnTemplate, lengthRule, resourcesOf, textOf } from './aws-rule';

const IAM_QUOTAS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html';
const CFN_QUOTAS = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html';
const MAX_INLINE = 10_240;

function inlineCharacters(template: CfnTemplate, role: string): number {
  return resourcesOf(template, 'AWS::IAM::Policy')
    .filter(([, { Properties }]) => Properties.Roles?.some(({ Ref }: any) => Ref === role))
    .reduce((sum, [, { Properties }]) => sum + JSON.stringify(Properties.PolicyDocument).length, 0);
}

/** IAM, and CloudFormation itself. */
export const ACCOUNT_RULES: readonly AwsRule[] = [
  {
    rule: `All inline policies of a role have at most ${MAX_INLINE} characters`,
    source: IAM_QUOTAS,
    type: 'AWS::IAM::Role',
    violation: (_, template, logicalId) => inlineCharacters(template, logicalId) > MAX_INLINE && `${inlineCharacters(template, logicalId)} characters`,
    breakIt: (_, template, logicalId) => {
      template.Resources.Large = {
        Type: 'AWS::IAM::Policy', Properties: { Roles: [{ Ref: logicalId }], PolicyDocument: { Statement: ['x'.repeat(MAX_INLINE)] } },
      };
    },
  },
  {
    rule: 'Role names are global in an account: they contain the region, and have at most 64 characters with the longest region',
    source: IAM_QUOTAS,
    type: 'AWS::IAM::Role',
    // A placeholder is longer than the longest region, of 14 characters.
    violation: ({ RoleName }) => RoleName !== undefined
      && (!JSON.stringify(RoleName).includes('AWS::Region') || textOf(RoleName).length - 46 > 64) && JSON.stringify(RoleName),
    breakIt: (properties) => {
      properties.RoleName = 'webhook-validator-prod';
    },
  },
  lengthRule('AWS::IAM::Role', 'Description', 1_000, 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html'),
  {
    rule: 'A template has at most 500 resources, 200 outputs and 1 MB',
    source: CFN_QUOTAS,
    type: 'AWS::ApiGateway::RestApi',
    violation: (_, template) => (
      Object.keys(template.Resources).length > 500 || Object.keys(template.Outputs ?? {}).length > 200 || JSON.stringify(template).length > 1_000_000) && 'too large',
    breakIt: (_, template) => {
      template.Resources.Large = { Type: 'Custom::Large', Properties: { text: 'x'.repeat(1_000_000) } };
    },
  },
];
