import { Duration } from 'aws-cdk-lib';
import { readDeployment, type Deployment } from './deployment';
import { measure, type Measurements } from './measurements';
import { WebhookProvider, type WebhookProcessingSystemProps } from '../../src';
import { synthesize } from '../support/system';

export interface Calculation {
  readonly deployment: Deployment;
  /** The same with a second provider, which has every alarm. */
  readonly further: Deployment;
  readonly measured: Measurements;
}

/** The smallest system, as the library creates it, and the measurements of the sample in it. */
export async function calculate(): Promise<Calculation> {
  const deployment = smallestDeployment();
  const providers = [WebhookProvider._ownSystem(), WebhookProvider.stripe({ expectWebhooksEvery: Duration.days(1) })];
  const further = readDeployment(templateWith({ providers }));
  return { deployment, further, measured: await measure(deployment) };
}

type Template = Parameters<typeof readDeployment>[0];

/** The template of the smallest system. */
export function smallestTemplate(): Template {
  return templateWith({});
}

/** The settings of the smallest system. */
export function smallestDeployment(): Deployment {
  return readDeployment(smallestTemplate());
}

function templateWith(props: WebhookProcessingSystemProps): Template {
  return synthesize({ environmentSuffix: 'prod', ...props }).template.toJSON() as Template;
}
