import { X509Certificate } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rootCertificates } from 'node:tls';
import { CertificateCache, fetchCertificate } from '../../../handlers/ingest/certificates';
import { certify } from '../../../handlers/providers/paypal/sample-certificates';
import { KNOWN_INTERMEDIATES } from '../../../handlers/providers/shared/certificate-authorities';

const PEM = KNOWN_INTERMEDIATES[0];
const HOUR = 3_600_000;
const UNAVAILABLE = { name: 'CertificateUnavailable', message: 'a certificate could not be fetched' };
const address = (name: number | string = 1) => new URL(`https://api.paypal.com/v1/notifications/certs/CERT-${name}`);

/** A cache, and the addresses that it requested. `answer` responds to each call. */
function cacheOf(answer: (address: string, call: number) => Response | Promise<Response> = () => new Response(PEM)) {
  const asked: string[] = [];
  const cache = new CertificateCache(async (url) => {
    asked.push(String(url));
    return answer(String(url), asked.length - 1);
  });
  return { cache, asked };
}

afterEach(() => jest.useRealTimers());

describe('a fetch', () => {
  test('returns the chain with its authorities', async () => {
    const { cache, asked } = cacheOf();

    const chain = await cache.get(address());

    expect(chain!.leaf.subject).toContain('CN=DigiCert EV RSA CA G2');
    expect(chain!.roots.map(({ subject }) => subject)).toEqual([expect.stringContaining('CN=DigiCert Global Root G2')]);
    expect(asked).toEqual([address().href]);
  });

  test('adds the known intermediate and the retired root if the response contains only the leaf', async () => {
    const issuer = await certify({ subject: 'C=US, O=DigiCert Inc, OU=www.digicert.com, CN=DigiCert SHA2 Extended Validation Server CA', isAuthority: true });
    const leaf = await certify({ subject: 'CN=leaf', by: issuer });
    const { cache } = cacheOf(() => new Response(leaf.pem));

    const { intermediates, roots } = (await cache.get(address()))!;

    expect(intermediates.map(({ validTo }) => validTo)).toEqual(['Oct 22 12:00:00 2028 GMT']);
    const retired = ({ subject }: X509Certificate) => subject.includes('CN=DigiCert High Assurance EV Root CA');
    expect(roots.filter(retired)).toHaveLength(1 + rootCertificates.map((pem) => new X509Certificate(pem)).filter(retired).length);
  });

  test('follows no redirect and has a time limit', async () => {
    let options: RequestInit | undefined;
    const cache = new CertificateCache(async (_, init) => {
      options = init;
      return new Response(PEM);
    });

    await cache.get(address());

    expect(options).toEqual({ redirect: 'error', signal: expect.any(AbortSignal) });
  });

  test('returns no certificate if the provider answers with 404', async () => {
    const { cache } = cacheOf(() => new Response('{"name": "RESOURCE_NOT_FOUND"}', { status: 404 }));

    expect(await cache.get(address())).toBeUndefined();
  });

  test.each<[string, () => Response]>([
    ['another status', () => new Response(PEM, { status: 206 })],
    ['a failure', () => new Response(PEM, { status: 503 })],
    ['a rejection', () => new Response('', { status: 429 })],
    ['no body', () => new Response(null)],
    ['a page', () => new Response('<html>later</html>')],
    ['a body that is too large', () => new Response(PEM + ' '.repeat(65_536))],
    ['a network error', () => {
      throw new TypeError('fetch failed');
    }],
  ])('fails if the answer is %s', async (_, answer) => {
    const { cache } = cacheOf(answer);

    await expect(cache.get(address())).rejects.toMatchObject(UNAVAILABLE);
  });

  test('accepts a body of the largest size', async () => {
    const { cache } = cacheOf(() => new Response(PEM.padEnd(65_536)));

    expect(await cache.get(address())).toBeDefined();
  });
});

