import type { Template } from 'aws-cdk-lib/assertions';
import { synthesize } from './support/system';
import { SYSTEM_OUTPUTS } from '../src/private/contract';

const ids = (template: Template) => Object.keys(template.findOutputs('*')).filter((id) => !/Webhook(Url|Secret)/.test(id));

describe('the outputs for the command-line tool', () => {
  test('name each resource of the system, with the hash that the tool expects', () => {
    const { stack, system, template } = synthesize();
    const outputs: Record<string, any> = template.findOutputs('*');

    expect(ids(template).map((id) => /^Payments(\w+)[0-9A-F]{8}$/.exec(id)?.[1])).toEqual([...SYSTEM_OUTPUTS]);
    expect(Object.fromEntries(ids(template).map((id) => [id.slice('Payments'.length, -8), outputs[id].Value]))).toMatchObject({
      TableName: stack.resolve(system.table.tableName),
      ArchiveBucketName: stack.resolve(system.archive.bucketName),
      DeadLetterQueueUrl: stack.resolve(system.deadLetterQueue.queueUrl),
      EventBusName: stack.resolve(system.eventBus.eventBusName),
      GuestKeyArn: stack.resolve(system.guestKey!.secretArn),
    });
  });

  test('have no key for guests that are not identified', () => {
    expect(ids(synthesize({ identifyGuests: false }).template)).toHaveLength(SYSTEM_OUTPUTS.length - 1);
  });
});
