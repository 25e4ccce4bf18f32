import type { Code, Runtime } from 'aws-cdk-lib/aws-lambda';

/** The source of a function's code. */
export interface BoundHandlerCode {
  readonly code: Code;
  readonly handler: string;
  readonly runtime: Runtime;
}
