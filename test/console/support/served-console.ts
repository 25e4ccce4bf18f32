import type { SimulatedConsole } from './simulated-console';
import { ConsoleServer } from '../../../cli/console/console-server';
import { readPageFiles } from '../../../cli/console/page-files';
import { newToken } from '../../../cli/console/request-guard';
import { TransactionFeed } from '../../../cli/console/transaction-feed';

/** A console that is served, and its address with the token. */
export interface ServedConsole {
  readonly url: string;
  readonly token: string;
  readonly port: number;
  readonly feed: TransactionFeed;
  stop(): Promise<void>;
}

export async function serveConsole(simulated: SimulatedConsole, { canWrite = false, port = 0 } = {}): Promise<ServedConsole> {
  const token = newToken();
  const feed = new TransactionFeed();
  const server = new ConsoleServer({ token, source: simulated, actions: canWrite ? simulated : undefined, feed, files: readPageFiles() });
  const bound = await server.listen(port);
  await simulated.watch((transactions) => feed.report(transactions));
  return { url: `http://127.0.0.1:${bound}/#token=${token}`, token, port: bound, feed, stop: async () => server.close() };
}
