import { createServer } from 'node:net';
import { LocalFailure } from './failure';

const HOST = '127.0.0.1';

/** The wanted port if it can be had, or a free one. */
export async function choosePort(wanted?: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => reject(new LocalFailure(
      error.code === 'EADDRINUSE'
        ? `port ${wanted} is taken: give another one with --port, or leave the option out for a free one`
        : `port ${wanted ?? ''} cannot be opened on ${HOST} (${error.code})`,
    )));
    server.listen({ host: HOST, port: wanted ?? 0, exclusive: true }, () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
