import { createServer } from 'node:net';
import { LocalFailure } from './failure';

const HOST = '127.0.0.1';

/** Returns the requested port, or a free one if no port is requested. Fails if the requested port is not available. */
export async function choosePort(requested?: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => reject(new LocalFailure(
      `port ${requested} cannot be opened on ${HOST} (${error.code}): pass another one with --port, or omit the option for a free one`,
    )));
    server.listen({ host: HOST, port: requested ?? 0, exclusive: true }, () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
