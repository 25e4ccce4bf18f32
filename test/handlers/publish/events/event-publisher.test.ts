import * as fc from 'fast-check';
import { MAX_BATCH_BYTES, type EventEntry } from '../../../../handlers/publish/events/event-entry';
import { publishInOrder } from '../../../../handlers/publish/events/event-publisher';

type Judge = (id: string, call: number) => string | undefined;

function entries(count: number, padding = ''): EventEntry[] {
  return Array.from({ length: count }, (_, index) => ({
    EventBusName: 'bus', Source: 'payments', DetailType: 'transaction.received', Detail: JSON.stringify({ id: String(index), padding }), Time: new Date(0),
  }));
}

/** Ports that record the published entries and the pauses. Random numbers are always one half. */
function ports(judge: Judge = () => undefined) {
  const published: string[] = [];
  const calls: string[][] = [];
  const pauses: number[] = [];
  return {
    published,
    calls,
    pauses,
    random: () => 0.5,
    sleep: async (millis: number) => { pauses.push(millis); },
    put: async (batch: readonly EventEntry[]) => {
      const ids = batch.map(({ Detail }) => (JSON.parse(Detail) as { id: string }).id);
      const errors = ids.map((id) => judge(id, calls.length));
      calls.push(ids);
      published.push(...ids.filter((_, index) => errors[index] === undefined));
      return errors;
    },
  };
}

describe('publishInOrder', () => {
  test('publishes in tens, in order, without a pause', async () => {
    const bus = ports();

    const outcomes = await publishInOrder(entries(25), bus);

    expect(bus.calls.map((call) => call.length)).toEqual([10, 10, 5]);
    expect(bus.published).toEqual(Array.from({ length: 25 }, (_, index) => String(index)));
    expect(outcomes).toEqual(Array.from({ length: 25 }, () => ({ state: 'published' })));
    expect(bus.pauses).toEqual([]);
  });

  test('retries only the failed entries, after growing pauses with jitter, before it continues', async () => {
    const bus = ports((id, call) => (['3', '7'].includes(id) && call < 2 ? 'InternalFailure' : undefined));

    const outcomes = await publishInOrder(entries(12), bus);

    expect(bus.calls).toEqual([['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'], ['3', '7'], ['3', '7'], ['10', '11']]);
    expect(bus.pauses).toEqual([100, 400]);
    expect(outcomes.every(({ state }) => state === 'published')).toBe(true);
  });

  test('stops after a batch if an entry failed three times', async () => {
    const bus = ports((id) => (id === '12' ? 'ThrottlingException' : undefined));

    const outcomes = await publishInOrder(entries(25), bus);

    expect(bus.calls).toHaveLength(4);
    expect(outcomes[12]).toEqual({ state: 'failed', error: 'ThrottlingException' });
    expect(outcomes.slice(0, 12).concat(outcomes.slice(13, 20)).every(({ state }) => state === 'published')).toBe(true);
    expect(outcomes.slice(20).every(({ state }) => state === 'unsent')).toBe(true);
  });

  test('does not retry a non-retryable entry', async () => {
    const bus = ports((id) => (id === '1' ? 'MalformedDetail' : undefined));

    const outcomes = await publishInOrder(entries(3), bus);

    expect(bus.calls).toHaveLength(1);
    expect(outcomes).toEqual([{ state: 'published' }, { state: 'non-retryable', error: 'MalformedDetail' }, { state: 'published' }]);
  });

  test.each([
    'InternalFailure', 'ThrottlingException', 'AccessDeniedException', 'InvalidAccountIdException', 'InvalidArgument', 'RedactionFailure',
    'NotAuthorizedForSourceException', 'NotAuthorizedForDetailTypeException', 'NoAnswer', 'TimeoutError',
  ])('retries an entry after %s', async (error) => {
    const bus = ports(() => error);

    const outcomes = await publishInOrder(entries(1), bus);

    expect(outcomes).toEqual([{ state: 'failed', error }]);
    expect(bus.calls).toHaveLength(3);
  });

  test('does not send an entry over the limit, and sends the others', async () => {
    const bus = ports();
    const [first, , last] = entries(3);
    const [, large] = entries(2, 'x'.repeat(MAX_BATCH_BYTES));

    const outcomes = await publishInOrder([first, large, last], bus);

    expect(bus.calls).toEqual([['0', '2']]);
    expect(outcomes).toEqual([{ state: 'published' }, { state: 'non-retryable', error: 'EntryTooLarge' }, { state: 'published' }]);
  });

  test('for any failures: reports published entries as published, and sends nothing after a failed batch', async () => {
    const fates = fc.array(fc.constantFrom(undefined, 'InternalFailure', 'MalformedDetail'), { maxLength: 35 });
    await fc.assert(fc.asyncProperty(fates, async (errors) => {
      const bus = ports((id) => errors[Number(id)]);

      const outcomes = await publishInOrder(entries(errors.length), bus);

      const firstFailed = outcomes.findIndex(({ state }) => state === 'failed');
      const firstUnsent = outcomes.findIndex(({ state }) => state === 'unsent');
      expect(firstUnsent === -1 || (firstFailed !== -1 && firstFailed < firstUnsent)).toBe(true);
      expect(new Set(bus.published)).toEqual(new Set(outcomes.flatMap(({ state }, index) => (state === 'published' ? [String(index)] : []))));
      expect(bus.published).toEqual([...bus.published].sort((a, b) => Number(a) - Number(b)));
      expect(firstFailed).toBe(errors.indexOf('InternalFailure'));
    }));
  });
});
