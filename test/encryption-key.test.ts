import { Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Alias, Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { statementsOf, synthesize, theResource } from './support/system';

const withKey = () => synthesize((stack) => ({ environmentSuffix: 'test', encryptionKey: new Key(stack, 'Key') }));
const KEY = { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] };

describe('a key of yours encrypts', () => {
  const { template } = withKey();

  test.each([
    ['the table', 'AWS::DynamoDB::GlobalTable', { SSESpecification: { SSEEnabled: true, SSEType: 'KMS' }, Replicas: [Match.objectLike({ SSESpecification: { KMSMasterKeyId: KEY } })] }],
    ['the topic', 'AWS::SNS::Topic', { KmsMasterKeyId: KEY }],
    ['the dead-letter queue', 'AWS::SQS::Queue', { KmsMasterKeyId: KEY }],
    ['the secrets', 'AWS::SecretsManager::Secret', { KmsKeyId: KEY }],
    ['the archive', 'AWS::S3::Bucket', { BucketEncryption: { ServerSideEncryptionConfiguration: [Match.objectLike({ BucketKeyEnabled: true })] } }],
    ['the bus', 'AWS::Events::EventBus', { KmsKeyIdentifier: KEY }],
    ['the workflow', 'AWS::StepFunctions::StateMachine', { EncryptionConfiguration: { Type: 'CUSTOMER_MANAGED_KMS_KEY', KmsKeyId: KEY } }],
  ])('%s', (_, type, properties) => {
    template.hasResourceProperties(type, properties);
  });

  test('every log group', () => {
    template.allResourcesProperties('AWS::Logs::LogGroup', { KmsKeyId: KEY });
  });

  test("every function's environment", () => {
    template.resourcePropertiesCountIs('AWS::Lambda::Function', { KmsKeyArn: KEY, Environment: Match.anyValue() }, 4);
  });
});

describe('the policy of the key', () => {
  const statements: any[] = theResource(withKey().template, 'AWS::KMS::Key').Properties.KeyPolicy.Statement;
  const statementOf = (service: unknown) => statements.find(({ Principal }) => JSON.stringify(Principal.Service) === JSON.stringify(service));

  test('admits EventBridge without a condition, because a condition would silently drop dead letters', () => {
    expect(statementOf('events.amazonaws.com')).toEqual({
      Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Resource: '*', Action: ['kms:Decrypt', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
    });
  });

  test('admits the alarms of this account', () => {
    expect(statementOf('cloudwatch.amazonaws.com').Condition).toEqual({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } });
  });

  test("admits the delivery of the workflow's log without a condition, as AWS documents it", () => {
    // https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html
    expect(statementOf('delivery.logs.amazonaws.com')).toEqual({
      Effect: 'Allow', Principal: { Service: 'delivery.logs.amazonaws.com' }, Resource: '*', Action: 'kms:Decrypt',
    });
  });

  test('admits CloudWatch Logs for log groups of this account', () => {
    const logs = statementOf({ 'Fn::Join': ['', ['logs.', { Ref: 'AWS::Region' }, '.amazonaws.com']] });

    expect(JSON.stringify(logs.Condition.ArnLike['kms:EncryptionContext:aws:logs:arn'])).toContain(':log-group:*');
  });
});

