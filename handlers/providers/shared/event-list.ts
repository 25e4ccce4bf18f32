import { batchItems } from './batch-items';
import { isJsonObject, parseJson, parseText, type JsonObject } from './json';

/** A span of time: from its start on, and before its end. In milliseconds. */
export interface ListWindow {
  readonly from: number;
  readonly to: number;
}

/** An event as its provider lists it. The body is the text of its JSON in the answer. */
export interface ListedEvent {
  readonly id: string;
  readonly name: string;
  readonly body: Buffer;
}

export interface ApiRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
}

/** A successful answer, which is a JSON object. */
export interface ApiAnswer {
  readonly body: Buffer;
  readonly json: JsonObject;
}

/** What is needed to call the API of a provider. */
export interface ApiAccess {
  /** The text of the secret. */
  readonly key: string;
  /** Whether to call the sandbox. */
  readonly sandbox: boolean;
  /** Sends a request, and again if that can help. Throws `ApiRefusal` for any other status than 2xx. */
  readonly send: (request: ApiRequest) => Promise<ApiAnswer>;
}

/** How the events of a provider are listed. */
export interface EventList {
  /** The number of days for which the provider lists events. */
  readonly keptDays: number;
  /** What the key must be, and what it must be allowed to do. Completes the sentence "The key must be …". */
  readonly keyRule: string;
  /** The events of a window, a page at a time, in any order. Pages can repeat events, and can contain events beside the window. */
  readonly pages: (window: ListWindow, access: ApiAccess) => AsyncIterable<readonly ListedEvent[]>;
}

/** The provider refused a request. Neither the answer nor the request is part of the error. */
export class ApiRefusal extends Error {
  public readonly name = 'ApiRefusal';

  constructor(public readonly status: number) {
    super(`the provider answered with the status ${status}`);
  }
}

/** The stored key cannot be a key of the provider. */
export class ApiKeyUnusable extends Error {
  public readonly name = 'ApiKeyUnusable';
}

/** The provider answered with something else than a list of events. */
export class EventListUnreadable extends Error {
  public readonly name = 'EventListUnreadable';
}

/** Printable characters without spaces. A header with others would be rejected with an error that quotes it. */
const PLAIN_KEY = /^[\x21-\x7e]{8,500}$/;

/** A key that can be sent in a header. */
export function usableKey(key: string): string {
  if (!PLAIN_KEY.test(key)) {
    throw new ApiKeyUnusable('the API key is not a text of printable characters');
  }
  return key;
}

/** The names of an event's id and of its name. */
export interface EventMembers {
  readonly id: string;
  readonly name: string;
}

/**
 * The events of an answer, under a key of it. An answer without the key has no events, unless they are required. An event
 * without an id or a name is not what the provider documents, so that the list cannot be trusted.
 */
export function eventsIn(
  { body, json }: ApiAnswer, key: string, members: EventMembers, { required }: { readonly required: boolean },
): readonly ListedEvent[] {
  if (json[key] === undefined && !required) {
    return [];
  }
  if (!Array.isArray(json[key])) {
    throw new EventListUnreadable(`the answer has no list under ${key}`);
  }
  return batchItems(body, key).map((item) => {
    const event = parseJson(item);
    const [id, name] = isJsonObject(event) ? [parseText(event[members.id]), parseText(event[members.name])] : [];
    if (id === undefined || name === undefined) {
      throw new EventListUnreadable('an event in the list has no id or no name');
    }
    return { id, name, body: item };
  });
}

/** Follows pages by a position in the list. A position that repeats would never end. */
export async function* pagesBy<Position>(
  page: (position: Position | undefined) => Promise<{ readonly events: readonly ListedEvent[]; readonly next?: Position }>,
): AsyncGenerator<readonly ListedEvent[]> {
  const seen = new Set<Position>();
  for (let position: Position | undefined; ;) {
    const { events, next } = await page(position);
    yield events;
    if (next === undefined) {
      return;
    }
    if (seen.has(next)) {
      throw new EventListUnreadable('the pages of the list repeat');
    }
    seen.add(next);
    position = next;
  }
}

/** RFC 3339 with whole seconds, which every provider accepts. */
export function secondsText(millis: number): string {
  return `${new Date(millis).toISOString().slice(0, 19)}Z`;
}
