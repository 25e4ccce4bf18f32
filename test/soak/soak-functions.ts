import { ServiceEndpoint } from './service-endpoint';
import { SOAK_SENDERS } from './soak-webhooks';
import type { Deployment } from '../../cli/cost/priced-deployment';
import { CERTIFICATE_URL } from '../../handlers/providers/paypal/sample-certificates';
import { payPalSender } from '../../handlers/providers/paypal/samples';
import { Env, type ImageName } from '../../src/private/contract';
import { smallestDeployment } from '../cost/calculation';
import type { AwsServices } from '../faults/aws-services';
import { FUNCTION_SETTINGS } from '../faults/function-settings';
import { LambdaFunction } from '../faults/lambda-function';
import type { MemoryUse } from '../faults/lambda-host';

export interface SoakFunction {
  readonly lambda: LambdaFunction;
  readonly memoryMb: number;
  readonly samples: MemoryUse[];
  invocations: number;
}

/** The functions, each in a process with the memory of the template. */
export class SoakFunctions {
  /** `leakedBytes`: how much of each event the validator keeps, to check that the soak notices it. */
  public static async start(services: AwsServices, leakedBytes: number): Promise<SoakFunctions> {
    const endpoint = new ServiceEndpoint(services);
    await endpoint.start();
    const { root, certificate } = await payPalSender();
    const deployment = smallestDeployment();
    const functions = Object.fromEntries((Object.keys(FUNCTION_SETTINGS) as ImageName[]).map((handler) => {
      const { environment, timeoutMillis } = FUNCTION_SETTINGS[handler];
      const { memoryMb } = deployment.functions[handler];
      const lambda = new LambdaFunction({
        handler,
        timeoutMillis,
        memoryMb,
        speed: 1,
        ...handler === 'webhook-validator' && { trustedRoot: root.pem, certificates: { [CERTIFICATE_URL]: certificate.pem }, leakedBytes },
        environment: {
          AWS_ENDPOINT_URL: endpoint.url,
          AWS_REGION: 'us-east-1',
          AWS_ACCESS_KEY_ID: 'an-id',
          AWS_SECRET_ACCESS_KEY: 'a-key',
          [Env.SYSTEM_NAME]: 'soak',
          ...environment,
          ...handler === 'webhook-validator' && { [Env.PROVIDERS]: JSON.stringify(Object.values(SOAK_SENDERS).map(({ config }) => config)) },
        },
      });
      return [handler, { lambda, memoryMb, samples: [], invocations: 0 } satisfies SoakFunction];
    })) as unknown as Readonly<Record<ImageName, SoakFunction>>;
    return new SoakFunctions(endpoint, functions, deployment);
  }

  private constructor(
    private readonly endpoint: ServiceEndpoint,
    public readonly all: Readonly<Record<ImageName, SoakFunction>>,
    public readonly deployment: Deployment,
  ) {}

  public get connections(): number {
    return this.endpoint.opened;
  }

  /** The last sample of each heap, in bytes. */
  public get heaps(): Readonly<Record<string, number>> {
    return Object.fromEntries(Object.entries(this.all).map(([handler, { samples }]) => [handler, samples.at(-1)!.heapBytes]));
  }

  public async invoke<Answer>(handler: ImageName, event: unknown, at?: number): Promise<Answer> {
    this.all[handler].invocations += 1;
    return this.all[handler].lambda.invoke(event, at);
  }

  /** Takes a sample of each process. */
  public async measure(): Promise<void> {
    await Promise.all(Object.values(this.all).map(async ({ lambda, samples }) => samples.push(await lambda.measure())));
  }

  /** Throws if a process or the endpoint failed. */
  public async stop(): Promise<void> {
    Object.values(this.all).forEach(({ lambda }) => lambda.stop());
    await this.endpoint.stop();
    const timeouts = Object.values(this.all).reduce((sum, { lambda }) => sum + lambda.timeouts, 0);
    if (timeouts > 0 || this.endpoint.defects.length > 0) {
      throw new Error(`${timeouts} time-outs, and errors of the endpoint: ${this.endpoint.defects.slice(0, 3).join(', ')}`);
    }
  }
}
