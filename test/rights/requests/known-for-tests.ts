import type { KnownResources } from './known-resources';

const TABLE = 'arn:aws:dynamodb:us-east-1:123456789012:table/transactions';

/** The table as the construct creates it, and a secret. */
export const KNOWN: KnownResources = {
  arn: (service, resource) => `arn:aws:${service}:us-east-1:123456789012:${resource}`,
  table: () => ({
    arn: TABLE, partitionKey: 'transaction_id', index: (name) => ({ arn: `${TABLE}/index/${name}`, partitionKey: 'customer_key' }),
  }),
  secretArn: (id) => `${id}-a1b2c3`,
};
