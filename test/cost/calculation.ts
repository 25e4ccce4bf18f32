import { Duration } from 'aws-cdk-lib';
import { measureSorts } from './measurements';
import type { Sort } from './stripe-webhooks';
import type { Measurements } from '../../cli/cost/measured-sizes';
import { readDeployment, type Deployment, type PricedTemplate } from '../../cli/cost/priced-deployment';
import { WebhookProvider, type WebhookProcessingSystemProps } from '../../src';
import { synthesize } from '../support/system';

export interface Calculation {
  readonly deployment: Deployment;
  /** The same with a second provider, which has every alarm. */
  readonly further: Deployment;
  readonly measured: Measurements;
  /** Of the webhooks of each sort. */
  readonly sorts: Readonly<Record<Sort, Measurements>>;
}

/** The smallest system, as the library creates it, and the measurements of the sample in it. */
export async function calculate(): Promise<Calculation> {
  const deployment = smallestDeployment();
  const providers = [WebhookProvider._ownSystem(), WebhookProvider.stripe({ expectWebhooksEvery: Duration.days(1) })];
  const further = readDeployment(templateWith({ providers }), SYSTEM);
  const { all, sorts } = await measureSorts(deployment);
  return { deployment, further, measured: all, sorts };
}

/** The id of the construct in the stacks of the tests. */
export const SYSTEM = 'Payments';

/** The template of the smallest system. */
export function smallestTemplate(): PricedTemplate {
  return templateWith({});
}

/** The settings of the smallest system, except for the given props. */
export function smallestDeployment(props: WebhookProcessingSystemProps = {}): Deployment {
  return readDeployment(templateWith(props), SYSTEM);
}

function templateWith(props: WebhookProcessingSystemProps): PricedTemplate {
  return synthesize({ environmentSuffix: 'prod', ...props }).template.toJSON() as PricedTemplate;
}