describe('the roles', () => {
  test.each([
    ['webhook-validator', ['lambda', 'dynamodb', 's3', 'secretsmanager']],
    ['event-relay', ['lambda', 'dynamodb', 's3', 'sqs']],
    ['fraud-detector', ['lambda', 'dynamodb']],
    ['transaction-archival', ['lambda', 'dynamodb', 's3']],
    ['step-functions', ['dynamodb', 'sns', 'sqs']],
    ['eventbridge-targets', ['sns']],
  ])('%s uses the key through the services that it calls, and not by itself', (role, services) => {
    const ofKms = statementsOf(withKey().template, `${role}-test`).filter(({ Action }) => [Action].flat().some((action: string) => action.startsWith('kms:')));

    const viaServices = ofKms.flatMap(({ Condition }) => Condition?.StringLike['kms:ViaService'] ?? []);
    expect(viaServices.map((via) => via['Fn::Join'][1][0])).toEqual(services.map((service) => `${service}.`));
    expect(ofKms.filter(({ Condition }) => !Condition)).toEqual([]);
    expect(ofKms.find(({ Condition }) => Condition?.StringLike['kms:ViaService']).Action).toContain('kms:DescribeKey');
  });

  test('of the workflow uses it for executions and their log, with or without a suffix', () => {
    const contexts = (props: object) => {
      const { template } = synthesize((stack) => ({ ...props, encryptionKey: new Key(stack, 'Key') }));
      return JSON.stringify(template.findResources('AWS::IAM::Policy')).match(/stateMachine:[^"]*|:logs:[^"]*/g);
    };

    expect(contexts({ environmentSuffix: 'test' })).toContain('stateMachine:transaction-workflow-test');
    expect(contexts({})).toContain('stateMachine:*');
  });

  test('with access to the transactions or the blocklist can use it too', () => {
    const synthesized = withKey();
    const reader = new Role(synthesized.stack, 'Reader', { roleName: 'reader', assumedBy: new ServicePrincipal('lambda.amazonaws.com') });

    synthesized.system.grantReadTransactions(reader);

    expect(statementsOf(synthesized.template, 'reader').flatMap(({ Action }) => Action)).toEqual(expect.arrayContaining(['kms:Decrypt', 'dynamodb:Query']));
  });

  test('write to an archive of yours with the key of the bucket', () => {
    const { template } = synthesize((stack) => ({
      environmentSuffix: 'test', archiveBucket: new Bucket(stack, 'Own', { encryption: BucketEncryption.KMS, encryptionKey: new Key(stack, 'BucketKey') }),
    }));

    const [statement] = statementsOf(template, 'transaction-archival-test').filter(({ Resource }) => JSON.stringify(Resource).includes('BucketKey'));
    expect(JSON.stringify(statement.Condition)).toContain('s3.');
  });
});

describe('the bus', () => {
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-dlq.html
  test('sends events that it cannot deliver because of the key to the dead-letter queue, which admits it', () => {
    const { template } = withKey();
    const [bus] = Object.keys(template.findResources('AWS::Events::EventBus'));

    template.hasResourceProperties('AWS::Events::EventBus', { DeadLetterConfig: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('DeadLetters'), 'Arn'] } } });
    template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({
          Action: 'sqs:SendMessage', Principal: { Service: 'events.amazonaws.com' }, Condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [bus, 'Arn'] } } },
        })]),
      },
    });
  });

  test('needs no dead-letter queue without a key', () => {
    synthesize().template.hasResourceProperties('AWS::Events::EventBus', { DeadLetterConfig: Match.absent() });
  });
});

describe('an alias', () => {
  test('is replaced by the key that it names', () => {
    const { template } = synthesize((stack) => ({ encryptionKey: new Alias(stack, 'Alias', { aliasName: 'alias/payments', targetKey: new Key(stack, 'Key') }) }));

    template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: KEY });
  });

  test('is rejected if its key is unknown, because no role could use it', () => {
    expect(() => synthesize((stack) => ({ encryptionKey: Alias.fromAliasName(stack, 'Alias', 'alias/payments') }))).toThrow(
      "`encryptionKey` must be a key or an alias whose key is known, because roles are granted keys and not aliases, got the alias 'alias/payments'. Import the key with Key.fromKeyArn or Key.fromLookup.",
    );
  });
});

test('a key of another stack causes no cycle between the stacks', () => {
  const { stack, template } = synthesize((own) => ({ encryptionKey: new Key(new Stack(own.node.root, 'Other'), 'Key') }));

  expect(template.toJSON().Resources).toBeDefined();
  expect(stack.dependencies.map(({ stackName }) => stackName)).toEqual(['Other']);
});
