import type { TransactionDetail } from '../../src/private/contract';

/** Where each partition's console is; an unknown partition gets the first. */
const CONSOLES: ReadonlyMap<string, string> = new Map([
  ['aws', 'console.aws.amazon.com'],
  ['aws-cn', 'console.amazonaws.cn'],
  ['aws-us-gov', 'console.amazonaws-us-gov.com'],
]);
const DEFAULT_CONSOLE = 'console.aws.amazon.com';

/** What the console's pages about a transaction are found by. */
export interface ConsoleContext {
  readonly tableName: string;
  /** ARN of the workflow's execution; its partition and region are the whole system's. */
  readonly execution: string;
  /** When the execution was started, RFC 3339. */
  readonly startedAt: string;
}

/** The item in DynamoDB's item explorer. AWS documents no form of it: this is the one that the console itself shows. */
export function transactionLink({ transaction_id: id, timestamp }: Pick<TransactionDetail, 'transaction_id' | 'timestamp'>, context: ConsoleContext): string {
  return `${consoleOf(context, 'dynamodbv2')}#edit-item?itemMode=2&pk=${encoded(id)}&route=ROUTE_ITEM_EXPLORER&sk=${encoded(timestamp)}`
    + `&table=${encoded(context.tableName)}`;
}

/**
 * The Express execution in the console of Step Functions, which finds it in
 * the log by its ARN and its start in milliseconds.
 */
export function executionLink(context: ConsoleContext): string {
  return `${consoleOf(context, 'states')}#/express-executions/details/${context.execution}?startDate=${Date.parse(context.startedAt)}`;
}

function consoleOf({ execution }: ConsoleContext, service: string): string {
  const [, partition, , region] = execution.split(':');
  return `https://${region}.${CONSOLES.get(partition) ?? DEFAULT_CONSOLE}/${service}/home?region=${region}`;
}

/** Encodes any text: by way of bytes, which replaces halves of characters that `encodeURIComponent` would throw on. */
function encoded(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}
