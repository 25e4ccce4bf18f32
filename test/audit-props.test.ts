import { Annotations, Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { Annotations as AnnotationsOf, Match } from 'aws-cdk-lib/assertions';
import { SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Bucket, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { HandlerCode } from '../src';
import { statementsOf, synthesize, templateOf, theResource, validatorEnvironment } from './support/system';

const RETAIN = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;

describe('the removal policy', () => {
  const WARNING = '*`removalPolicy` is not set: all transactions and their archive are deleted with the stack.*';

  test('warns if it is not set, because all data is deleted with the stack', () => {
    const { stack } = synthesize();

    AnnotationsOf.fromStack(stack).hasWarning('/Stack/Payments', Match.stringLikeRegexp('`removalPolicy` is not set: all transactions'));
  });

  test.each([RemovalPolicy.DESTROY, RETAIN])('does not warn if it is set to %s', (removalPolicy) => {
    AnnotationsOf.fromStack(synthesize({ removalPolicy }).stack).hasNoWarning('*', WARNING);
  });

  test('causes no warning after it is acknowledged', () => {
    const { stack, system } = synthesize();

    Annotations.of(system).acknowledgeWarning('cdk-webhook-processing-system:removalPolicy', 'a sandbox');

    expect(AnnotationsOf.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
  });

  test('for production keeps no resource of a failed first deployment', () => {
    const template = templateOf({ removalPolicy: RETAIN });

    for (const type of ['AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket', 'AWS::SQS::Queue', 'AWS::SecretsManager::Secret', 'AWS::Logs::LogGroup']) {
      template.allResources(type, { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
    }
  });
});

describe('deletion protection of the table', () => {
  test('is off by default', () => {
    templateOf({ removalPolicy: RETAIN }).hasResourceProperties('AWS::DynamoDB::GlobalTable', { Replicas: [Match.objectLike({ DeletionProtectionEnabled: Match.absent() })] });
  });

  test('can be turned on', () => {
    synthesize({ removalPolicy: RETAIN, deletionProtection: true }).template
      .hasResourceProperties('AWS::DynamoDB::GlobalTable', { Replicas: [Match.objectLike({ DeletionProtectionEnabled: true })] });
  });

  test('is rejected with DESTROY, because the table could not be deleted', () => {
    expect(() => synthesize({ deletionProtection: true })).toThrow(
      '`deletionProtection` must come with a `removalPolicy` that retains, because DynamoDB does not delete a protected table, got: DESTROY. Set RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE.',
    );
  });
});

describe('the retention of transactions', () => {
  test('is passed to the validator in seconds', () => {
    expect(validatorEnvironment(synthesize({ transactionRetention: Duration.days(400) }).template).TRANSACTION_RETENTION_SECONDS).toBe('34560000');
    expect(validatorEnvironment(templateOf()).TRANSACTION_RETENTION_SECONDS).toBeUndefined();
  });

  test('is rejected if a provider could retry a webhook after it', () => {
    expect(() => synthesize({ transactionRetention: Duration.days(30) })).toThrow('`transactionRetention` must be from 35 days to');
  });
});

describe('the archive', () => {
  test('rejects an object that would overwrite another one without naming its version', () => {
    const template = templateOf();

    const denials: any[] = theResource(template, 'AWS::S3::BucketPolicy', ({ Bucket: { Ref } }) => Ref.includes('Archive')).Properties.PolicyDocument.Statement;

    expect(denials.find(({ Action }) => Action === 's3:PutObject')).toMatchObject({
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Condition: { Null: { 's3:if-none-match': 'true', 's3:if-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
      Resource: ['/year=*', '/webhook-bodies/*'].map((path) => ({ 'Fn::Join': ['', [expect.anything(), path]] })),
    });
  });

  test('can be locked', () => {
    synthesize({ removalPolicy: RETAIN, archiveObjectLock: ObjectLockRetention.compliance(Duration.days(366)) }).template.hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Days: 366, Mode: 'COMPLIANCE' } } },
      VersioningConfiguration: { Status: 'Enabled' },
    });
  });

  test('that is locked is rejected with DESTROY, because it could not be emptied', () => {
    expect(() => synthesize({ archiveObjectLock: ObjectLockRetention.governance(Duration.days(1)) })).toThrow(
      '`archiveObjectLock` must come with a `removalPolicy` that retains, because locked objects cannot be deleted, got: DESTROY. Set RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE.',
    );
  });

  test('can be a bucket of yours, whose settings do not change', () => {
    const { template, system } = synthesize((stack) => ({ environmentSuffix: 'test', archiveBucket: new Bucket(stack, 'Own') }));

    const [own] = Object.keys(template.findResources('AWS::S3::Bucket')).filter((id) => id.startsWith('Own'));
    template.resourceCountIs('AWS::S3::Bucket', 2);
    template.resourcePropertiesCountIs('AWS::S3::BucketPolicy', { Bucket: { Ref: own } }, 0);
    expect(system.archive.node.id).toBe('Own');
    for (const [role, path] of [['transaction-archival-test', '/year=*'], ['webhook-validator-test', '/webhook-bodies/*']]) {
      const [statement] = statementsOf(template, role).filter(({ Action }) => Action === 's3:PutObject');
      expect(statement.Resource).toEqual({ 'Fn::Join': ['', [{ 'Fn::GetAtt': [own, 'Arn'] }, path]] });
    }
  });

  test.each([
    ['archiveBucketName', { archiveBucketName: 'audit' }],
    ['archiveLifecycle', { archiveLifecycle: {} }],
    ['archiveObjectLock', { archiveObjectLock: ObjectLockRetention.governance(Duration.days(1)) }],
  ])('of yours is rejected together with `%s`', (prop, props) => {
    expect(() => synthesize((stack) => ({ ...props, archiveBucket: new Bucket(stack, 'Own') }))).toThrow(
      `\`${prop}\` must not come with \`archiveBucket\`, because a bucket of yours has settings of its own, got both. Set it on the bucket.`,
    );
  });
});

describe('the network of the functions', () => {
  test('is AWS by default', () => {
    templateOf().resourcePropertiesCountIs('AWS::Lambda::Function', { VpcConfig: Match.anyValue() }, 0);
  });

  test('is the private subnets of a VPC of yours', () => {
    const { template } = synthesize((stack) => ({ vpc: new Vpc(stack, 'Vpc') }));

    template.resourcePropertiesCountIs('AWS::Lambda::Function', { VpcConfig: { SubnetIds: [{ Ref: Match.stringLikeRegexp('PrivateSubnet') }, Match.anyValue()] } }, 4);
    template.resourcePropertiesCountIs('AWS::EC2::SecurityGroup', { GroupDescription: Match.stringLikeRegexp('Payments') }, 4);
  });

  test('can have subnets and security groups of yours', () => {
    const { template } = synthesize((stack) => {
      const vpc = new Vpc(stack, 'Vpc', { subnetConfiguration: [{ name: 'Inner', subnetType: SubnetType.PRIVATE_ISOLATED }] });
      return { vpc, vpcSubnets: { subnetGroupName: 'Inner' }, securityGroups: [new SecurityGroup(stack, 'Group', { vpc })] };
    });

    template.resourcePropertiesCountIs('AWS::Lambda::Function', {
      VpcConfig: { SubnetIds: Match.arrayWith([{ Ref: Match.stringLikeRegexp('Inner') }]), SecurityGroupIds: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^Group'), 'GroupId'] }] },
    }, 4);
  });

  test.each([['vpcSubnets', { vpcSubnets: {} }], ['securityGroups', { securityGroups: [] }]])('is rejected as `%s` without a VPC', (prop, props) => {
    expect(() => synthesize(props)).toThrow(`\`${prop}\` must come with \`vpc\`, got no VPC. Pass \`vpc\` or leave it out.`);
  });

  test('is rejected with an empty list of security groups', () => {
    expect(() => synthesize((stack) => ({ vpc: new Vpc(stack, 'Vpc'), securityGroups: [] }))).toThrow('`securityGroups` must contain at least one security group');
  });
});

describe('the concurrency of the webhook validator', () => {
  test('is reserved on request, and only for this function', () => {
    synthesize({ validatorReservedConcurrency: 50 }).template.resourcePropertiesCountIs('AWS::Lambda::Function', { ReservedConcurrentExecutions: 50 }, 1);
    templateOf().resourcePropertiesCountIs('AWS::Lambda::Function', { ReservedConcurrentExecutions: Match.anyValue() }, 0);
  });

  test.each([0, 1.5])('is rejected as %d', (validatorReservedConcurrency) => {
    expect(() => synthesize({ validatorReservedConcurrency })).toThrow(`\`validatorReservedConcurrency\` must be a whole number from 1 to 1000000, got: ${validatorReservedConcurrency}`);
  });
});

describe('the alarms', () => {
  test('on waiting dead letters keep their state when SQS stops its metrics, and one alarms at each arrival', () => {
    const template = templateOf({ environmentSuffix: 'test' });

    template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: 'webhooks-dead-letters-test', TreatMissingData: 'ignore' });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'webhooks-dead-letter-arrived-test', MetricName: 'NumberOfMessagesSent', Statistic: 'Sum', Threshold: 1, TreatMissingData: 'notBreaching',
    });
  });

  test.each([
    ['of yours that requires TLS', (stack: Stack) => ({ alarmTopic: new Topic(stack, 'Topic', { enforceSSL: true }) })],
    ['of yours without a policy', (stack: Stack) => ({ alarmTopic: new Topic(stack, 'Topic') })],
    ['that the construct creates', () => ({})],
  ])('can publish to a topic %s', (_, props) => {
    const { template } = synthesize(props);

    const statements = Object.values(template.findResources('AWS::SNS::TopicPolicy')).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    const topics = Object.keys(template.findResources('AWS::SNS::Topic'));
    expect(statements.filter(({ Principal }) => Principal.Service === 'cloudwatch.amazonaws.com')).toMatchObject(topics.map((Ref) => ({
      Action: 'sns:Publish',
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Resource: { Ref },
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    })));
  });
});

describe('the images', () => {
  const imagesWith = (rebuildKey?: string) => Object.values(synthesize({ handlerCode: HandlerCode.bundledImages({ rebuildKey }) }).template
    .findResources('AWS::Lambda::Function', { Properties: { PackageType: 'Image' } })).map(({ Properties }) => JSON.stringify(Properties.Code.ImageUri));

  test('are rebuilt only if the rebuild key changes', () => {
    expect(imagesWith('2026-11')).toEqual(imagesWith('2026-11'));
    expect(imagesWith('2026-11')).not.toEqual(imagesWith('2026-12'));
    expect(imagesWith('2026-11')).not.toEqual(imagesWith());
  });
});
