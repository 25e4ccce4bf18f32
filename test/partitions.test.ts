import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { HandlerCode, SchemaRegistry, WebhookProcessingSystem, WebhookProvider } from '../src';

const ACCOUNT = '123456789012';

/** A system with a name, a key and people to alert, in one region. */
function templateIn(region: string): any {
  const stack = new Stack(new App(), 'Stack', { env: { account: ACCOUNT, region } });
  new WebhookProcessingSystem(stack, 'Payments', {
    environmentSuffix: 'prod',
    providers: [WebhookProvider.stripe()],
    handlerCode: HandlerCode.zip(),
    encryptionKey: new Key(stack, 'Key'),
    alertEmails: ['alerts@example.com'],
    schemaRegistry: SchemaRegistry.create(),
  });
  return Template.fromStack(stack).toJSON();
}

/** Every text in a template. */
function textsIn(value: any): string[] {
  return typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

const resources = (template: any, type: string): any[] => Object.values(template.Resources).filter(({ Type }: any) => Type === type);

describe.each(['cn-north-1', 'us-gov-west-1', 'eusc-de-east-1'])('in %s', (region) => {
  const template = templateIn(region);

  test('no ARN names the commercial partition', () => {
    expect(textsIn(template.Resources).filter((text) => /\barn:aws:/.test(text))).toEqual([]);
  });

  test('hosts belong to the partition, and only service principals end in amazonaws.com everywhere', () => {
    const hosts = textsIn(template.Resources).filter((text) => text.includes('amazonaws.com'));

    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services
    const principals = /^(apigateway|cloudwatch|delivery\.logs|events|lambda|states)\.amazonaws\.com$/;
    // https://docs.amazonaws.cn/en_us/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
    const logs = `logs.${region}.amazonaws.com${region === 'cn-north-1' ? '.cn' : ''}`;
    // CDK's Secret adds it to the key's policy, in addition to the roles' own rights.
    const secrets = `secretsmanager.${region}.amazonaws.com`;
    expect(hosts.filter((text) => !principals.test(text) && text !== logs && text !== secrets)).toEqual([]);
  });

  test('the API is regional, because China and GovCloud have no edge-optimized APIs', () => {
    expect(resources(template, 'AWS::ApiGateway::RestApi').map(({ Properties }) => Properties.EndpointConfiguration.Types)).toEqual([['REGIONAL']]);
  });

  test('roles can use the key through services with the hosts of the partition', () => {
    const services = resources(template, 'AWS::IAM::Policy')
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
      .flatMap(({ Condition }) => Condition?.StringLike?.['kms:ViaService'] ?? []);

    expect(new Set(services.map((service: string) => service.split('.').slice(1).join('.')))).toEqual(new Set([`${region}.amazonaws.*`]));
  });
});

describe('two regions of one account', () => {
  /** The names that must be unique in an account, in all of its regions together. */
  const GLOBAL: { readonly [type: string]: string } = {
    'AWS::IAM::Role': 'RoleName',
    'AWS::S3::Bucket': 'BucketName',
    'AWS::CloudWatch::Dashboard': 'DashboardName',
  };
  const [east, west] = ['us-east-1', 'eu-west-1'].map(templateIn);

  test.each(Object.entries(GLOBAL))('share no %s', (type, property) => {
    const namesIn = (template: any) => resources(template, type).map(({ Properties }) => Properties[property]).filter(Boolean);

    expect(namesIn(east).length).toBeGreaterThan(0);
    expect(namesIn(east).filter((name) => namesIn(west).includes(name))).toEqual([]);
  });
});
