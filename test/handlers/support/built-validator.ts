import { fork, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { AwsServer } from './aws-server';
import type { HostMessage, HostReply } from './bundle-host';
import { CERTIFICATE_URL } from './paypal-certificates';
import { payPalSender } from './paypal-sender';
import { proxyEvent, type SignedWebhook } from './webhooks';
import { Env, type ProviderConfig } from '../../../src/private/contract';

const ROOT = resolve(__dirname, '..', '..', '..');
export const BUNDLE = join(ROOT, 'assets', 'webhook-validator', 'index.js');

/** A provider under test, with the value of its secrets. */
export interface ProviderUnderTest {
  readonly config: ProviderConfig;
  readonly secret: string;
}

/** Throws, with the remedy, where the bundle is not there or was not made of these sources. */
export function assertBuilt(): void {
  if (!existsSync(BUNDLE)) {
    throw new Error(`${BUNDLE} is missing: make it with \`npx projen bundle\``);
  }
  const newest = Math.max(...sources().map((file) => statSync(file).mtimeMs));
  if (statSync(BUNDLE).mtimeMs < newest) {
    throw new Error(`${BUNDLE} is older than its sources: make it anew with \`npx projen bundle\``);
  }
}

function sources(): string[] {
  const handlers = readdirSync(join(ROOT, 'handlers'), { recursive: true, encoding: 'utf8' }).map((file) => join(ROOT, 'handlers', file));
  return [...handlers.filter((file) => file.endsWith('.ts')), join(ROOT, 'src', 'private', 'contract.ts')];
}

/**
 * The validator as it is deployed: the bundle, unchanged, in a process of its
 * own, with an AWS of its own. What it writes is written here again, for
 * `Output` to catch.
 */
export class BuiltValidator {
  public readonly aws = new AwsServer();
  private readonly waiting = new Map<number, { resolve: (answer: APIGatewayProxyResult) => void; reject: (error: Error) => void }>();
  private host?: ChildProcess;
  private count = 0;

  constructor(private readonly providers: readonly ProviderUnderTest[]) {}

  /** Call in `beforeAll`. */
  public async start(): Promise<void> {
    assertBuilt();
    const { root, certificate } = await payPalSender();
    this.providers.forEach(({ config, secret }) => config.secretArns.forEach((arn) => this.aws.secrets.set(arn, { current: secret })));
    this.host = fork(join(__dirname, 'bundle-host.ts'), [BUNDLE, root], {
      execArgv: ['--import', 'tsx'],
      env: {
        PATH: process.env.PATH,
        NODE_NO_WARNINGS: '1',
        TSX_DISABLE_CACHE: '1',
        AWS_ENDPOINT_URL: await this.aws.start(),
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'an-id',
        AWS_SECRET_ACCESS_KEY: 'a-key',
        [Env.PROVIDERS]: JSON.stringify(this.providers.map(({ config }) => config)),
        [Env.TIERS]: JSON.stringify({ medium: 1000, high: 10000 }),
        [Env.PREVIOUS_SECRET_GRACE_SECONDS]: '86400',
        [Env.TABLE_NAME]: 'the-table',
        [Env.SYSTEM_NAME]: 'the-system',
      },
    });
    this.host.on('message', (reply: HostReply) => this.settle(reply));
    this.publish(CERTIFICATE_URL, certificate.pem);
    this.host.on('exit', (code) => this.waiting.forEach(({ reject }) => reject(new Error(`the validator ended with ${code}`))));
  }

  /** Call in `afterAll`. */
  public async stop(): Promise<void> {
    if (this.host) {
      this.host.kill();
      await this.aws.stop();
    }
  }

  /** Lets a certificate be fetched. */
  public publish(url: string, pem: string): void {
    this.tell({ type: 'certificate', url, pem });
  }

  /** Posts a webhook as API Gateway hands it over. */
  public async post(webhook: SignedWebhook, provider: string, at?: Date): Promise<APIGatewayProxyResult> {
    return this.send(proxyEvent(webhook, provider), at);
  }

  /** Hands over an event, at a time; rejects where the handler throws. */
  public async send(event: APIGatewayProxyEvent, at?: Date): Promise<APIGatewayProxyResult> {
    const id = this.count += 1;
    return new Promise((resolveWith, reject) => {
      this.waiting.set(id, { resolve: resolveWith, reject });
      this.tell({ type: 'event', id, event, at: at?.getTime() });
    });
  }

  private tell(message: HostMessage): void {
    this.host!.send(message);
  }

  private settle({ id, answer, error, output }: HostReply): void {
    output.forEach((line) => process.stdout.write(line));
    const { resolve: resolveWith, reject } = this.waiting.get(id)!;
    this.waiting.delete(id);
    if (answer) {
      resolveWith(answer);
    } else {
      reject(new Error(error));
    }
  }
}
