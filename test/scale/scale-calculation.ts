import { readScaleSettings, type Causes, type ScaleSettings } from './scale-settings';
import { smallestDeployment, smallestTemplate } from '../cost/calculation';
import { measure } from '../cost/measurements';

/** The settings of the smallest system, as the library creates it, and what a webhook causes in it. */
export async function calculateScale(): Promise<{ readonly settings: ScaleSettings; readonly causes: Causes }> {
  const template = smallestTemplate();
  return { settings: readScaleSettings(template), causes: await measure(smallestDeployment()) };
}
