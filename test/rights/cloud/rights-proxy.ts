import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { denial, type Answer } from './denial';
import { isAllowed, type AuthorizedCall } from '../policy/evaluate';
import type { Statement } from '../policy/statement';
import { callsOf } from '../requests/calls';
import type { KnownResources } from '../requests/known-resources';
import { signatureOf, type AwsRequest } from '../requests/request';

/** A caller with rights, and its requests. */
export class Caller {
  public readonly calls: AuthorizedCall[] = [];
  public readonly denied: AuthorizedCall[] = [];
  /** Requests that the proxy does not support. */
  public readonly failures: string[] = [];

  constructor(readonly accessKeyId: string, readonly statements: readonly Statement[]) {}
}

/** Headers that the proxy sets itself, such as the length and the encoding. */
const OWN_HEADERS: ReadonlySet<string> = new Set(['connection', 'content-encoding', 'content-length', 'host', 'keep-alive', 'transfer-encoding']);

/** A proxy between callers and the emulator, which grants everything. It forwards the requests that the callers' policies allow. */
export class RightsProxy {
  public static async inFrontOf(target: string, known: KnownResources): Promise<RightsProxy> {
    const proxy = new RightsProxy(target, known);
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  private readonly server: Server;
  private readonly callers = new Map<string, Caller>();

  private constructor(private readonly target: string, private readonly known: KnownResources) {
    this.server = createServer((request, response) => {
      void this.answer(request).then(
        ({ status, headers, body }) => response.writeHead(status, headers).end(body),
        (error: unknown) => response.writeHead(502).end(String(error)),
      );
    });
  }

  public get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** From now on, requests that are signed with the access key have these rights. */
  public addCaller(accessKeyId: string, statements: readonly Statement[]): Caller {
    const caller = new Caller(accessKeyId, statements);
    this.callers.set(accessKeyId, caller);
    return caller;
  }

  public async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(incoming: IncomingMessage): Promise<Answer> {
    const request: AwsRequest = {
      method: incoming.method!, path: incoming.url!, headers: incoming.headers, body: Buffer.concat(await incoming.toArray()),
    };
    const { accessKeyId, service } = signatureOf(request);
    const caller = this.callers.get(accessKeyId);
    if (!caller) {
      throw new Error(`no caller has the access key ${accessKeyId}`);
    }
    try {
      const calls = callsOf(request, this.known);
      const denied = calls.filter((call) => !isAllowed(caller.statements, call));
      caller.calls.push(...calls);
      caller.denied.push(...denied);
      return denied.length > 0 ? denial(service, accessKeyId, denied[0]) : await this.forward(request);
    } catch (error) {
      caller.failures.push(String(error));
      return { status: 500, headers: {}, body: String(error) };
    }
  }

  private async forward({ method, path, headers, body }: AwsRequest): Promise<Answer> {
    const answer = await fetch(this.target + path, { method, headers: forwarded(headers), body: new Uint8Array(body) });
    return { status: answer.status, headers: forwarded(Object.fromEntries(answer.headers)), body: Buffer.from(await answer.arrayBuffer()) };
  }
}

function forwarded(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !OWN_HEADERS.has(name))) as Record<string, string>;
}
