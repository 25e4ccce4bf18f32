import { DescribeContinuousBackupsCommand, DescribeTableCommand, QueryCommand, ResourceNotFoundException, type AttributeValue, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { failed, notChecked, ok, warning, type Check, type Finding } from './check';
import type { CheckedSystem } from './checked-system';
import { Attr, GIVEN_UP_PARTITION, Index, SWEEP_PARTITIONS } from '../../src/private/contract';

/** How long after the time of its sweep an open transaction is still normal: the sweep runs each minute. */
const LATE_MS = 5 * 60_000;

/** The protection of the table. */
export interface TableProtection {
  readonly status: string;
  readonly deletionProtection: boolean;
  /** Absent if it is not known. */
  readonly pointInTimeRecovery?: boolean;
}

/** The transactions in the index of open ones. */
export interface OpenCounts {
  readonly open: number;
  /** Open ones that the sweep should have republished. */
  readonly overdue: number;
  readonly givenUp: number;
}

/** Whether the table is protected, and which transactions wait in it. */
export function tableChecks(system: CheckedSystem): Check[] {
  const { dynamodb } = system.clients;
  return [
    {
      name: 'table',
      actions: ['dynamodb:DescribeTable', 'dynamodb:DescribeContinuousBackups'],
      run: async (abortSignal) => {
        const TableName = system.output('TableName');
        try {
          const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }), { abortSignal });
          const { ContinuousBackupsDescription } = system.isLocal
            ? {} : await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }), { abortSignal });
          const recovery = ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
          return tableFinding({
            status: Table?.TableStatus ?? 'unknown',
            deletionProtection: Table?.DeletionProtectionEnabled ?? false,
            pointInTimeRecovery: system.isLocal ? undefined : recovery === 'ENABLED',
          });
        } catch (error) {
          if (error instanceof ResourceNotFoundException) {
            return failed(`the table ${TableName} does not exist`, { remedy: 'Restore it from a backup under this name. Webhooks are answered with 503 until then.' });
          }
          throw error;
        }
      },
    },
    {
      name: 'open transactions',
      actions: ['dynamodb:Query'],
      run: async (abortSignal) => openFinding(await countOpen(dynamodb, system.output('TableName'), system.now(), abortSignal)),
    },
  ];
}

/** What the protection of the table means. */
export function tableFinding({ status, deletionProtection, pointInTimeRecovery }: TableProtection): Finding {
  if (!/^(ACTIVE|UPDATING)$/.test(status)) {
    return failed(`is ${status.toLowerCase()}`, { remedy: 'Wait until it is active. Webhooks are answered with 503 until then.', heading: 'webhooks-server-errors-suffix' });
  }
  if (pointInTimeRecovery === undefined) {
    return notChecked(`${status.toLowerCase()}; the emulator does not report the protection`);
  }
  const missing = [...pointInTimeRecovery ? [] : ['point-in-time recovery'], ...deletionProtection ? [] : ['deletion protection']];
  return missing.length === 0 ? ok('active, with point-in-time recovery and deletion protection') : warning(`without ${missing.join(' and ')}`, {
    remedy: pointInTimeRecovery
      ? 'Set `deletionProtection` to true for a system in production.'
      : 'Enable point-in-time recovery again: `aws dynamodb update-continuous-backups`. The stack enables it, so somebody disabled it.',
  });
}

async function countOpen(client: DynamoDBClient, table: string, now: Date, abortSignal: AbortSignal): Promise<OpenCounts> {
  const count = async (partition: string, until?: Date) => countPartition(client, table, partition, until, abortSignal);
  const late = new Date(now.getTime() - LATE_MS);
  let [open, overdue] = [0, 0];
  for (let partition = 0; partition < SWEEP_PARTITIONS; partition += 1) {
    open += await count(String(partition));
    overdue += await count(String(partition), late);
  }
  return { open, overdue, givenUp: await count(GIVEN_UP_PARTITION) };
}

async function countPartition(
  client: DynamoDBClient, table: string, partition: string, until: Date | undefined, abortSignal: AbortSignal,
): Promise<number> {
  let count = 0;
  let start: Record<string, AttributeValue> | undefined;
  do {
    const { Count = 0, LastEvaluatedKey } = await client.send(new QueryCommand({
      TableName: table,
      IndexName: Index.OPEN_HIGH_VALUE,
      Select: 'COUNT',
      KeyConditionExpression: `#partition = :partition${until ? ' AND #sweepAt <= :until' : ''}`,
      ExpressionAttributeNames: { '#partition': Attr.SWEEP_PARTITION, ...until && { '#sweepAt': Attr.SWEEP_AT } },
      ExpressionAttributeValues: { ':partition': { S: partition }, ...until && { ':until': { S: until.toISOString() } } },
      ExclusiveStartKey: start,
    }), { abortSignal });
    count += Count;
    start = LastEvaluatedKey;
  } while (start !== undefined);
  return count;
}

/** What the numbers of open transactions mean. */
export function openFinding({ open, overdue, givenUp }: OpenCounts): Finding {
  if (overdue > 0) {
    return failed(`${open} open, ${overdue} of them overdue, ${givenUp} given up: the sweep does not republish them`, {
      remedy: 'Check the rule of the sweep and the log of the relay. These transactions are not assessed and alerted.', heading: 'webhooks-sweep-stopped-suffix',
    });
  }
  if (givenUp > 0) {
    return failed(`${givenUp} given up, ${open} open`, {
      remedy: 'Fix the reason, then republish them with `cdk-webhooks open retry`. These transactions are not assessed and alerted.',
      heading: 'webhooks-awaiting-redrive-suffix',
    });
  }
  return ok(open === 0 ? 'none' : `${open}, which the workflow or the sweep will close`);
}
