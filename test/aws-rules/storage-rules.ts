import { type AwsRule, lengthRule, rangeRule, textOf } from './aws-rule';
import { ARCHIVE_PREFIX, BODY_PREFIX } from '../../src/private/contract';

const CFN = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';
const LIFECYCLE = `${CFN}/aws-properties-s3-bucket-rule.html`;
const TRANSITIONS = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html';

/** One of these must be in a lifecycle rule. */
const LIFECYCLE_ACTIONS = [
  'AbortIncompleteMultipartUpload', 'ExpirationDate', 'ExpirationInDays', 'NoncurrentVersionExpiration', 'NoncurrentVersionExpirationInDays',
  'NoncurrentVersionTransition', 'NoncurrentVersionTransitions', 'Transition', 'Transitions',
];
const lifecycleRules = (properties: any): any[] => properties.LifecycleConfiguration?.Rules ?? [];
const hasLifecycle = (properties: any) => lifecycleRules(properties).length > 0;
const hasTransitions = (properties: any) => lifecycleRules(properties)[0]?.Transitions !== undefined;
const daysTo = (rule: any, storageClass: string): number | undefined => rule.Transitions
  ?.find(({ StorageClass }: any) => StorageClass === storageClass)?.TransitionInDays;
const writeDenials = (properties: any): any[] => properties.PolicyDocument.Statement
  .filter(({ Effect, Condition }: any) => Effect === 'Deny' && Condition?.Null?.['s3:if-none-match'] === 'true');
/** Actions that include `s3:GetObject`. */
const READS = /^(\*|s3:(\*|Get\*|GetObject\*?))$/;
const actionsOf = (properties: any): string[] => properties.PolicyDocument.Statement.flatMap(({ Action }: any) => Action);
/** The statements that allow a function to write objects of the archive. */
const archiveWrites = (properties: any): any[] => properties.PolicyDocument.Statement.filter(({ Action, Resource }: any) => (
  [Action].flat().includes('s3:PutObject') && [ARCHIVE_PREFIX, BODY_PREFIX].some((prefix) => JSON.stringify(Resource).includes(`/${prefix}*`))
));
const replicas = (properties: any): any[] => properties.Replicas;
const keysOf = (properties: any): string[] => [properties, ...properties.GlobalSecondaryIndexes ?? []]
  .flatMap(({ KeySchema }: any) => KeySchema.map(({ AttributeName }: any) => AttributeName));

