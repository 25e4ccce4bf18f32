import {
  AttributeType, Billing, type CfnGlobalTable, ProjectionType, StreamViewType, TableEncryptionV2, TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import {
  Attr, HISTORY_ATTRIBUTES, HISTORY_INDEXES, Index, LABEL_ATTRIBUTES, LABELED_EVENT_ATTRIBUTES, LIST_ENTRY_ATTRIBUTES, OPEN_INDEX_ATTRIBUTES,
} from '../contract';
import { allowKeyThrough } from '../key-grants';
import { leadingKeys, type StatementConditions } from '../leading-keys';
import type { SystemSettings } from '../settings/system-settings';
import { validateDeletionProtection } from '../validation';

/** Days that the table can be restored to: the maximum of DynamoDB. */
const RECOVERY_DAYS = 35;

export interface TransactionStoreProps extends SystemSettings {
  readonly deletionProtection?: boolean;
}

/**
 * The transactions, each stored once with its verdict. The stream of the table
 * is the outbox that the event relay and the archival read.
 */
export class TransactionStore extends Construct {
  public readonly table: TableV2;

  constructor(scope: Construct, id: string, private readonly props: TransactionStoreProps) {
    super(scope, id);
    const { removalPolicy, encryptionKey, deletionProtection } = props;
    validateDeletionProtection(deletionProtection, removalPolicy);

    const table = new TableV2(this, 'Table', {
      tableName: props.names.optional('transactions'),
      partitionKey: { name: Attr.TRANSACTION_ID, type: AttributeType.STRING },
      sortKey: { name: Attr.TIMESTAMP, type: AttributeType.STRING },
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: RECOVERY_DAYS },
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      encryption: TableEncryptionV2.awsManagedKey(),
      timeToLiveAttribute: Attr.EXPIRES_AT,
      removalPolicy,
      deletionProtection,
      // The indexes are sparse: only items with their keys cost writes.
      globalSecondaryIndexes: [
        ...HISTORY_INDEXES.map(({ name, key }) => ({
          indexName: name,
          partitionKey: { name: key, type: AttributeType.STRING },
          sortKey: { name: Attr.OCCURRED_AT, type: AttributeType.STRING },
          projectionType: ProjectionType.INCLUDE,
          // DynamoDB always projects the keys, and refuses to project one twice.
          nonKeyAttributes: HISTORY_ATTRIBUTES.filter((attribute) => attribute !== key),
        })),
        {
          indexName: Index.OPEN_HIGH_VALUE,
          partitionKey: { name: Attr.SWEEP_PARTITION, type: AttributeType.STRING },
          sortKey: { name: Attr.SWEEP_AT, type: AttributeType.STRING },
          projectionType: ProjectionType.INCLUDE,
          nonKeyAttributes: [...OPEN_INDEX_ATTRIBUTES],
        },
      ],
    });
    if (encryptionKey) {
      // `TableEncryptionV2.customerManagedKey` does not synthesize in a stack without a region.
      (table.node.defaultChild as CfnGlobalTable).addPropertyOverride('Replicas.0.SSESpecification.KMSMasterKeyId', encryptionKey.keyArn);
    }
    this.table = table;
  }

  /** Adds the index of all transactions by the ids of their events, and returns its ARN. Each transaction costs one more write. */
  public addEventIndex(): string {
    this.table.addGlobalSecondaryIndex({
      indexName: Index.EVENT,
      partitionKey: { name: Attr.EVENT_ID, type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
    return this.indexArn(Index.EVENT);
  }

  /** Rights to read the table and its indexes. */
  public grantRead(grantee: IGrantable): Grant {
    allowKeyThrough(this.props.encryptionKey, grantee, this, ['dynamodb']);
    return this.table.grantReadData(grantee);
  }

  /**
   * Grants access to items whose keys start with the prefix of a list, and write access to the attributes of an
   * entry only: with other attributes, an item would be in the indexes too. A deletion names no attributes.
   */
  public grantManageList(grantee: IGrantable, prefix: string): Grant {
    allowKeyThrough(this.props.encryptionKey, grantee, this, ['dynamodb']);
    const ofTheList = leadingKeys([prefix]);
    return this.grantOnTable(grantee, ['dynamodb:GetItem', 'dynamodb:Query'], ofTheList)
      .combine(this.grantOnTable(grantee, ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'], {
        ...ofTheList, 'ForAllValues:StringEquals': { 'dynamodb:Attributes': LIST_ENTRY_ATTRIBUTES },
      }));
  }

  /**
   * Grants access to the labels of the transactions of providers. A condition of a write must name the attributes that it
   * compares, and naming one is the right to write it: the write compares nothing else. A query must name what it returns,
   * and an update must not return the whole item.
   */
  public grantLabel(grantee: IGrantable, providers: readonly string[]): Grant {
    allowKeyThrough(this.props.encryptionKey, grantee, this, ['dynamodb']);
    const ofTransactions = leadingKeys(providers.map((provider) => `${provider}:`));
    return this.grantOnTable(grantee, ['dynamodb:Query'], {
      ...ofTransactions,
      'ForAllValues:StringEquals': { 'dynamodb:Attributes': LABELED_EVENT_ATTRIBUTES },
      'StringEquals': { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
    }).combine(this.grantOnTable(grantee, ['dynamodb:UpdateItem'], {
      ...ofTransactions,
      'ForAllValues:StringEquals': { 'dynamodb:Attributes': LABEL_ATTRIBUTES },
      'StringEqualsIfExists': { 'dynamodb:ReturnValues': ['NONE', 'UPDATED_OLD', 'UPDATED_NEW'] },
    }));
  }

  /** The ARN of one index, because an index is a separate resource for IAM. */
  public indexArn(index: (typeof Index)[keyof typeof Index]): string {
    return `${this.table.tableArn}/index/${index}`;
  }

  private grantOnTable(grantee: IGrantable, actions: string[], conditions: StatementConditions): Grant {
    return Grant.addToPrincipal({ grantee, actions, resourceArns: [this.table.tableArn], conditions });
  }
}
