import type { GeneratedFile } from './generated-file';
import { fraudRuleFiles } from './render-fraud-rules';
import { metricFiles } from './render-metrics';
import { providerFiles } from './render-providers';

/** All files that `npx projen generate` writes. */
export function generatedFiles(): GeneratedFile[] {
  return [...fraudRuleFiles(), ...metricFiles(), ...providerFiles()];
}
