import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** A client whose table has another description. */
export function describedTable(client: DynamoDBClient, table: object): DynamoDBClient {
  return new Proxy(client, {
    get: (target: any, name) => name !== 'send' ? target[name] : async (command: any, options: any) => {
      const answer = await target.send(command, options);
      return command.constructor.name === 'DescribeTableCommand' ? { Table: { ...answer.Table, ...table } } : answer;
    },
  });
}