describe('the cache', () => {
  test('fetches a certificate once for concurrent requests', async () => {
    const { cache, asked } = cacheOf();

    const chains = await Promise.all(Array.from({ length: 5 }, async () => cache.get(address())));

    expect(new Set(chains).size).toBe(1);
    expect(asked).toHaveLength(1);
  });

  test('keeps a certificate for a day', async () => {
    jest.useFakeTimers({ now: 0, doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
    const { cache, asked } = cacheOf();

    for (const time of [0, 24 * HOUR - 1, 24 * HOUR]) {
      jest.setSystemTime(time);
      await cache.get(address());
    }

    expect(asked).toHaveLength(2);
  });

  test.each<[string, number, object]>([['a fetch without a certificate', 404, { status: 'fulfilled', value: undefined }],
    ['a failed fetch', 500, { status: 'rejected', reason: expect.objectContaining(UNAVAILABLE) }]])(
    'keeps the result of %s for 30 seconds', async (_, status, outcome) => {
      jest.useFakeTimers({ now: 0, doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
      const { cache, asked } = cacheOf((_address, call) => (call === 0 ? new Response('', { status }) : new Response(PEM)));
      const ask = async (time: number) => {
        jest.setSystemTime(time);
        return (await Promise.allSettled([cache.get(address())]))[0];
      };

      const outcomes = [await ask(0), await ask(29_999), await ask(30_000)];

      expect(outcomes).toEqual([outcome, outcome, expect.objectContaining({ status: 'fulfilled', value: expect.anything() })]);
      expect(asked).toHaveLength(2);
    });

  test('keeps the eight newest certificates', async () => {
    const { cache, asked } = cacheOf();
    for (let name = 1; name <= 9; name += 1) {
      await cache.get(address(name));
    }
    asked.length = 0;

    await cache.get(address(9));
    await cache.get(address(2));
    await cache.get(address(1));

    expect(asked).toEqual([address(1).href]);
  });
});

describe('forged webhooks, each with another address', () => {
  const isKnown = (url: string) => url === address('known').href;
  const settle = async (cache: CertificateCache, names: readonly (number | string)[]) => (
    Promise.allSettled(names.map(async (name) => cache.get(address(name))))
  );
  const forged = Array.from({ length: 100 }, (_, number) => number);

  test.each<[string, () => Response]>([['that do not exist', () => new Response('', { status: 404 })], ['that fail', () => new Response('', { status: 500 })]])(
    'never keep out the genuine certificate, with addresses %s', async (_, answer) => {
      const { cache, asked } = cacheOf((url) => (isKnown(url) ? new Response(PEM) : answer()));

      await settle(cache, forged);
      const [first] = await Promise.all([cache.get(address('known')), settle(cache, forged.map((name) => `again-${name}`))]);
      asked.length = 0;
      await settle(cache, forged);

      expect([first, await cache.get(address('known'))]).toEqual([expect.anything(), expect.anything()]);
      expect(asked).not.toContain(address('known').href);
    });

  test('cause one fetch each: the results of the last 20 are kept', async () => {
    const { cache, asked } = cacheOf(() => new Response('', { status: 404 }));
    await settle(cache, forged);
    expect(asked).toHaveLength(100);

    await settle(cache, forged.slice(-20));
    expect(asked).toHaveLength(100);

    await settle(cache, forged.slice(0, 1));
    expect(asked).toHaveLength(101);
  });

  test('cannot write their address to the log', async () => {
    const { cache } = cacheOf((url) => {
      throw new Error(`no way to ${url}`);
    });

    const error = await cache.get(address('chosen-by-a-forger')).catch((reason: Error) => reason) as Error;

    expect(`${error.name}: ${error.message}`).not.toContain('chosen');
  });
});

describe('over a real connection', () => {
  let server: Server;
  let origin: string;
  const listen = async (answer: RequestListener) => {
    server = createServer(answer);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  test('fetches the certificate', async () => {
    await listen((_, response) => response.end(PEM));

    expect((await fetchCertificate(new URL(`${origin}/a`)))!.leaf.subject).toContain('CN=DigiCert EV RSA CA G2');
  });

  test('does not follow a redirect', async () => {
    const paths: (string | undefined)[] = [];
    await listen(({ url }, response) => {
      paths.push(url);
      response.writeHead(302, { location: '/elsewhere' }).end();
    });

    await expect(fetchCertificate(new URL(`${origin}/b`))).rejects.toMatchObject(UNAVAILABLE);
    expect(paths).toEqual(['/b']);
  });

  test.each<[string, RequestListener]>([
    ['sends nothing', () => undefined],
    ['does not end its response', (_, response) => {
      response.write('-----BEGIN');
    }],
  ])('stops waiting for a server that %s', async (_, answer) => {
    await listen(answer);

    await expect(new CertificateCache().get(new URL(`${origin}/c`))).rejects.toMatchObject(
      { ...UNAVAILABLE, cause: expect.objectContaining({ name: 'TimeoutError' }) });
  });

  test('closes the connection when the body exceeds the size limit', async () => {
    let isOpen = true;
    await listen((_, response) => {
      response.on('close', () => {
        isOpen = false;
      });
      const more = () => isOpen && response.write(' '.repeat(16_384), () => setImmediate(more));
      more();
    });

    await expect(new CertificateCache().get(new URL(`${origin}/d`))).rejects.toMatchObject({ cause: expect.objectContaining({ message: 'the response is too large' }) });
    await new Promise((resolve) => setTimeout(resolve, 100));

    expect(isOpen).toBe(false);
  });
});
