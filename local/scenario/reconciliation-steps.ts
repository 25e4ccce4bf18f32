import { InvokeCommand } from '@aws-sdk/client-lambda';
import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import type { Request } from './request';
import type { Step } from './scenario-context';
import { RECONCILE_TASK, type ReconciliationInput } from '../../src/private/contract';
import { STRIPE_API_KEY_SECRET, SUFFIX } from '../emulator/deployment';
import { STRIPE_API_KEY } from '../emulator/stripe-api';
import { describeAnswers } from '../observe/describe';

const RECONCILER = `webhook-reconciler-${SUFFIX}`;

/** Delivers one of two events, lets Stripe's API list both, and reconciles twice. */
export function reconciles(delivered: Request, missing: Request, since: Date): Step {
  return async ({ clients, sender, stripeApi }) => {
    const answer = describeAnswers([await sender.send(delivered)]);
    await clients.secrets.send(new CreateSecretCommand({ Name: STRIPE_API_KEY_SECRET, SecretString: STRIPE_API_KEY }));
    stripeApi.events = [missing.body, delivered.body];
    const run = async () => {
      const input: ReconciliationInput = { task: RECONCILE_TASK, provider: 'stripe', since: since.toISOString() };
      const { Payload, FunctionError: error } = await clients.lambda.send(new InvokeCommand({
        FunctionName: RECONCILER, Payload: Buffer.from(JSON.stringify(input)),
      }));
      const { missing: count } = JSON.parse(Buffer.from(Payload ?? []).toString()) as { readonly missing?: number };
      return error ? `failed: ${error}` : `${count} missing`;
    };
    return [answer, await run(), await run()].join(', ');
  };
}
