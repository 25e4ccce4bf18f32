/** The options of a call that the SDK passes on. */
export interface CallOptions {
  readonly abortSignal?: AbortSignal;
}

/** A value in DynamoDB's format, as far as it is read. */
export interface TableValue {
  readonly S?: string;
  readonly N?: string;
  readonly B?: Uint8Array;
}

/** The calls of DynamoDB. `DynamoDB` of `@aws-sdk/client-dynamodb` has them. */
export interface DynamoDbCalls {
  getItem(input: object, options?: CallOptions): Promise<{ readonly Item?: { readonly [name: string]: TableValue } }>;
  putItem(input: object, options?: CallOptions): Promise<unknown>;
  deleteItem(input: object, options?: CallOptions): Promise<unknown>;
}

/** The call of S3. `S3` of `@aws-sdk/client-s3` has it. */
export interface S3Calls {
  getObject(input: object, options?: CallOptions): Promise<{ readonly Body?: { transformToByteArray(): Promise<Uint8Array> } }>;
}
