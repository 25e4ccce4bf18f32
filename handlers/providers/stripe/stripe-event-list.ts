import { EventListUnreadable, eventsIn, pagesBy, usableKey, type EventList } from '../shared/event-list';

/** The most that Stripe returns (https://docs.stripe.com/api/events/list). */
const PAGE_SIZE = '100';

/**
 * Stripe's list of events of the last 30 days, the newest first. Each is rendered in the API version of its creation
 * (https://docs.stripe.com/api/events/list). The key decides between test mode and live mode. Events of connected accounts
 * and of the API v2 are not in the list.
 */
export const stripeEvents: EventList = {
  keptDays: 30,
  keyRule: 'a restricted key of Stripe (rk_…) with the permission to read events',

  pages: ({ from, to }, { key, send }) => pagesBy<string>(async (after) => {
    const query = new URLSearchParams({
      'limit': PAGE_SIZE,
      'created[gte]': String(Math.floor(from / 1_000)),
      'created[lt]': String(Math.ceil(to / 1_000)),
      ...after !== undefined && { starting_after: after },
    });
    const answer = await send({
      url: `https://api.stripe.com/v1/events?${query}`, method: 'GET', headers: { authorization: `Bearer ${usableKey(key)}` },
    });
    const events = eventsIn(answer, 'data', { id: 'id', name: 'type' }, { required: true });
    if (answer.json.has_more !== true) {
      return { events };
    }
    if (events.length === 0) {
      throw new EventListUnreadable('a page without events has more');
    }
    return { events, next: events[events.length - 1].id };
  }),
};
