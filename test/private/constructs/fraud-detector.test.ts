import { CfnParameter, Duration } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { FraudRule } from '../../../src';
import { resolveFraudRules } from '../../../src/private/settings/fraud-config';
import { statementsOf, synthesize, theResource } from '../../support/system';

/** The ids of the customers of the provider. */
const ID = 'standard-webhooks:';

/** Rules whose JSON has exactly this number of bytes: long ids on a blocklist. */
function rulesOf(bytes: number): FraudRule[] {
  const ofIds = (length: number) => [FraudRule.blocked({ customers: [`${ID}${'i'.repeat(length)}`], score: 100 })];
  return ofIds(bytes - JSON.stringify(resolveFraudRules(ofIds(1))).length + 1);
}
const detectorOf = (template: Template) => theResource(template, 'AWS::Lambda::Function', ({ Handler, Environment }) => Handler && Environment?.Variables
  && ('FRAUD_RULES' in Environment.Variables || 'FRAUD_RULES_PARAMETER' in Environment.Variables)).Properties;
const withRules = (fraudRules: FraudRule[], environmentSuffix: string | undefined = 'test') => synthesize({ environmentSuffix, fraudRules }).template;
const ssmStatements = (template: Template) => statementsOf(template, 'fraud-detector-test').filter(({ Action }) => String(Action).startsWith('ssm:'));

/** The size of the environment as Lambda measures it: the JSON text of the map. The table's name counts as long as an ARN. */
const environmentOf = (rules: FraudRule[]) => JSON.stringify({
  TABLE_NAME: '_'.repeat(160), FRAUD_RULES: JSON.stringify(resolveFraudRules(rules)), SYSTEM_NAME: 'test',
});
const MOST_IN_ENVIRONMENT = 4_096 - (environmentOf(rulesOf(200)).length - 200);

describe('rules that fit the environment', () => {
  test('are stored in it as JSON, without a parameter', () => {
    const template = withRules(FraudRule.defaults());

    const { Environment, Description } = detectorOf(template);

    expect(JSON.parse(Environment.Variables.FRAUD_RULES)).toEqual(JSON.parse(JSON.stringify(resolveFraudRules())));
    expect(Environment.Variables.FRAUD_RULES_PARAMETER).toBeUndefined();
    expect(Description).toBe('Assesses transactions');
    template.resourceCountIs('AWS::SSM::Parameter', 0);
    expect(ssmStatements(template)).toEqual([]);
  });

  test('can fill the 4,096 bytes of JSON that Lambda accepts', () => {
    const template = withRules(rulesOf(MOST_IN_ENVIRONMENT));

    expect(environmentOf(rulesOf(MOST_IN_ENVIRONMENT))).toHaveLength(4_096);
    expect(detectorOf(template).Environment.Variables.FRAUD_RULES).toHaveLength(MOST_IN_ENVIRONMENT);
    template.resourceCountIs('AWS::SSM::Parameter', 0);
  });
});

