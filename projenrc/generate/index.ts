import type { GeneratedFile } from './generated-file';
import { fraudRuleFiles } from './render-fraud-rules';

/** All files that `npx projen generate` writes. */
export function generatedFiles(): GeneratedFile[] {
  return [...fraudRuleFiles()];
}
