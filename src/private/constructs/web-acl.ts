import { Arn, ArnFormat, Stack, Token } from 'aws-cdk-lib';
import type { Stage } from 'aws-cdk-lib/aws-apigateway';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

export interface WebAclProps {
  readonly stage: Stage;
  readonly webAclArn: string;
}

/** Puts an existing web ACL in front of the API. */
export class WebAcl extends Construct {
  constructor(scope: Construct, id: string, { stage, webAclArn }: WebAclProps) {
    super(scope, id);
    validateWebAclArn(this, webAclArn);
    // The ARN refers to the stage, so that CloudFormation creates the stage first.
    new CfnWebACLAssociation(this, 'Association', { resourceArn: stage.stageArn, webAclArn });
  }
}

function validateWebAclArn(scope: Construct, arn: string): void {
  if (Token.isUnresolved(arn)) {
    return;
  }
  if (!/^arn:[^:]+:wafv2:[^:]+:[^:]+:regional\/webacl\/[^/]+\/[^/]+$/.test(arn)) {
    throw new Error(
      '`webAclArn` must be the ARN of a web ACL of scope REGIONAL '
      + `(arn:aws:wafv2:<region>:<account>:regional/webacl/<name>/<id>), got: '${arn}'. A web ACL of scope CLOUDFRONT cannot protect an API.`,
    );
  }
  const acl = Arn.split(arn, ArnFormat.SLASH_RESOURCE_NAME);
  const { region, account } = Stack.of(scope);
  for (const [what, own, other] of [['Region', region, acl.region], ['account', account, acl.account]]) {
    if (!Token.isUnresolved(own) && own !== other) {
      throw new Error(`\`webAclArn\` must be in the ${what} of the stack (${own}), got: ${other}`);
    }
  }
}