describe('rules that do not fit the environment', () => {
  test.each([50, 54, 58])('go to a parameter when only their escaped quotes exceed the limit: %d rules by amount', (count) => {
    const rules = Array.from({ length: count }, (_, n) => FraudRule.amountAbove({ amount: 10_000 + n, currency: 'EUR', score: 100 }));

    expect(JSON.stringify(resolveFraudRules(rules)).length).toBeLessThan(4_096);
    expect(environmentOf(rules).length).toBeGreaterThan(4_096);
    withRules(rules).resourceCountIs('AWS::SSM::Parameter', 1);
  });

  test.each([
    ['a byte more', MOST_IN_ENVIRONMENT + 1, 'Standard', 'fraud-rules-test'],
    ['the most of a standard parameter', 4_096, 'Standard', 'fraud-rules-test'],
    // The name differs, because SSM cannot turn an advanced parameter back into a standard one.
    ['a byte more than that', 4_097, 'Advanced', 'fraud-rules-large-test'],
    ['the most of an advanced parameter', 8_192, 'Advanced', 'fraud-rules-large-test'],
  ])('are stored in a parameter: %s', (_, bytes, tier, name) => {
    const rules = rulesOf(bytes);
    const template = withRules(rules);

    const [[id, { Properties: parameter }]] = Object.entries(template.findResources('AWS::SSM::Parameter'));
    const { Variables } = detectorOf(template).Environment;

    expect(parameter).toMatchObject({ Name: name, Tier: tier, Type: 'String', Value: JSON.stringify(resolveFraudRules(rules)) });
    expect(parameter.Value).toHaveLength(bytes);
    expect(Variables.FRAUD_RULES_PARAMETER).toEqual({ Ref: id });
    expect(Variables.FRAUD_RULES).toBeUndefined();
    expect(ssmStatements(template)).toEqual([{
      Action: 'ssm:GetParameter',
      Effect: 'Allow',
      Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ssm:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':parameter/', { Ref: id }]] },
    }]);
  });

  test('are rejected a byte beyond the largest parameter', () => {
    expect(() => withRules(rulesOf(8_193))).toThrow(
      '`fraudRules` with `shadowFraudRules` must fit the 8192 bytes of an SSM parameter, got about: 8193. Add long blocklists to the table instead, where the rule `blocked` reads them.',
    );
  });

  test('are counted in bytes, not in characters', () => {
    const template = withRules([FraudRule.blocked({ customers: [`${ID}${'ü'.repeat(2_022)}`], score: 100 })]);

    template.hasResourceProperties('AWS::SSM::Parameter', { Tier: 'Advanced' });
  });

  test('have a separate name in a system without a suffix', () => {
    const { stack, template } = synthesize({ fraudRules: rulesOf(4_096) });

    expect(theResource(template, 'AWS::SSM::Parameter').Properties.Name).toBeUndefined();
    expect(stack.node.findAll().filter(({ node }) => node.path.includes('FraudDetector/Rules'))).not.toEqual([]);
  });

  test('restart the running sandboxes when they change, so that the old rules are not used', () => {
    const descriptionOf = (bytes: number) => detectorOf(withRules(rulesOf(bytes))).Description;

    expect(descriptionOf(4_000)).toMatch(/^Assesses transactions by a parameter of content [0-9a-f]{12}$/);
    expect(descriptionOf(4_000)).toBe(descriptionOf(4_000));
    expect(descriptionOf(4_000)).not.toBe(descriptionOf(4_001));
  });
});

test('numbers, texts and lists that are known only at deployment are resolved there', () => {
  const { template } = synthesize((stack) => {
    const parameter = (id: string, type: string) => new CfnParameter(stack, id, { type });
    return {
      fraudRules: [
        FraudRule.velocity({
          count: parameter('Count', 'Number').valueAsNumber, window: Duration.seconds(parameter('Window', 'Number').valueAsNumber), score: 100,
        }),
        FraudRule.blocked({ customers: [parameter('Customer', 'String').valueAsString], cards: parameter('Cards', 'CommaDelimitedList').valueAsList, score: 100 }),
      ],
    };
  });

  expect(detectorOf(template).Environment.Variables.FRAUD_RULES).toEqual({
    'Fn::Join': ['', [
      '{"tiers":{"medium":1000,"high":10000},"review":40,"block":80,"rules":[{"rule":"velocity","score":100,"windowSeconds":', { Ref: 'Window' }, ',"count":', { Ref: 'Count' },
      '},{"rule":"blocked","score":100,"customers":["', { Ref: 'Customer' },
      '"],"cards":', { 'Fn::GetAtt': [expect.stringContaining('StringifyRefCards'), 'Value'] }, '}]}',
    ]],
  });
});

test('the detector reads and writes the table and reads the indexes of customers, cards and email addresses, and has no other rights', () => {
  const statements = statementsOf(withRules(FraudRule.defaults()), 'fraud-detector-test').filter(({ Action }) => JSON.stringify(Action).includes('dynamodb:'));

  expect(statements.map(({ Action }) => Action)).toEqual([
    ['dynamodb:BatchGetItem', 'dynamodb:UpdateItem', 'dynamodb:PutItem', 'dynamodb:GetItem'], 'dynamodb:Query',
  ]);
  expect(statements[0].Resource).toEqual({ 'Fn::GetAtt': [expect.stringMatching('^PaymentsTransactionsTable'), 'Arn'] });
  expect(statements[1].Resource).toEqual(['customer-index', 'card-index', 'email-index'].map((index) => ({
    'Fn::Join': ['', [{ 'Fn::GetAtt': [expect.stringMatching('^PaymentsTransactionsTable'), 'Arn'] }, `/index/${index}`]],
  })));
});
