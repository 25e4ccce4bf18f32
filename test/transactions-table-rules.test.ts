import { Template } from 'aws-cdk-lib/assertions';
import { scenarioStacks } from './support/scenario-stacks';

/**
 * The rules of cdk-nag check `AWS::DynamoDB::Table` only and skip the `AWS::DynamoDB::GlobalTable` of the system. These
 * tests check the table instead. The PCI DSS 3.2.1 pack has no rule for DynamoDB.
 */
const TABLES = scenarioStacks.flatMap((stack) => Object.values(Template.fromStack(stack).findResources('AWS::DynamoDB::GlobalTable'))
  .map(({ Properties }) => ({ scenario: stack.stackName, table: Properties, replicas: Properties.Replicas as any[] })));

/** The scenarios that set the prop. */
const DELETION_PROTECTED = ['WebhookRegulated'];
const WITH_OWN_KEY = ['WebhookEverything', 'WebhookRegulated'];

test('every scenario with a system has one table in one region', () => {
  expect(TABLES.map(({ scenario, replicas }) => [scenario, replicas.length])).toEqual([
    ['WebhookMinimal', 1], ['WebhookEverything', 1], ['WebhookImported', 1], ['WebhookProviders', 1], ['WebhookRegulated', 1],
  ]);
});

describe.each(TABLES)('the table of $scenario', ({ scenario, table, replicas: [replica] }) => {
  // AwsSolutions-DDB3, NIST.800.53.R5-DynamoDBPITREnabled, and for NIST.800.53.R5-DynamoDBInBackupPlan the longest period
  // (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html).
  test('can be restored to each second of the last 35 days', () => {
    expect(replica.PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 });
  });

  // NIST.800.53.R5-DynamoDBAutoScalingEnabled requires automatic capacity, which on-demand mode has.
  test('scales by itself', () => {
    expect(table).toMatchObject({ BillingMode: 'PAY_PER_REQUEST' });
  });

  // No pack has the rules from here on. Encryption: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/EncryptionAtRest.html
  test('is encrypted with KMS, with the key of the user if there is one', () => {
    expect(table.SSESpecification).toEqual({ SSEEnabled: true, SSEType: 'KMS' });
    expect(replica.SSESpecification).toEqual(WITH_OWN_KEY.includes(scenario) ? { KMSMasterKeyId: expect.anything() } : undefined);
  });

  // Security Hub, DynamoDB.6 (https://docs.aws.amazon.com/securityhub/latest/userguide/dynamodb-controls.html).
  test('is protected from deletion if the prop is set', () => {
    expect(replica.DeletionProtectionEnabled).toBe(DELETION_PROTECTED.includes(scenario) ? true : undefined);
  });

  test('streams every change with both images, which the event relay and the archival read', () => {
    expect(table.StreamSpecification).toEqual({ StreamViewType: 'NEW_AND_OLD_IMAGES' });
  });

  // The projection of an index cannot change (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-dynamodb-globaltable-globalsecondaryindex.html).
  test.each([['customer-index', 'customer_key'], ['card-index', 'card_fingerprint'], ['email-index', 'email_hash']])('has %s by %s and time, with what the rules read', (name, key) => {
    const { KeySchema, Projection } = table.GlobalSecondaryIndexes.find(({ IndexName }: any) => IndexName === name);

    expect(KeySchema).toEqual([{ AttributeName: key, KeyType: 'HASH' }, { AttributeName: 'occurred_at', KeyType: 'RANGE' }]);
    expect(Projection.ProjectionType).toBe('INCLUDE');
    expect([...Projection.NonKeyAttributes, key].sort()).toEqual([
      'amount_minor', 'card_bin', 'card_country', 'card_fingerprint', 'country', 'currency', 'customer_key', 'email_hash', 'exponent', 'kind', 'label',
    ]);
  });

  test('has no resource policy that could open it to others', () => {
    expect(JSON.stringify(table)).not.toContain('ResourcePolicy');
  });
});
