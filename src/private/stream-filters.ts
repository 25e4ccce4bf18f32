import { Attr, RecordType } from './contract';

const TRANSACTION = { [Attr.RECORD_TYPE]: { S: [RecordType.TRANSACTION] } };
const HEARTBEAT = { [Attr.RECORD_TYPE]: { S: [RecordType.HEARTBEAT] } };
const PRESENT = { S: [{ exists: true }] };
const ABSENT = { S: [{ exists: false }] };

/**
 * The changes that the relay publishes as events, new transactions and new
 * verdicts, and the heartbeats that show that it runs. Claims, sweeps and closings, which are most changes of an assessed
 * transaction, do not invoke it. The filters only save invocations, because the
 * relay checks the changes itself.
 *
 * `exists` works on leaves only: on the attribute's type, not on its name.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb-filtering.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 */
export const RELAY_FILTERS: readonly { readonly eventName: readonly string[]; readonly dynamodb: object }[] = [
  { eventName: ['INSERT'], dynamodb: { NewImage: TRANSACTION } },
  { eventName: ['MODIFY'], dynamodb: { NewImage: { ...TRANSACTION, [Attr.VERDICT]: PRESENT }, OldImage: { [Attr.VERDICT]: ABSENT } } },
  { eventName: ['INSERT', 'MODIFY'], dynamodb: { NewImage: HEARTBEAT } },
];
