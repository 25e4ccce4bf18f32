import { EventListUnreadable, eventsIn, pagesBy, secondsText, usableKey, type EventList } from '../shared/event-list';
import { parseText } from '../shared/json';

const LIVE = 'https://connect.squareup.com';
const SANDBOX = 'https://connect.squareupsandbox.com';
/** The most that Square returns (https://developer.squareup.com/reference/square/events-api/search-events). */
const PAGE_SIZE = 100;

/**
 * Square's Events API, which is in beta. It lists the events of 28 days, for personal access tokens only, from the time on
 * when you enabled them (https://developer.squareup.com/docs/events-api/overview).
 */
export const squareEvents: EventList = {
  keptDays: 28,
  keyRule: 'a personal access token of Square, of an application with enabled events (PUT /v2/events/enable)',

  pages: ({ from, to }, { key, sandbox, send }) => pagesBy<string>(async (cursor) => {
    const answer = await send({
      url: `${sandbox ? SANDBOX : LIVE}/v2/events`,
      method: 'POST',
      headers: { 'authorization': `Bearer ${usableKey(key)}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        limit: PAGE_SIZE,
        cursor,
        query: { filter: { created_at: { start_at: secondsText(from), end_at: secondsText(to) } } },
      }),
    });
    if (answer.json.errors !== undefined) {
      throw new EventListUnreadable('the answer has errors');
    }
    const events = eventsIn(answer, 'events', { id: 'event_id', name: 'type' }, { required: false });
    return { events, next: parseText(answer.json.cursor) };
  }),
};
