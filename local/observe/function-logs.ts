import { appendFileSync } from 'node:fs';
import { CloudWatchLogsClient, DescribeLogGroupsCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { clientConfig } from '../emulator/clients';

/** Writes the logs of all functions to a file, because they are lost when the emulator stops. */
export async function saveFunctionLogs(endpoint: string, file: string): Promise<void> {
  const client = new CloudWatchLogsClient(clientConfig(endpoint));
  const { logGroups = [] } = await client.send(new DescribeLogGroupsCommand({}));
  for (const { logGroupName } of logGroups) {
    let nextToken: string | undefined;
    do {
      const page = await client.send(new FilterLogEventsCommand({ logGroupName, nextToken }));
      const lines = (page.events ?? []).map(({ timestamp = 0, message = '' }) =>
        `${new Date(timestamp).toISOString()} ${logGroupName} ${message.trimEnd()}\n`);
      appendFileSync(file, lines.join(''));
      nextToken = page.nextToken;
    } while (nextToken);
  }
}
