import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connectToAws } from '../../../cli/aws/aws-clients';
import { CheckedSystem } from '../../../cli/doctor/checked-system';
import { endpointChecks } from '../../../cli/doctor/endpoint-checks';
import { probeEndpoint } from '../../../cli/doctor/endpoint-probe';

const NOW = new Date('2026-01-31T12:00:00Z');
const never = new AbortController().signal;
let server: Server;
let headers: Record<string, string> = {};
let body = '';
beforeAll(async () => {
  server = createServer((_, response) => {
    response.sendDate = false;
    response.writeHead(400, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => new Promise((resolve) => server.close(resolve)));
const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook/stripe`;
const systemWith = (target: string) => new CheckedSystem({
  deployed: { stack: 'S', id: 'S', resources: {}, providers: [{ name: 'stripe', url: target, secrets: [] }] },
  clients: connectToAws({ region: 'us-east-1' }),
  isLocal: false,
  now: () => NOW,
  reachable: (address) => address,
});

describe('a probe', () => {
  test('reads the error and the clock of the answer', async () => {
    headers = { date: 'Sat, 31 Jan 2026 12:01:00 GMT' };
    body = '{"error":"not_a_webhook"}';

    expect(await probeEndpoint(url(), () => NOW, never)).toEqual({ status: 400, error: 'not_a_webhook', skewMs: 60_500 });
  });

  test.each(['<html>', '{"error":{}}', '{"message":"Forbidden"}', ''])('has no error and no clock in another answer: %s', async (text) => {
    headers = {};
    body = text;

    expect(await probeEndpoint(url(), () => NOW, never)).toEqual({ status: 400, error: undefined, skewMs: undefined });
  });

  test('that gets no connection is a failure of the endpoint', async () => {
    const [endpoint, clock] = endpointChecks(systemWith('http://127.0.0.1:1/webhook/stripe'), true);

    expect(await endpoint.run(never)).toMatchObject({ status: 'failed', text: expect.stringMatching(/^no connection \(\w+\)$/) });
    await expect(clock.run(never)).rejects.toThrow('fetch failed');
  });

  test('that is ended was not checked', async () => {
    const [endpoint] = endpointChecks(systemWith(url()), true);

    await expect(endpoint.run(AbortSignal.abort(new RangeError('ended')))).rejects.toThrow('ended');
  });
});
