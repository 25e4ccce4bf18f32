import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ACCOUNT_RULES } from './account-rules';
import { type AwsRule, type CfnTemplate, resourcesOf } from './aws-rule';
import { COMPUTE_RULES } from './compute-rules';
import { DASHBOARD_RULES } from './dashboard-rules';
import { HTTP_API_RULES } from './http-api-rules';
import { MESSAGING_RULES } from './messaging-rules';
import { NETWORK_RULES } from './network-rules';
import { STORAGE_RULES } from './storage-rules';
import { ApiType, FraudRule, WebhookProvider } from '../../src';
import { scenarioStacks } from '../support/scenario-stacks';
import { synthesize } from '../support/system';

const RULES: readonly AwsRule[] = [
  ...STORAGE_RULES, ...COMPUTE_RULES, ...MESSAGING_RULES, ...NETWORK_RULES, ...HTTP_API_RULES, ...ACCOUNT_RULES, ...DASHBOARD_RULES,
];
/** Fraud rules that are too large for the environment, which no scenario has. */
const { stack: manyRules } = synthesize({
  fraudRules: Array.from({ length: 60 }, (_, index) => FraudRule.amountAbove({ amount: 10_000 + index, currency: 'EUR', score: 100 })),
});
/** An HTTP API with a domain name, which no scenario has. */
const { stack: httpApi } = synthesize((scope) => ({
  environmentSuffix: 'test',
  apiType: ApiType.httpApi(),
  providers: [WebhookProvider.stripe(), WebhookProvider.braintree()],
  customDomain: {
    domainName: 'webhooks.example.com',
    certificate: Certificate.fromCertificateArn(scope, 'Certificate', 'arn:aws:acm:us-east-1:111122223333:certificate/a'),
  },
}));
/** Provisioned concurrency, which no scenario has because AWS bills it. */
const { stack: provisioned } = synthesize({ validatorProvisionedConcurrency: 5, validatorReservedConcurrency: 5 });
const templates = [...scenarioStacks, manyRules, httpApi, provisioned].map((stack) => [stack.stackName, templateOf(stack)] as const);

function templateOf(stack: Stack): CfnTemplate {
  const template = Template.fromStack(stack).toJSON() as CfnTemplate;
  Object.values(template.Resources).forEach((resource) => Object.assign(resource, { Properties: resource.Properties ?? {} }));
  return template;
}

function violationsOf({ type, violation }: AwsRule, template: CfnTemplate): string[] {
  return resourcesOf(template, type).flatMap(([logicalId, { Properties }]) => {
    const found = violation(Properties, template, logicalId);
    return found ? [`${logicalId}: ${found}`] : [];
  });
}

describe.each(RULES.map((rule) => [`${rule.type}: ${rule.rule}`, rule] as const))('%s', (_, rule) => {
  test('is met in every scenario', () => {
    const violations = templates.flatMap(([name, template]) => violationsOf(rule, template).map((violation) => `${name} ${violation}`));

    expect({ violations, source: rule.source }).toEqual({ violations: [], source: rule.source });
  });

  test('fails for a template that breaks it', () => {
    const { type, breakIt, breakable = () => true } = rule;
    const broken = templates
      .map(([, template]) => structuredClone(template))
      .flatMap((template) => resourcesOf(template, type)
        .filter(([, { Properties }]) => breakable(Properties))
        .map((resource) => ({ template, resource })))[0];

    breakIt(broken.resource[1].Properties, broken.template, broken.resource[0]);

    expect(violationsOf(rule, broken.template)).not.toEqual([]);
  });

  test('names its source', () => {
    expect(rule.source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/\S+/);
  });
});
