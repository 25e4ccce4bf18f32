import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { client } from './open-transactions';
import { Attr, Env, HEARTBEAT_ID, NO_EVENT, RecordType } from '../../../src/private/contract';
import { required } from '../../aws/environment-variables';

/** Changes the heartbeat, so that the consumers of the stream have a change to process. */
export async function writeHeartbeat(now: number): Promise<void> {
  await client.send(new UpdateItemCommand({
    TableName: required(Env.TABLE_NAME),
    Key: { [Attr.TRANSACTION_ID]: { S: HEARTBEAT_ID }, [Attr.TIMESTAMP]: { S: NO_EVENT } },
    UpdateExpression: 'SET #type = :type, #beatAt = :now',
    ExpressionAttributeNames: { '#type': Attr.RECORD_TYPE, '#beatAt': Attr.BEAT_AT },
    ExpressionAttributeValues: { ':type': { S: RecordType.HEARTBEAT }, ':now': { S: new Date(now).toISOString() } },
  }));
}
