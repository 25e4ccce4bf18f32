import type { ServerResponse } from 'node:http';
import type { IdentifiedMessage, TransactionFeed } from './transaction-feed';

/** The transactions of one message. The page reads a few thousand in several messages, so that it can draw between them. */
const MESSAGE_TRANSACTIONS = 500;
/** A comment this often shows both sides that the connection works. */
export const HEARTBEAT_MS = 15_000;

/** The text of server-sent events. Only the last part has the id: a page that missed it gets everything again. */
export function feedText({ id, isSnapshot, note, transactions }: IdentifiedMessage): string {
  const newest = [...transactions].sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1));
  const count = Math.max(1, Math.ceil(newest.length / MESSAGE_TRANSACTIONS));
  return Array.from({ length: count }, (_, part) => {
    const data = JSON.stringify({
      transactions: newest.slice(part * MESSAGE_TRANSACTIONS, (part + 1) * MESSAGE_TRANSACTIONS),
      ...part === 0 && { isSnapshot, note },
    });
    return `${part === count - 1 ? `id: ${id}\n` : ''}data: ${data}\n\n`;
  }).join('');
}

/**
 * Sends the feed until the page or the console ends. If a page does not read, what changes is not queued for it: when it reads
 * again, it gets the transactions in their present state.
 */
export function streamFeed(response: ServerResponse, feed: TransactionFeed, lastEventId: string | undefined): void {
  let sent = lastEventId;
  let isBlocked = false;
  const write = (message: IdentifiedMessage) => {
    isBlocked = !response.write(feedText(message));
    sent = message.id;
  };
  write(feed.messageSince(sent));
  const unsubscribe = feed.subscribe((message) => {
    if (!isBlocked) {
      write(message);
    }
  });
  response.on('drain', () => {
    isBlocked = false;
    const message = feed.messageSince(sent);
    if (message.transactions.length > 0) {
      write(message);
    }
  });
  const heartbeat = setInterval(() => response.write(': alive\n\n'), HEARTBEAT_MS);
  response.on('close', () => {
    clearInterval(heartbeat);
    unsubscribe();
  });
}
