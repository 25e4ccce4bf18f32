import { Attr, RecordType } from './contract';

const TRANSACTION = { [Attr.RECORD_TYPE]: { S: [RecordType.TRANSACTION] } };
const PRESENT = { S: [{ exists: true }] };
const ABSENT = { S: [{ exists: false }] };

/**
 * The changes that the relay turns into events: a new transaction, and a
 * verdict that appears. Claims, sweeps and closings, most of a high-value
 * transaction's changes, do not invoke it. They only save invocations: the
 * relay decides for itself what is an event.
 *
 * `exists` works on leaves only: on the attribute's type, not on its name.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb-filtering.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 */
export const RELAY_FILTERS: readonly { readonly eventName: readonly string[]; readonly dynamodb: object }[] = [
  { eventName: ['INSERT'], dynamodb: { NewImage: TRANSACTION } },
  { eventName: ['MODIFY'], dynamodb: { NewImage: { ...TRANSACTION, [Attr.VERDICT]: PRESENT }, OldImage: { [Attr.VERDICT]: ABSENT } } },
];
