import { Attr, HISTORY_ATTRIBUTES, HISTORY_INDEXES, Index, OPEN_INDEX_ATTRIBUTES } from '../../../src/private/contract';

const keys = (partition: string, sort: string) => [{ AttributeName: partition, KeyType: 'HASH' }, { AttributeName: sort, KeyType: 'RANGE' }] as const;

/** The keys and indexes of the table. `dynamodb.test.ts` compares them with the table of the construct. */
export const TABLE_SCHEMA = {
  AttributeDefinitions: [
    ...[Attr.TRANSACTION_ID, Attr.TIMESTAMP, Attr.OCCURRED_AT, Attr.SWEEP_PARTITION, Attr.SWEEP_AT, Attr.EVENT_ID],
    ...HISTORY_INDEXES.map(({ key }) => key),
  ].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  KeySchema: keys(Attr.TRANSACTION_ID, Attr.TIMESTAMP),
  GlobalSecondaryIndexes: [
    ...HISTORY_INDEXES.map(({ name, key }) => ({
      IndexName: name,
      KeySchema: keys(key, Attr.OCCURRED_AT),
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: HISTORY_ATTRIBUTES.filter((attribute) => attribute !== key) },
    })),
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
