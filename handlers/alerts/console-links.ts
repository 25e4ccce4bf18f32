import { consoleUrl, type TransactionDetail } from '../../src/private/contract';

/** The parameters of the console links for a transaction. */
export interface ConsoleContext {
  readonly tableName: string;
  /** ARN of the workflow's execution; its partition and region are the whole system's. */
  readonly execution: string;
  /** The start time of the execution, RFC 3339. */
  readonly startedAt: string;
}

/** The item in DynamoDB's item explorer. AWS does not document the URL. This is the one that the console shows. */
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
  return consoleUrl(partition, region, service);
}

/** Encodes any text. The conversion to bytes replaces half characters, for which `encodeURIComponent` would throw. */
function encoded(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}
