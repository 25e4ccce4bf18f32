/** A table or an index, as IAM and a request name it. */
export interface KnownIndex {
  readonly arn: string;
  readonly partitionKey: string;
}

export interface KnownTable extends KnownIndex {
  /** Throws for an index that the table does not have. */
  index(name: string): KnownIndex;
}

/** Finds what a request names. Each method throws for a name that no template has: a call to it can never be right. */
export interface KnownResources {
  /** Builds the ARN of a resource in the account and region of the tests. */
  arn(service: string, resource: string): string;
  table(name: string): KnownTable;
  /** The complete ARN of a secret that is given by its ARN, complete or without the random characters, or its name. */
  secretArn(id: string): string;
}
