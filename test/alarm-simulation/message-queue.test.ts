import { MessageQueue } from './message-queue';
import { MINUTE } from './metric-store';

const HOUR = 60 * MINUTE;
const START = 1_000 * HOUR;

/** The reported minutes and values of the messages that were sent, in each minute with a report. */
function sentIn(queue: MessageQueue, from: number, to: number): (readonly [reportedIn: number, minute: number, sent: number])[] {
  return Array.from({ length: to - from }, (_, index) => from + index).flatMap((minute) => (
    queue.report(START + minute * MINUTE).filter(({ name }) => name === 'NumberOfMessagesSent')
      .map(({ timestamp, value }) => [minute, (timestamp - START) / MINUTE, value] as const)
  ));
}

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-monitoring-using-cloudwatch.html
test('a queue that is not used reports nothing', () => {
  expect(sentIn(new MessageQueue('q'), 0, 10)).toEqual([]);
});

test('the metrics of a queue that becomes active are 15 minutes late at first', () => {
  const queue = new MessageQueue('q');
  queue.send(START);

  expect(sentIn(queue, 0, 15)).toEqual([]);
  expect(sentIn(queue, 15, 17)).toEqual([
    [15, 0, 1], ...Array.from({ length: 15 }, (_, index) => [15, index + 1, 0]), [16, 16, 0],
  ]);
});

test('the metrics of an active queue are not late, and stop six hours after its last use', () => {
  const queue = new MessageQueue('q');
  queue.send(START);
  sentIn(queue, 0, 60);
  queue.send(START + HOUR);

  const reported = sentIn(queue, 60, 600);

  expect(reported[0]).toEqual([60, 60, 1]);
  expect(reported.at(-1)).toEqual([419, 419, 0]);
});

test('messages stay visible until they are deleted', () => {
  const queue = new MessageQueue('q');
  const visible = (minute: number) => queue.report(START + minute * MINUTE).at(-1)!.value;
  queue.send(START);
  queue.send(START);
  sentIn(queue, 0, 20);

  expect(visible(20)).toBe(2);
  queue.empty(START + 21 * MINUTE);
  expect(visible(21)).toBe(0);
});
