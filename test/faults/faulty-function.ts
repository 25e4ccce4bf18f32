import type { AwsServices } from './aws-services';
import type { FaultPlan } from './fault-plan';
import { FaultProxy } from './fault-proxy';
import { FUNCTION_SETTINGS } from './function-settings';
import { LambdaFunction } from './lambda-function';
import type { ImageName } from '../../src/private/contract';
import { Env } from '../../src/private/contract';

/** What a process of the validator needs to verify PayPal's webhooks. */
export interface Trust {
  readonly trustedRoot: string;
  readonly certificates: Readonly<Record<string, string>>;
}

/** A function behind its own fault proxy. */
export class FaultyFunction {
  /** `overrides`: variables of the environment that differ from those of the function. */
  public static async start(
    handler: ImageName, services: AwsServices, plan: FaultPlan, trust?: Trust, overrides: Readonly<Record<string, string>> = {},
  ): Promise<FaultyFunction> {
    const { environment, ...settings } = FUNCTION_SETTINGS[handler];
    const proxy = new FaultProxy(services, plan, () => lambda.kill());
    await proxy.start();
    const lambda = new LambdaFunction({
      ...settings,
      ...trust,
      handler,
      environment: {
        AWS_ENDPOINT_URL: proxy.url,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'an-id',
        AWS_SECRET_ACCESS_KEY: 'a-key',
        [Env.SYSTEM_NAME]: 'faults',
        ...environment,
        ...overrides,
      },
      onRefused: () => void proxy.onRefused(),
    });
    return new FaultyFunction(plan, proxy, lambda);
  }

  private constructor(public readonly plan: FaultPlan, private readonly proxy: FaultProxy, public readonly lambda: LambdaFunction) {}

  public async invoke<Answer>(event: unknown, at?: number): Promise<Answer> {
    this.proxy.refuseIfPlanned('start');
    try {
      return await this.lambda.invoke(event, at);
    } finally {
      await this.proxy.acceptAgain();
    }
  }

  public async stop(): Promise<void> {
    this.lambda.stop();
    await this.proxy.stop();
    if (this.proxy.defects.length > 0) {
      throw new Error(`the fault proxy failed: ${this.proxy.defects[0]}`);
    }
  }
}
