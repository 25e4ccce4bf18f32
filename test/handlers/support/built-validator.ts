import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { AwsServer } from './aws-server';
import { BundleProcess } from './bundle-process';
import { proxyEvent } from './webhooks';
import { CERTIFICATE_URL } from '../../../handlers/providers/paypal/sample-certificates';
import { payPalSender } from '../../../handlers/providers/paypal/samples';
import type { SignedWebhook } from '../../../handlers/providers/shared/samples/provider-samples';
import { Env, type ProviderConfig } from '../../../src/private/contract';

/** A provider under test, with the value of its secrets. */
export interface ProviderUnderTest {
  readonly config: ProviderConfig;
  readonly secret: string;
}

/**
 * The validator as it is deployed: the unchanged bundle in its own process, with
 * its own `AwsServer`. Its output is repeated in this process, so that `Output`
 * can capture it.
 */
export class BuiltValidator {
  public readonly aws = new AwsServer();
  private host?: BundleProcess;

  constructor(private readonly providers: readonly ProviderUnderTest[]) {}

  /** Call in `beforeAll`. */
  public async start(): Promise<void> {
    const { root, certificate } = await payPalSender();
    this.providers.forEach(({ config, secret }) => config.secretArns.forEach((arn) => this.aws.secrets.set(arn, { current: secret })));
    this.host = new BundleProcess('webhook-validator', {
      AWS_ENDPOINT_URL: await this.aws.start(),
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'an-id',
      AWS_SECRET_ACCESS_KEY: 'a-key',
      [Env.PROVIDERS]: JSON.stringify(this.providers.map(({ config }) => config)),
      [Env.TIERS]: JSON.stringify({ medium: 1000, high: 10000 }),
      [Env.PREVIOUS_SECRET_GRACE_SECONDS]: '86400',
      [Env.TABLE_NAME]: 'the-table',
      [Env.ARCHIVE_BUCKET_NAME]: 'the-archive',
      [Env.SYSTEM_NAME]: 'the-system',
    }, root.pem);
    this.publish(CERTIFICATE_URL, certificate.pem);
  }

  /** Call in `afterAll`. */
  public async stop(): Promise<void> {
    if (this.host) {
      this.host.stop();
      await this.aws.stop();
    }
  }

  /** Makes a certificate available at a URL. */
  public publish(url: string, pem: string): void {
    this.host!.publish(url, pem);
  }

  /** Posts a webhook as API Gateway passes it. */
  public async post(webhook: SignedWebhook, provider: string, at?: Date): Promise<APIGatewayProxyResult> {
    return this.send(proxyEvent(webhook, provider), at);
  }

  /** Invokes the handler with an event at the given time. Rejects if the handler throws. */
  public async send(event: APIGatewayProxyEvent, at?: Date): Promise<APIGatewayProxyResult> {
    return this.host!.send(event, at);
  }
}
