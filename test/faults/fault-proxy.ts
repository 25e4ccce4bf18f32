import { once } from 'node:events';
import { createServer, STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorAnswer, operationOf, type AwsServices, type ServiceAnswer, type ServiceRequest } from './aws-services';
import { errorOf, type FaultName } from './fault';
import type { FaultPlan } from './fault-plan';

/** How long the endpoint refuses connections after the first one, in milliseconds. */
const REFUSAL = { from: 5, to: 120 };

/** The only way from a function to AWS. It injects the faults of a plan. */
export class FaultProxy {
  private port = 0;
  private isRefusing = false;
  private readonly server = createServer((request, response) => {
    this.answer(request, response).catch((error: unknown) => {
      this.defects.push(String(error));
      response.destroy();
    });
  });
  /** Errors of the proxy itself. */
  public readonly defects: string[] = [];

  /** `kill` ends the process of the function. */
  constructor(private readonly services: AwsServices, private readonly plan: FaultPlan, private readonly kill: () => void) {}

  public get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  public async start(): Promise<void> {
    await this.listen();
    this.port = (this.server.address() as AddressInfo).port;
  }

  public async stop(): Promise<void> {
    this.isRefusing = false;
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Refuses the next connection, if the plan says so. Call it before an invocation. */
  public refuseIfPlanned(occasion: string): void {
    if (this.plan.refusesNow(occasion) && !this.isRefusing) {
      this.isRefusing = true;
      this.server.close();
      this.server.closeAllConnections();
    }
  }

  /** Call it when a connection was refused. */
  public async onRefused(): Promise<void> {
    this.plan.count('connect');
    await sleep(this.plan.dice.between(REFUSAL.from, REFUSAL.to));
    await this.acceptAgain();
  }

  /** Ends a refusal. Call it after an invocation, which can have no more calls. */
  public async acceptAgain(): Promise<void> {
    if (this.isRefusing) {
      this.isRefusing = false;
      await this.listen();
    }
  }

  /** Waits if a connection to another server has the port now. */
  private async listen(): Promise<void> {
    for (;;) {
      try {
        this.server.listen(this.port, '127.0.0.1');
        await once(this.server, 'listening');
        return;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') {
          throw error;
        }
        await sleep(REFUSAL.from);
      }
    }
  }

  private async answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(incoming);
    if (!body) {
      return;
    }
    const request: ServiceRequest = { path: incoming.url!, headers: incoming.headers, body };
    const fault = this.plan.faultOf(operationOf(request));
    if (fault) {
      await this.inject(fault, request, incoming.socket);
      return;
    }
    const answer = await this.services.perform(request);
    // Each call has its own connection, so that a refusal meets the next call.
    response.writeHead(answer.status, { ...answer.headers, connection: 'close' }).end(answer.body);
    await new Promise((resolve) => response.once('close', resolve));
    this.refuseIfPlanned(operationOf(request));
  }

  private async inject(fault: FaultName, request: ServiceRequest, socket: Socket): Promise<void> {
    const { dice } = this.plan;
    const perform = async () => this.services.perform(request);
    switch (fault) {
      case 'reset before':
        socket.resetAndDestroy();
        return;
      case 'reset after':
        await perform();
        socket.resetAndDestroy();
        return;
      case 'killed before':
        this.kill();
        return;
      case 'killed after':
        await perform();
        this.kill();
        return;
      case 'truncated': {
        const text = rendered(await perform());
        socket.end(text.slice(0, dice.between(1, text.length - 1)));
        return;
      }
      case 'hanging headers':
        await (dice.chance(0.5) ? perform() : undefined);
        return;
      case 'hanging body': {
        const { headEnd, text } = splitRendered(await perform());
        // The answer announces more bytes than it has.
        socket.write(text.slice(0, headEnd + Math.floor((text.length - headEnd) / 2)));
        return;
      }
      case 'part failed': {
        const { status, headers, body } = await this.services.perform(request, (index) => index === 0 || dice.chance(0.5));
        socket.end(rendered({ status, headers, body }));
        return;
      }
      case 'throttled':
      case 'server error': {
        if (fault === 'server error' && dice.chance(0.5)) {
          await perform();
        }
        const [status, code] = errorOf(fault, operationOf(request), (codes) => dice.pick(codes));
        socket.end(rendered(errorAnswer(operationOf(request), status, code)));
        return;
      }
      case 'refused':
        throw new Error('a call that arrived cannot be refused');
    }
  }
}

/** The body of a request; undefined if the request ends before it, because its process was killed or its connection was reset. */
async function bodyOf(incoming: IncomingMessage): Promise<Buffer | undefined> {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) {
      chunks.push(chunk as Buffer);
    }
    return Buffer.concat(chunks);
  } catch {
    return undefined;
  }
}

/** The bytes of an answer. `more`: bytes that its length counts in addition. */
function rendered({ status, headers, body }: ServiceAnswer, more = 0): string {
  const lines = Object.entries({ ...headers, 'content-length': String(Buffer.byteLength(body) + more), 'connection': 'close' })
    .map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`;
}

function splitRendered(answer: ServiceAnswer): { readonly text: string; readonly headEnd: number } {
  // An empty body cannot stop in its middle.
  const text = rendered(answer, 10);
  return { text, headEnd: text.length - answer.body.length };
}
