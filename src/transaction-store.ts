import {
  AttributeType, BillingMode, type ITable, ProjectionType, StreamViewType, Table, TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { Attr, BLOCKLIST_PREFIX, CUSTOMER_INDEX_ATTRIBUTES, Index } from './private/contract';
import type { SystemSettings } from './private/system-settings';

/** Days that the table can be restored to, the most that DynamoDB keeps. */
const RECOVERY_DAYS = 35;

/**
 * The transactions: what was received, once, with its verdict. Its stream is
 * the outbox that the event relay and the archival read.
 */
export class TransactionStore extends Construct {
  public readonly table: ITable;

  constructor(scope: Construct, id: string, private readonly props: SystemSettings) {
    super(scope, id);

    const table = new Table(this, 'Table', {
      tableName: props.names.of('transactions'),
      partitionKey: { name: Attr.TRANSACTION_ID, type: AttributeType.STRING },
      sortKey: { name: Attr.TIMESTAMP, type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: RECOVERY_DAYS },
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      encryption: props.encryptionKey ? TableEncryption.CUSTOMER_MANAGED : TableEncryption.AWS_MANAGED,
      encryptionKey: props.encryptionKey,
      // Only PayPal's transmissions have it: one that old is refused by its signed time alone. Transactions never expire.
      timeToLiveAttribute: Attr.EXPIRES_AT,
      removalPolicy: props.removalPolicy,
    });

    // Both indexes are sparse: only items that carry their keys cost writes.
    table.addGlobalSecondaryIndex({
      indexName: Index.CUSTOMER,
      partitionKey: { name: Attr.CUSTOMER_KEY, type: AttributeType.STRING },
      sortKey: { name: Attr.OCCURRED_AT, type: AttributeType.STRING },
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: [...CUSTOMER_INDEX_ATTRIBUTES],
    });
    table.addGlobalSecondaryIndex({
      indexName: Index.OPEN_HIGH_VALUE,
      partitionKey: { name: Attr.SWEEP_PARTITION, type: AttributeType.STRING },
      sortKey: { name: Attr.SWEEP_AT, type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
    this.table = table;
  }

  /** Rights on the items whose keys begin as those of the blocklist do. */
  public grantManageBlocklist(grantee: IGrantable): Grant {
    this.props.encryptionKey?.grantEncryptDecrypt(grantee);
    return Grant.addToPrincipal({
      grantee,
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:Query'],
      resourceArns: [this.table.tableArn],
      conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${BLOCKLIST_PREFIX}*`] } },
    });
  }

  /** The ARN of one index: an index is a resource of its own to IAM. */
  public indexArn(index: (typeof Index)[keyof typeof Index]): string {
    return `${this.table.tableArn}/index/${index}`;
  }
}
