import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { BLOCKED_PAYMENT, simulatedTransactions } from './support/simulated-console';
import { feedText, HEARTBEAT_MS, streamFeed } from '../../cli/console/feed-stream';
import { eventKeyOf } from '../../cli/console/model/console-transaction';
import { TransactionFeed, type IdentifiedMessage } from '../../cli/console/transaction-feed';

/** A response whose reader can be slow. */
class SlowResponse extends EventEmitter {
  public readonly written: string[] = [];
  public isFull = false;

  public write(text: string): boolean {
    this.written.push(text);
    return !this.isFull;
  }

  public get messages(): { transactions: { verdict?: string }[]; isSnapshot?: boolean; note?: string }[] {
    return this.written.flatMap((text) => [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data)));
  }
}

describe('the feed', () => {
  test('reports only what changes', () => {
    const feed = new TransactionFeed();
    const messages: IdentifiedMessage[] = [];
    const unsubscribe = feed.subscribe((message) => messages.push(message));
    feed.report([BLOCKED_PAYMENT]);
    feed.report([{ ...BLOCKED_PAYMENT }]);
    feed.note('');
    feed.note('late');
    feed.note('late');
    unsubscribe();
    feed.report([{ ...BLOCKED_PAYMENT, sweeps: 1 }]);

    expect(messages.map(({ transactions, note }) => note ?? transactions.length)).toEqual([1, 'late']);
    expect(feed.find(eventKeyOf(BLOCKED_PAYMENT))).toMatchObject({ sweeps: 1 });
  });

  test('keeps the newest transactions only', () => {
    const feed = new TransactionFeed(100);
    const all = simulatedTransactions(300);
    feed.report(all.slice(150));
    feed.report(all.slice(0, 150));

    expect(feed.size).toBe(95);
    const { transactions } = feed.messageSince(undefined);
    expect(transactions.map(eventKeyOf).sort()).toEqual(all.slice(0, 95).map(eventKeyOf).sort());
  });

  test('has the note for pages that connect later', () => {
    const feed = new TransactionFeed();
    feed.note('late');

    expect(feed.messageSince('x/1')).toMatchObject({ isSnapshot: true, note: 'late', transactions: [] });
    expect(feed.messageSince(feed.messageSince(undefined).id)).not.toHaveProperty('isSnapshot');
  });
});

describe('the text of a message', () => {
  test('is in parts, newest first, of which the last one has the id', () => {
    const parts = feedText({ id: 'e/1', isSnapshot: true, transactions: [...simulatedTransactions(1_200)].reverse() }).split('\n\n').filter(Boolean);

    expect(parts.map((part) => part.startsWith('id: e/1\n'))).toEqual([false, false, true]);
    const contents = parts.map((part) => JSON.parse(part.slice(part.indexOf('data: ') + 6)));
    expect(contents.map(({ transactions, isSnapshot }) => [transactions.length, isSnapshot])).toEqual([
      [500, true], [500, undefined], [200, undefined],
    ]);
    expect(contents[0].transactions[0].receivedAt > contents[2].transactions[0].receivedAt).toBe(true);
  });

  test('has one line, whatever a transaction contains', () => {
    expect(feedText({ id: 'e/1', transactions: [{ ...BLOCKED_PAYMENT, reference: 'a\n\ndata: b\u2028' }] }).split('\n')).toHaveLength(4);
  });
});

describe('a page that does not read', () => {
  test('gets the present state when it reads again, and nothing is queued for it', () => {
    const feed = new TransactionFeed();
    const response = new SlowResponse();
    response.isFull = true;
    streamFeed(response as unknown as ServerResponse, feed, undefined);
    feed.report([BLOCKED_PAYMENT]);
    feed.report([{ ...BLOCKED_PAYMENT, verdict: 'review' }]);
    expect(response.messages).toHaveLength(1);

    response.isFull = false;
    response.emit('drain');
    response.emit('drain');
    feed.report([{ ...BLOCKED_PAYMENT, verdict: 'approve' }]);

    expect(response.messages.slice(1).map(({ transactions }) => transactions.map(({ verdict }) => verdict))).toEqual([['review'], ['approve']]);
    response.emit('close');
  });

  test('gets a sign of life, until it is closed', () => {
    jest.useFakeTimers();
    try {
      const feed = new TransactionFeed();
      const response = new SlowResponse();
      streamFeed(response as unknown as ServerResponse, feed, undefined);
      jest.advanceTimersByTime(HEARTBEAT_MS);
      expect(response.written.at(-1)).toBe(': alive\n\n');

      response.emit('close');
      jest.advanceTimersByTime(HEARTBEAT_MS);
      feed.report([BLOCKED_PAYMENT]);
      expect(response.written).toHaveLength(2);
    } finally {
      jest.useRealTimers();
    }
  });
});
