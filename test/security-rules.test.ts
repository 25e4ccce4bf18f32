import type { Stack } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { stacks as everything } from './integ/integ.everything';
import { stacks as imported } from './integ/integ.imported-repositories';
import { stacks as minimal } from './integ/integ.minimal';
import { stacks as providers } from './integ/integ.providers';
import { stacks as repositories } from './integ/integ.repositories';

/** What of the AwsSolutions pack remains, where, and why it has to. */
const ACKNOWLEDGED: { readonly rule: RegExp; readonly where: RegExp; readonly reason: string }[] = [
  { rule: /^AwsSolutions-APIG2$/, where: /Ingress\/Api/, reason: 'Each provider has a schema of its own, and an authentic webhook is stored whatever its shape: the validator checks the signature instead' },
  { rule: /^AwsSolutions-APIG3$/, where: /Ingress\/Api/, reason: 'A firewall is a cost of 5 USD a month and a choice of the account; `api` is exposed for an association' },
  { rule: /^AwsSolutions-APIG4$/, where: /Ingress\/Api/, reason: 'Providers sign and do not log in: the signature over the raw body is the authorisation' },
  { rule: /^AwsSolutions-COG4$/, where: /Ingress\/Api/, reason: 'As above: no provider can obtain a Cognito token' },
  { rule: /^AwsSolutions-APIG6$/, where: /Ingress\/Api/, reason: 'Execution logs would hold headers, signatures among them; the access log and X-Ray tell what is needed' },
  { rule: /^AwsSolutions-IAM4\[.*AmazonAPIGatewayPushToCloudWatchLogs\]$/, where: /CloudWatchRole/, reason: 'The policy that API Gateway prescribes for its account-wide logging role' },
  { rule: /^AwsSolutions-IAM5\[Resource::\*\]$/, where: /DefaultPolicy/, reason: 'X-Ray, log delivery, ListStreams and ecr:GetAuthorizationToken have no resource to name' },
  { rule: /^AwsSolutions-IAM5\[Resource::<PaymentsFraudDetectorHandlerFunction\w+\.Arn>:\*\]$/, where: /Workflow\/Role/, reason: 'Versions and aliases of one function' },
  { rule: /^AwsSolutions-IAM5\[Resource::<PaymentsArchiveBucket\w+\.Arn>\/year=\*\]$/, where: /TransactionArchival/, reason: 'The keys of the archive begin so' },
  { rule: /^AwsSolutions-IAM5\[Action::kms:(ReEncrypt|GenerateDataKey)\*\]$/, where: /DefaultPolicy/, reason: 'The actions of one key that DynamoDB, S3, SNS and SQS need, as CDK grants them' },
  { rule: /^AwsSolutions-S1$/, where: /Archive\/Bucket/, reason: 'The archive is itself a log; who reads it is told by CloudTrail data events, a choice of the account' },
  { rule: /^AwsSolutions-SMG4$/, where: /Secret/, reason: 'The provider issues or shares the secret: a rotation on one side alone would refuse every webhook' },
  { rule: /^AwsSolutions-SNS3$/, where: /Own(Alerts|Alarms)/, reason: 'Topics of the story, handed in by a user' },
  { rule: /^AwsSolutions-SQS3$/, where: /DeadLetters\/Queue|SmallTransactions/, reason: 'It is the dead-letter queue itself; the other is the target of the story' },
];

interface Finding { readonly rule: string; readonly path: string }

function findingsIn(stacks: Stack[]): Finding[] {
  return stacks.flatMap((stack) => new AwsSolutionsChecks().validateScope(stack).violations
    .flatMap(({ ruleName, violatingResources }) => violatingResources.map(({ constructPath }) => ({ rule: ruleName, path: constructPath! }))));
}

describe('the AwsSolutions rules', () => {
  const findings = findingsIn([...minimal, ...everything, ...imported, ...providers, ...repositories]);
  const acknowledges = ({ rule, where }: (typeof ACKNOWLEDGED)[number], finding: Finding) => rule.test(finding.rule) && where.test(finding.path);

  test('find nothing that is not acknowledged with a reason', () => {
    expect(findings.filter((finding) => !ACKNOWLEDGED.some((entry) => acknowledges(entry, finding)))).toEqual([]);
  });

  test('find all that is acknowledged, so that no reason outlives its cause', () => {
    expect(ACKNOWLEDGED.filter((entry) => !findings.some((finding) => acknowledges(entry, finding)))).toEqual([]);
  });
});
