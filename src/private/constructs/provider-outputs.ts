import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { BoundProvider } from '../bound-provider';
import { ProviderOutput } from '../contract';
import { webhookUrlOf, type WebhookIngress } from './webhook-ingress';

/** `stripe-eu` → `StripeEu`. Two names never become the same, because a hyphen stays if no letter follows. */
function outputIdOf(name: string): string {
  return name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/**
 * Outputs the URL to register with each provider, and the ARN of its secret. The
 * outputs are in the scope of the system: CloudFormation shows
 * `PaymentsWebhookUrlStripe…`, and two systems do not conflict.
 */
export function addProviderOutputs(system: Construct, ingress: WebhookIngress, providers: readonly BoundProvider[]): void {
  for (const { config: { name }, secrets } of providers) {
    new CfnOutput(system, `${ProviderOutput.URL}${outputIdOf(name)}`, {
      description: `URL to register with the provider ${name}`,
      value: webhookUrlOf(ingress, name),
    });
    secrets.forEach((secret, index) => new CfnOutput(system, `${ProviderOutput.SECRET}${outputIdOf(name)}${index > 0 ? `.${index + 1}` : ''}`, {
      description: `Secret that verifies the webhooks of the provider ${name}`,
      value: secret.secretArn,
    }));
  }
}
