import { fraudRuleFiles } from './fraud-rules';
import type { GeneratedFile } from './generated-file';

/** All files that `npx projen generate` writes. */
export function generatedFiles(): GeneratedFile[] {
  return [...fraudRuleFiles()];
}
