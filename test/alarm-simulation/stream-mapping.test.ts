import { MINUTE } from './metric-store';
import { StreamMapping, type StreamMappingProps } from './stream-mapping';
import type { StreamRecord } from '../../handlers/aws/stream-change';
import { heartbeat, insertion } from '../handlers/support/items';

const HOUR = 60 * MINUTE;

interface ObservedMapping {
  readonly mapping: StreamMapping;
  readonly stream: StreamRecord[];
  /** The number of records of each invocation. */
  readonly invoked: number[];
  /** In minutes. */
  readonly ages: number[];
  /** The number of records each time. */
  readonly discarded: number[];
}

function mappingOf(props: Partial<StreamMappingProps> = {}): ObservedMapping {
  const [stream, invoked, ages, discarded]: [StreamRecord[], number[], number[], number[]] = [[], [], [], []];
  const mapping = new StreamMapping({
    stream: () => stream,
    invoke: async (records) => { invoked.push(records.length); },
    filters: [],
    batchSize: 10,
    batchingWindowMinutes: 0,
    maxRecordAgeMinutes: 23 * 60,
    reportAge: (age) => ages.push(age / MINUTE),
    discard: (records) => discarded.push(records.length),
    ...props,
  });
  return { mapping, stream, invoked, ages, discarded };
}

test('sends what was written, and reports the age of the last record', async () => {
  const { mapping, stream, invoked, ages } = mappingOf({ batchingWindowMinutes: 5 });
  stream.push(insertion(1), insertion(2));

  await mapping.run(0);
  expect(invoked).toEqual([]);
  await mapping.run(5 * MINUTE);

  expect(invoked).toEqual([2]);
  expect(ages).toEqual([5]);
});

test('reports nothing while it is disabled, and continues where it stopped', async () => {
  const { mapping, stream, invoked, ages } = mappingOf();
  mapping.isEnabled = false;
  stream.push(insertion(1));

  await mapping.run(0);
  expect(ages).toEqual([]);
  mapping.isEnabled = true;
  await mapping.run(10 * MINUTE);

  expect([invoked, ages]).toEqual([[1], [10]]);
});

test('does not invoke the function with records that pass no filter', async () => {
  const { mapping, stream, invoked, ages } = mappingOf({ filters: [{ eventName: ['INSERT'] }] });
  stream.push(heartbeat(1), insertion(2));

  await mapping.run(0);

  expect([invoked, ages]).toEqual([[1], [0]]);
});

test('retries the same batch, which gets no new records, so that its age grows', async () => {
  const invoked: number[] = [];
  const { mapping, stream, ages } = mappingOf({
    invoke: async (records) => {
      invoked.push(records.length);
      throw new Error('made to fail');
    },
  });
  stream.push(insertion(1));

  await mapping.run(0);
  stream.push(insertion(2));
  await mapping.run(MINUTE);

  expect([invoked, ages]).toEqual([[1, 1], [0, 1]]);
});

test('continues from the record that the function reports', async () => {
  const invoked: number[] = [];
  const { mapping, stream } = mappingOf({
    invoke: async (records) => {
      invoked.push(records.length);
      return { batchItemFailures: records.length === 2 ? [{ itemIdentifier: records[1].dynamodb!.SequenceNumber! }] : [] };
    },
  });
  stream.push(insertion(1), insertion(2));

  await mapping.run(0);
  await mapping.run(MINUTE);

  expect(invoked).toEqual([2, 1]);
});

test('discards records that are too old', async () => {
  const { mapping, stream, invoked, discarded } = mappingOf();
  stream.push(insertion(1));
  mapping.age(23 * HOUR, 0);

  await mapping.run(MINUTE);

  expect([invoked, discarded]).toEqual([[], [1]]);
});
