import type { Code, Runtime } from 'aws-cdk-lib/aws-lambda';

/** Where a function's code comes from. */
export interface BoundHandlerCode {
  readonly code: Code;
  readonly handler: string;
  readonly runtime: Runtime;
}
