/** A table or an index, with its names in IAM and in a request. */
export interface KnownIndex {
  readonly arn: string;
  readonly partitionKey: string;
}

export interface KnownTable extends KnownIndex {
  /** Throws for an index that the table does not have. */
  index(name: string): KnownIndex;
}

/** Finds the resources that a request names. Each method throws for a name that no template has, because such a call is always wrong. */
export interface KnownResources {
  /** Builds the ARN of a resource in the account and region of the tests. */
  arn(service: string, resource: string): string;
  table(name: string): KnownTable;
  /** The complete ARN of a secret that is given by its ARN, complete or without the random characters, or its name. */
  secretArn(id: string): string;
}
