/** The least that a function can do: repeats calls over `node:http` with a connection that stays open. */
import { Agent, request } from 'node:http';
import type { StubCall } from '../../../processes/aws-stub';

const agent = new Agent({ keepAlive: true });
const { hostname, port } = new URL(process.env.AWS_ENDPOINT_URL!);

export async function handler({ calls }: { readonly calls: readonly StubCall[] }): Promise<void> {
  for (const call of calls) {
    await send(call);
  }
}

async function send({ path, method, headers, body }: StubCall): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ agent, hostname, port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', resolve);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
