import type { FeedMessage } from '../model/console-answers';
import { reconnectWait, StreamParser } from '../view/stream-parser';

const TOKEN_KEY = 'webhooks-console-token';

/** The console has no session for this page: the command that served it has ended, or the page was opened without its token. */
export class NoSession extends Error {
  public readonly name = 'NoSession';
}

/**
 * The token of the address. It is removed from there, so that nobody reads it over a shoulder or in a bookmark. This tab keeps it
 * for a reload. A cookie would go to every server on this machine, whatever its port.
 */
export function takeToken(): string | undefined {
  const [, given] = /^#token=([A-Za-z0-9_-]+)$/.exec(window.location.hash) ?? [];
  if (given !== undefined) {
    window.sessionStorage.setItem(TOKEN_KEY, given);
    window.history.replaceState(undefined, '', window.location.pathname);
  }
  return window.sessionStorage.getItem(TOKEN_KEY) ?? undefined;
}

/** Calls the server with the token. */
export class ConsoleClient {
  constructor(private readonly token: string) {}

  public async get<T>(path: string, query: { readonly [name: string]: string } = {}, signal?: AbortSignal): Promise<T> {
    const text = new URLSearchParams(query).toString();
    return this.answer<T>(await this.request(`${path}${text && `?${text}`}`, { signal }));
  }

  public async post<T>(path: string, content: object): Promise<T> {
    return this.answer<T>(await this.request(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(content) }));
  }

  /** Follows the feed until the signal, and connects again from the last message after each failure. */
  public async follow(onMessage: (message: FeedMessage) => void, onConnection: (isLive: boolean) => void, signal: AbortSignal): Promise<void> {
    let lastId: string | undefined;
    for (let failures = 0; !signal.aborted;) {
      try {
        const response = await this.request('/api/stream', { signal, headers: lastId === undefined ? {} : { 'Last-Event-ID': lastId } });
        await this.checked(response);
        onConnection(true);
        failures = 0;
        const parser = new StreamParser();
        const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
        for (let part = await reader.read(); !part.done; part = await reader.read()) {
          for (const event of parser.push(part.value)) {
            lastId = event.id ?? lastId;
            onMessage(JSON.parse(event.data) as FeedMessage);
          }
        }
      } catch (error) {
        if (error instanceof NoSession) {
          throw error;
        }
      }
      if (!signal.aborted) {
        onConnection(false);
        failures++;
        await new Promise((resolve) => setTimeout(resolve, reconnectWait(failures)));
      }
    }
  }

  private async request(path: string, { headers, ...options }: RequestInit): Promise<Response> {
    return fetch(path, { ...options, headers: { ...headers, Authorization: `Bearer ${this.token}` }, credentials: 'omit', redirect: 'error' });
  }

  private async answer<T>(response: Response): Promise<T> {
    await this.checked(response);
    return response.json() as Promise<T>;
  }

  private async checked(response: Response): Promise<void> {
    if (response.status === 401) {
      throw new NoSession('the token is not valid');
    }
    if (!response.ok) {
      const { error } = await response.json().catch(() => ({ error: `the console answered with ${response.status}` })) as { readonly error: string };
      throw new Error(error);
    }
  }
}
