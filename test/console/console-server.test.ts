import { request, type OutgoingHttpHeaders } from 'node:http';
import { serveConsole, type ServedConsole } from './support/served-console';
import { SimulatedConsole, simulatedTransactions } from './support/simulated-console';
import type { FeedMessage } from '../../cli/console/model/console-answers';
import { eventKeyOf } from '../../cli/console/model/console-transaction';
import { StreamParser } from '../../cli/console/view/stream-parser';

const simulated = new SimulatedConsole(simulatedTransactions(5));
const [first] = simulated.transactions;
let readOnly: ServedConsole;
let writable: ServedConsole;

interface Answer {
  readonly status: number;
  readonly headers: { readonly [name: string]: unknown };
  readonly text: string;
}

/** Sends exactly these headers: `fetch` does not let a caller set `Host`. */
async function send(served: ServedConsole, path: string, { method = 'GET', headers = {}, body }: { method?: string; headers?: OutgoingHttpHeaders; body?: string | Buffer } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port: served.port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, text: Buffer.concat(chunks).toString() }));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const authorized = ({ token }: ServedConsole) => ({ Authorization: `Bearer ${token}` });
const originOf = ({ port }: ServedConsole) => `http://127.0.0.1:${port}`;
const post = async (served: ServedConsole, path: string, content: object | string, headers: OutgoingHttpHeaders = {}) => send(served, path, {
  method: 'POST',
  headers: { ...authorized(served), 'Origin': originOf(served), 'Content-Type': 'application/json', ...headers },
  body: typeof content === 'string' ? content : JSON.stringify(content),
});

beforeAll(async () => {
  readOnly = await serveConsole(simulated);
  writable = await serveConsole(simulated, { canWrite: true });
});
afterAll(async () => Promise.all([readOnly.stop(), writable.stop()]));
beforeEach(() => {
  simulated.calls.splice(0);
  simulated.failure = undefined;
});

