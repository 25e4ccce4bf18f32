import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import type { EventEntry } from '../../../../handlers/publish/events/event-entry';
import { putEvents } from '../../../../handlers/publish/events/put-events';

const ENTRIES: EventEntry[] = ['a', 'b', 'c'].map((id) => ({
  EventBusName: 'bus', Source: 'payments', DetailType: 'transaction.received', Detail: JSON.stringify({ id }), Time: new Date(0),
}));

describe('putEvents', () => {
  const client = mockClient(EventBridgeClient);

  beforeEach(() => client.reset());

  test('sends the entries in one call', async () => {
    client.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: ENTRIES.map((_, index) => ({ EventId: String(index) })) });

    const errors = await putEvents(ENTRIES);

    expect(errors).toEqual([undefined, undefined, undefined]);
    expect(client.commandCalls(PutEventsCommand).map(({ args }) => args[0].input)).toEqual([{ Entries: ENTRIES }]);
  });

  test('finds the failed entries in an answer with status 200', async () => {
    client.on(PutEventsCommand).resolves({
      FailedEntryCount: 1,
      Entries: [{ EventId: '1' }, { ErrorCode: 'InternalFailure', ErrorMessage: '' }, { EventId: '3' }],
    });

    expect(await putEvents(ENTRIES)).toEqual([undefined, 'InternalFailure', undefined]);
  });

  test('treats an entry as failed if the answer does not confirm it', async () => {
    client.on(PutEventsCommand).resolvesOnce({ FailedEntryCount: 0, Entries: [{ EventId: '1' }, {}] }).resolvesOnce({});

    expect(await putEvents(ENTRIES)).toEqual([undefined, 'NoAnswer', 'NoAnswer']);
    expect(await putEvents(ENTRIES)).toEqual(['NoAnswer', 'NoAnswer', 'NoAnswer']);
  });

  test('treats every entry as failed if the call fails', async () => {
    client.on(PutEventsCommand).rejects(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }));

    expect(await putEvents(ENTRIES)).toEqual(['ThrottlingException', 'ThrottlingException', 'ThrottlingException']);
  });
});
