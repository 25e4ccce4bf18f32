import { AwsServices } from './aws-services';
import type { FaultPlan } from './fault-plan';
import type { PartResult } from './fault-row';
import { FaultyFunction, type Trust } from './faulty-function';
import { SECRETS } from './function-settings';
import { compareStored, webhooks, WebhookSender } from './webhook-sender';

/** Sends webhooks to the validator. */
export async function runValidator(size: number, plan: FaultPlan, trust: Trust): Promise<PartResult> {
  const services = new AwsServices(SECRETS);
  const validator = await FaultyFunction.start('webhook-validator', services, plan, trust);
  try {
    const all = webhooks(10 * size);
    const sender = new WebhookSender(async (event) => validator.invoke(event), plan.dice);
    await sender.sendAll(all);
    const { lost, twice } = compareStored(all, services);
    return {
      sent: sender.sent,
      acknowledged: sender.acknowledged,
      lost: lost + sender.abandoned.length,
      storedTwice: twice,
      timeouts: validator.lambda.timeouts,
    };
  } finally {
    await validator.stop();
  }
}