describe('the page', () => {
  test.each(['/', '/console.js', '/console.css', '/favicon.svg'])('%s is served without a token, with the headers of a browser\'s protection', async (path) => {
    const { status, headers, text } = await send(readOnly, path);

    expect(status).toBe(200);
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers).toMatchObject({
      'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY',
    });
    expect(text).not.toContain(readOnly.token);
  });

  test('has no script and no style in its text, and loads nothing from elsewhere', async () => {
    const { text } = await send(readOnly, '/');

    expect(text).not.toMatch(/<style|style=|<script(?! type="module" src="\/)|onload=|https?:/);
  });
});

describe('a request', () => {
  const PATHS = ['/api/system', '/api/stream', `/api/life?${new URLSearchParams({ transactionId: first.transactionId, timestamp: first.timestamp })}`, '/api/body', '/api/dead-letters', '/api/blocklist', '/api/alarms'];

  test.each(PATHS)('to %s is refused without the token', async (path) => {
    expect((await send(readOnly, path)).status).toBe(401);
  });

  test.each([
    ['another token', `Bearer ${'x'.repeat(43)}`], ['a part of the token', 'Bearer x'], ['another scheme', 'Basic abc'], ['no text', ''], ['a very long one', `Bearer ${'x'.repeat(5000)}`],
  ])('with %s is refused', async (_, Authorization) => {
    expect((await send(readOnly, '/api/system', { headers: { Authorization } })).status).toBe(401);
  });

  test('with the token of another console is refused', async () => {
    expect((await send(readOnly, '/api/system', { headers: authorized(writable) })).status).toBe(401);
  });

  test.each([
    ['a name that an attacker controls', 'evil.example'], ['another port', '127.0.0.1:1'], ['no port', '127.0.0.1'], ['another address', '10.0.0.1:80'], ['a longer name', '127.0.0.1.evil.example'],
  ])('to %s in `Host` is refused, also for the page itself', async (_, Host) => {
    expect((await send(readOnly, '/', { headers: { Host } })).status).toBe(403);
    expect((await send(readOnly, '/api/system', { headers: { Host, ...authorized(readOnly) } })).status).toBe(403);
  });

  test('to localhost is accepted', async () => {
    const Host = `localhost:${readOnly.port}`;

    expect((await send(readOnly, '/api/system', { headers: { Host, ...authorized(readOnly) } })).status).toBe(200);
  });

  test.each(['https://evil.example', 'null', 'http://127.0.0.1:1', ''])('from the origin %j is refused', async (Origin) => {
    expect((await send(readOnly, '/api/system', { headers: { Origin, ...authorized(readOnly) } })).status).toBe(403);
  });

  test('from another site is refused', async () => {
    expect((await send(readOnly, '/api/system', { headers: { 'Sec-Fetch-Site': 'cross-site', ...authorized(readOnly) } })).status).toBe(403);
    expect((await send(readOnly, '/api/system', { headers: { 'Sec-Fetch-Site': 'same-origin', ...authorized(readOnly) } })).status).toBe(200);
  });

  test.each([['PUT', '/api/system'], ['DELETE', '/api/blocklist'], ['OPTIONS', '/api/system'], ['HEAD', '/'], ['POST', '/api/system'], ['POST', '/'], ['GET', '/api/replay']])('%s %s is not allowed', async (method, path) => {
    const headers = { ...authorized(writable), 'Origin': originOf(writable), 'Content-Type': 'application/json' };

    expect((await send(writable, path, { method, headers })).status).toBe(405);
  });

  test.each(['/api/other', '/../package.json', '/console.js.map', '/api/life?transactionId=a&timestamp=b'])('to %s finds nothing', async (path) => {
    expect((await send(readOnly, path, { headers: authorized(readOnly) })).status).toBe(404);
  });

  test('for an event without its key is refused with the reason', async () => {
    expect(await send(readOnly, '/api/life?transactionId=a', { headers: authorized(readOnly) })).toMatchObject({ status: 400, text: expect.stringContaining('timestamp') });
  });

  test('that fails shows the failure, and no stack', async () => {
    simulated.failure = Object.assign(new Error('no right to read'), { name: 'AccessDeniedException' });

    expect(await send(readOnly, '/api/dead-letters', { headers: authorized(readOnly) })).toMatchObject({ status: 502, text: '{"error":"AccessDeniedException: no right to read"}' });
    simulated.failure = new Error('no answer');
    expect((await send(readOnly, '/api/dead-letters', { headers: authorized(readOnly) })).text).toBe('{"error":"no answer"}');
  });

  test('for the system shows whether it can be changed', async () => {
    expect(JSON.parse((await send(readOnly, '/api/system', { headers: authorized(readOnly) })).text)).toEqual({ ...simulated.system, canWrite: false });
    expect(JSON.parse((await send(writable, '/api/system', { headers: authorized(writable) })).text).canWrite).toBe(true);
  });

  test.each(['/api/body', '/api/life'])('to %s returns what is known of an event', async (path) => {
    const query = new URLSearchParams({ transactionId: first.transactionId, timestamp: first.timestamp });

    expect((await send(readOnly, `${path}?${query}`, { headers: authorized(readOnly) })).status).toBe(200);
  });

  test.each(['/api/blocklist', '/api/alarms'])('to %s returns a list', async (path) => {
    expect((await send(readOnly, path, { headers: authorized(readOnly) })).status).toBe(200);
  });
});

describe('a write', () => {
  const WRITES: ReadonlyArray<readonly [string, object, string]> = [
    ['/api/replay', { transactionId: first.transactionId, timestamp: first.timestamp }, `replay ${first.transactionId}`],
    ['/api/dead-letters/redrive', { ids: ['letter-1'] }, 'redrive letter-1'],
    ['/api/blocklist/add', { kind: 'country', value: ' KP ', reason: ' sanctions ' }, 'block country KP'],
    ['/api/blocklist/remove', { kind: 'country', value: 'KP' }, 'unblock country KP'],
  ];

  test.each(WRITES)('to %s is refused without --write', async (path, content) => {
    expect((await post(readOnly, path, content)).status).toBe(403);
    expect(simulated.calls).toEqual([]);
  });

  test.each(WRITES)('to %s is done with --write', async (path, content, call) => {
    expect((await post(writable, path, content)).status).toBe(200);
    expect(simulated.calls).toEqual([call]);
  });

  test.each(WRITES)('to %s is refused without the token, and without an origin', async (path, content) => {
    expect((await post(writable, path, content, { Authorization: 'Bearer x' })).status).toBe(401);
    expect((await send(writable, path, { method: 'POST', headers: { ...authorized(writable), 'Content-Type': 'application/json' }, body: '{}' })).status).toBe(403);
    expect((await post(writable, path, content, { Origin: 'https://evil.example' })).status).toBe(403);
    expect(simulated.calls).toEqual([]);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', ''])('with the content type %j is refused, because a form of another site could send it', async (type) => {
    expect((await post(writable, '/api/replay', {}, { 'Content-Type': type })).status).toBe(415);
  });

  test.each(['', '[]', 'null', '"text"', '{'])('of %j is refused', async (text) => {
    expect((await post(writable, '/api/replay', text)).status).toBe(400);
  });

  test('that is too large is refused, also if it does not say how large it is', async () => {
    expect((await post(writable, '/api/replay', 'x'.repeat(65 * 1024))).status).toBe(413);
    expect((await post(writable, '/api/replay', 'x'.repeat(65 * 1024), { 'Transfer-Encoding': 'chunked' })).status).toBe(413);
    expect(simulated.calls).toEqual([]);
  });

  test.each([
    ['an id that is no text', '/api/replay', { transactionId: 1, timestamp: 'a' }],
    ['an id that is too long', '/api/replay', { transactionId: 'x'.repeat(3000), timestamp: 'a' }],
    ['no message', '/api/dead-letters/redrive', { ids: [] }],
    ['too many messages', '/api/dead-letters/redrive', { ids: Array(101).fill('a') }],
    ['no list', '/api/dead-letters/redrive', { ids: 'a' }],
    ['no value', '/api/blocklist/add', { kind: 'country' }],
    ['a reason that is no text', '/api/blocklist/add', { kind: 'country', value: 'KP', reason: 1 }],
  ])('with %s is refused', async (_, path, content) => {
    expect((await post(writable, path, content)).status).toBe(400);
    expect(simulated.calls).toEqual([]);
  });
});

describe('the stream', () => {
  /** Reads events until there are enough. */
  async function follow(served: ServedConsole, count: number, headers: OutgoingHttpHeaders = {}, meanwhile: () => void = () => undefined) {
    return new Promise<{ id?: string; data: FeedMessage }[]>((resolve, reject) => {
      const events: { id?: string; data: never }[] = [];
      const outgoing = request({ host: '127.0.0.1', port: served.port, path: '/api/stream', headers: { ...authorized(served), ...headers }, agent: false }, (response) => {
        const parser = new StreamParser();
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          parser.push(part).forEach(({ id, data }) => events.push({ id, data: JSON.parse(data) as never }));
          if (events.length === 1) {
            meanwhile();
          }
          if (events.length >= count) {
            outgoing.destroy();
            resolve(events);
          }
        });
      });
      outgoing.on('error', reject);
      outgoing.end();
    });
  }

  test('begins with everything, and continues with what changes', async () => {
    const [snapshot, change] = await follow(readOnly, 2, {}, () => readOnly.feed.report([{ ...first, verdict: 'review' }]));

    expect(snapshot.data).toMatchObject({ isSnapshot: true });
    expect(snapshot.data.transactions).toHaveLength(5);
    expect(change.data).toEqual({ transactions: [expect.objectContaining({ transactionId: first.transactionId, verdict: 'review' })] });
  });

  test('continues after the last event of a page that connects again', async () => {
    const [{ id }] = await follow(readOnly, 1);
    readOnly.feed.report([{ ...first, verdict: 'block' }]);

    const [event] = await follow(readOnly, 1, { 'Last-Event-ID': id });

    expect(event.data).toEqual({ transactions: [expect.objectContaining({ transactionId: first.transactionId, verdict: 'block' })] });
  });

  test.each(['other/3', 'x', ''])('begins again for the unknown event %j', async (id) => {
    expect((await follow(readOnly, 1, { 'Last-Event-ID': id }))[0].data).toMatchObject({ isSnapshot: true });
  });

  test('has a limit of pages', async () => {
    const pages = await Promise.all(Array.from({ length: 20 }, async () => new Promise<{ destroy: () => void }>((resolve) => {
      const outgoing = request({ host: '127.0.0.1', port: readOnly.port, path: '/api/stream', headers: authorized(readOnly), agent: false }, () => resolve(outgoing));
      outgoing.on('error', () => undefined);
      outgoing.end();
    })));

    expect((await send(readOnly, '/api/stream', { headers: authorized(readOnly) })).status).toBe(503);
    pages.forEach((page) => page.destroy());
  });
});

test('the server binds to this machine only, and a port only once', async () => {
  await expect(serveConsole(simulated, { port: readOnly.port })).rejects.toThrow('EADDRINUSE');
  expect(eventKeyOf(first)).toBe(JSON.stringify([first.transactionId, first.timestamp]));
});
