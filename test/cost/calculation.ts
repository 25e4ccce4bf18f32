import { readDeployment, type Deployment } from './deployment';
import { measure, type Measurements } from './measurements';
import { synthesize } from '../support/system';

export interface Calculation {
  readonly deployment: Deployment;
  readonly measured: Measurements;
}

/** The smallest system, as the library creates it, and the measurements of the sample in it. */
export async function calculate(): Promise<Calculation> {
  const { template } = synthesize({ environmentSuffix: 'prod' });
  const deployment = readDeployment(template.toJSON() as Parameters<typeof readDeployment>[0]);
  return { deployment, measured: await measure(deployment) };
}