/** S3, DynamoDB, Secrets Manager, SSM and ECR. */
export const STORAGE_RULES: readonly AwsRule[] = [
  {
    rule: 'A lifecycle rule needs an action beside the removal of delete markers',
    source: `${LIFECYCLE} and aws-cloudformation/cloudformation-coverage-roadmap#1124`,
    type: 'AWS::S3::Bucket',
    violation: (properties) => lifecycleRules(properties).find((rule) => !LIFECYCLE_ACTIONS.some((action) => action in rule))?.Id,
    breakable: hasLifecycle,
    breakIt: (properties) => lifecycleRules(properties).push({ Id: 'markers', Status: 'Enabled', ExpiredObjectDeleteMarker: true }),
  },
  {
    rule: 'ExpiredObjectDeleteMarker cannot be combined with an expiration of current versions',
    source: LIFECYCLE,
    type: 'AWS::S3::Bucket',
    violation: (properties) => lifecycleRules(properties)
      .find((rule) => rule.ExpiredObjectDeleteMarker && (rule.ExpirationInDays ?? rule.ExpirationDate ?? rule.TagFilters) !== undefined)?.Id,
    breakable: hasLifecycle,
    breakIt: (properties) => Object.assign(lifecycleRules(properties)[0], { ExpiredObjectDeleteMarker: true, ExpirationInDays: 1 }),
  },
  {
    rule: 'Objects move to Infrequent Access after 30 days at the earliest, and to Glacier 30 days later',
    source: TRANSITIONS,
    type: 'AWS::S3::Bucket',
    violation: (properties) => lifecycleRules(properties).map((rule) => {
      const [infrequent, glacier] = [daysTo(rule, 'STANDARD_IA'), daysTo(rule, 'GLACIER')];
      return infrequent !== undefined && (infrequent < 30 || (glacier !== undefined && glacier < infrequent + 30)) && rule.Id;
    }).find(Boolean),
    breakable: hasTransitions,
    breakIt: (properties) => {
      lifecycleRules(properties)[0].Transitions[1].TransitionInDays = 31;
    },
  },
  {
    rule: 'An expiration is later than every transition',
    source: TRANSITIONS,
    type: 'AWS::S3::Bucket',
    violation: (properties) => lifecycleRules(properties)
      .find((rule) => rule.Transitions?.some(({ TransitionInDays }: any) => rule.ExpirationInDays <= TransitionInDays))?.Id,
    breakable: hasTransitions,
    breakIt: (properties) => {
      lifecycleRules(properties)[0].ExpirationInDays = 90;
    },
  },
  {
    rule: 'Object Lock needs versioning',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html',
    type: 'AWS::S3::Bucket',
    violation: ({ ObjectLockEnabled, VersioningConfiguration }) => ObjectLockEnabled && VersioningConfiguration?.Status !== 'Enabled' && 'not versioned',
    breakIt: (properties) => Object.assign(properties, { ObjectLockEnabled: true, VersioningConfiguration: undefined }),
  },
  {
    rule: 'A policy that requires If-None-Match applies only to requests that create an object, because the parts of an upload have no such header',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html',
    type: 'AWS::S3::BucketPolicy',
    violation: (properties) => writeDenials(properties)
      .some(({ Condition: { Bool } }) => Bool?.['s3:ObjectCreationOperation'] !== 'true') && 's3:ObjectCreationOperation is missing',
    breakable: (properties) => writeDenials(properties).length > 0,
    breakIt: (properties) => {
      delete writeDenials(properties)[0].Condition.Bool;
    },
  },
  {
    rule: 'A write with If-Match needs s3:GetObject too, which no function that writes to the archive has, so that none can replace an object',
    // The page lists both rights for If-Match, and only s3:PutObject for If-None-Match. The second example of
    // conditional-writes-enforce.html allows s3:GetObject for the same reason.
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html',
    type: 'AWS::IAM::Policy',
    violation: (properties) => archiveWrites(properties).length > 0 && actionsOf(properties).some((action) => READS.test(action)) && 'writes and reads',
    breakable: (properties) => archiveWrites(properties).length > 0,
    breakIt: (properties) => {
      archiveWrites(properties)[0].Action = ['s3:PutObject', 's3:GetObject'];
    },
  },
  {
    rule: 'A bucket name has at most 63 characters',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html',
    type: 'AWS::S3::Bucket',
    violation: ({ BucketName }) => bucketNameOf(BucketName).length > 63 && bucketNameOf(BucketName),
    breakIt: (properties) => {
      properties.BucketName = 'b'.repeat(64);
    },
  },
  {
    rule: 'A global table has a replica in the region of the stack',
    source: `${CFN}/aws-resource-dynamodb-globaltable.html`,
    type: 'AWS::DynamoDB::GlobalTable',
    violation: (properties) => replicas(properties).length !== 1 && 'more than one replica, which costs more',
    breakIt: (properties) => replicas(properties).push({ Region: 'eu-west-1' }),
  },
  {
    rule: 'Point-in-time recovery reaches back 1 to 35 days',
    source: `${CFN}/aws-properties-dynamodb-globaltable-pointintimerecoveryspecification.html`,
    type: 'AWS::DynamoDB::GlobalTable',
    violation: (properties) => replicas(properties)
      .some(({ PointInTimeRecoverySpecification: { RecoveryPeriodInDays: days } }) => !(days >= 1 && days <= 35)) && 'out of range',
    breakIt: (properties) => {
      replicas(properties)[0].PointInTimeRecoverySpecification.RecoveryPeriodInDays = 36;
    },
  },
  {
    rule: 'A key of a replica needs encryption by KMS on the table',
    source: `${CFN}/aws-properties-dynamodb-globaltable-ssespecification.html`,
    type: 'AWS::DynamoDB::GlobalTable',
    violation: (properties) => replicas(properties).some(({ SSESpecification }) => SSESpecification)
      && !(properties.SSESpecification?.SSEEnabled && properties.SSESpecification.SSEType === 'KMS') && 'the table is not encrypted by KMS',
    breakIt: (properties) => {
      replicas(properties)[0].SSESpecification = { KMSMasterKeyId: 'key' };
      properties.SSESpecification = { SSEEnabled: false };
    },
  },
  {
    rule: 'The attribute definitions are exactly the keys of table and indexes',
    source: `${CFN}/aws-resource-dynamodb-globaltable.html`,
    type: 'AWS::DynamoDB::GlobalTable',
    violation: (properties) => {
      const defined = properties.AttributeDefinitions.map(({ AttributeName }: any) => AttributeName).sort();
      return JSON.stringify(defined) !== JSON.stringify([...new Set(keysOf(properties))].sort()) && defined.join();
    },
    breakIt: (properties) => properties.AttributeDefinitions.push({ AttributeName: 'unused', AttributeType: 'S' }),
  },
  {
    rule: 'All indexes together project at most 100 attributes that are not keys',
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html',
    type: 'AWS::DynamoDB::GlobalTable',
    violation: (properties) => properties.GlobalSecondaryIndexes
      .reduce((sum: number, { Projection }: any) => sum + (Projection.NonKeyAttributes?.length ?? 0), 0) > 100 && 'too many',
    breakIt: (properties) => {
      properties.GlobalSecondaryIndexes[0].Projection.NonKeyAttributes = Array(101).fill('attribute');
    },
  },
  {
    rule: 'An index projects 1 to 20 attributes that are not keys, and a key is not projected again',
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Projection.html',
    type: 'AWS::DynamoDB::GlobalTable',
    violation: (properties) => properties.GlobalSecondaryIndexes.find(({ KeySchema, Projection: { NonKeyAttributes: projected } }: any) => {
      const keys = keysOf({ KeySchema: [...KeySchema, ...properties.KeySchema] });
      return projected && (projected.length === 0 || projected.length > 20 || keys.some((key) => projected.includes(key)));
    })?.IndexName,
    breakIt: (properties) => properties.GlobalSecondaryIndexes[0].Projection.NonKeyAttributes
      .push(properties.GlobalSecondaryIndexes[0].KeySchema[0].AttributeName),
  },
  {
    rule: 'A table has at most 20 global secondary indexes, whose names have 3 to 255 characters',
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html',
    type: 'AWS::DynamoDB::GlobalTable',
    violation: ({ GlobalSecondaryIndexes: indexes = [] }) => (indexes.length > 20 || indexes.some(({ IndexName }: any) => !/^[\w.-]{3,255}$/.test(IndexName))) && 'out of range',
    breakIt: (properties) => {
      properties.GlobalSecondaryIndexes[0].IndexName = 'ix';
    },
  },
  {
    rule: 'A value has at most 4,096 bytes in the standard tier and 8,192 in the advanced one',
    source: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html',
    type: 'AWS::SSM::Parameter',
    violation: ({ Tier, Value }) => Buffer.byteLength(textOf(Value)) > (Tier === 'Advanced' ? 8_192 : 4_096) && `${Tier} of ${textOf(Value).length} bytes`,
    breakIt: (properties) => Object.assign(properties, { Tier: 'Standard', Value: 'x'.repeat(4_097) }),
  },
  lengthRule('AWS::DynamoDB::GlobalTable', 'TableName', 255, `${CFN}/aws-resource-dynamodb-globaltable.html`),
  lengthRule('AWS::SecretsManager::Secret', 'Description', 2_048, 'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html'),
  lengthRule('AWS::ECR::Repository', 'RepositoryName', 256, `${CFN}/aws-resource-ecr-repository.html`),
  rangeRule('AWS::SQS::Queue', 'MessageRetentionPeriod', 60, 1_209_600, `${CFN}/aws-resource-sqs-queue.html`),
];

/** Account ids have 12 digits, and the longest region name has 14 characters. */
function bucketNameOf(name: any): string {
  if (typeof name !== 'object') {
    return name ?? '';
  }
  const lengths: { [reference: string]: number } = { 'AWS::AccountId': 12, 'AWS::Region': 14 };
  return name['Fn::Join'][1].map((part: any) => typeof part === 'string' ? part : 'r'.repeat(lengths[part.Ref])).join('');
}
