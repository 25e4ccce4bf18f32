import { resolve } from 'node:path';
import autocannon from 'autocannon';
import { bundlePathOf } from '../../../projenrc/handler-entries';
import { stripeCharge } from '../../../test/cost/stripe-webhooks';
import type { FigureTable, Group } from '../../figures';
import { compareInTurns } from '../../in-turns';
import { ProcessPool } from '../../processes/process-pool';
import { WebhookServerProcess } from '../../processes/webhook-server-process';
import { serveStripeSecret, VALIDATOR_ENVIRONMENT } from '../handler/stripe-validator';

const CONNECTIONS = 10;
const WEBHOOKS = 20;

/** The webhooks a second that a process acknowledges. */
export const throughput: Group = {
  name: 'throughput',
  measure: async ({ quick }): Promise<readonly FigureTable[]> => {
    const pool = await ProcessPool.start();
    const servers: WebhookServerProcess[] = [];
    try {
      serveStripeSecret(pool);
      const script = await pool.compile('benchmarks/processes/webhook-server.ts');
      const start = async (bundle: string, environment: Readonly<Record<string, string>> = {}) => {
        const server = await WebhookServerProcess.start(script, bundle, { ...pool.environment, ...environment });
        servers.push(server);
        return server.url;
      };
      const candidates = [
        { id: 'raw', label: 'node:http alone', url: await start(await pool.compile('benchmarks/groups/throughput/forward.ts')) },
        { id: 'typical', label: 'typical handler (document client, Powertools, stripe, zod)', url: await start(await pool.compile('benchmarks/groups/handler/candidates/typical.ts')) },
        { id: 'ours', label: 'webhook-validator', url: await start(resolve(bundlePathOf('webhook-validator')), VALIDATOR_ENVIRONMENT) },
      ];
      const rows = await compareInTurns(candidates.map(({ id, label, url }) => ({
        id: `throughput/webhooks/${id}`, label, measure: async () => webhooksPerSecond(url, quick ? 1 : 5),
      })), 'requests/s', quick ? 2 : 9);
      return [{
        id: 'throughput/webhooks',
        title: 'Webhooks a second for one process',
        description: `Stripe webhooks of 2.7 KB over ${CONNECTIONS} connections to one process with one thread. A higher figure is better. The load and the answers of AWS come from other processes of the same machine, which share its processors.`,
        rows,
      }];
    } finally {
      servers.forEach((server) => server.stop());
      pool.stop();
    }
  },
};

/** Sends webhooks that are signed now. Throws if one is not acknowledged. */
async function webhooksPerSecond(url: string, seconds: number): Promise<number> {
  const now = new Date();
  const requests = Array.from({ length: WEBHOOKS }, (_, index) => ({ method: 'POST' as const, path: '/webhook/stripe', ...stripeCharge(index, now, now) }));
  const result = await autocannon({ url, connections: CONNECTIONS, duration: seconds, requests });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${result.non2xx} webhooks were not acknowledged, and ${result.errors} connections failed`);
  }
  return result['2xx'] / result.duration;
}
