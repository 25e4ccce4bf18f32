import { Attr, HISTORY_ATTRIBUTES, Index, OPEN_INDEX_ATTRIBUTES } from '../../../src/private/contract';

const keys = (partition: string, sort: string) => [{ AttributeName: partition, KeyType: 'HASH' }, { AttributeName: sort, KeyType: 'RANGE' }] as const;

/** The keys and indexes of the table. `dynamodb.test.ts` compares them with the table of the construct. */
export const TABLE_SCHEMA = {
  AttributeDefinitions: [
    Attr.TRANSACTION_ID, Attr.TIMESTAMP, Attr.CUSTOMER_KEY, Attr.OCCURRED_AT, Attr.SWEEP_PARTITION, Attr.SWEEP_AT, Attr.EVENT_ID,
  ].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  KeySchema: keys(Attr.TRANSACTION_ID, Attr.TIMESTAMP),
  GlobalSecondaryIndexes: [
    {
      IndexName: Index.CUSTOMER,
      KeySchema: keys(Attr.CUSTOMER_KEY, Attr.OCCURRED_AT),
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [...HISTORY_ATTRIBUTES] },
    },
    {
      IndexName: Index.OPEN_HIGH_VALUE,
      KeySchema: keys(Attr.SWEEP_PARTITION, Attr.SWEEP_AT),
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [...OPEN_INDEX_ATTRIBUTES] },
    },
    {
      IndexName: Index.EVENT,
      KeySchema: [{ AttributeName: Attr.EVENT_ID, KeyType: 'HASH' }],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
} as const;
