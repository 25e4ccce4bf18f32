/** Reads the JSON report of checkov from standard input and compares its findings with the acknowledged ones. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { ACKNOWLEDGED_FINDINGS } from './acknowledged-findings';
import { type Finding, reviewFindings } from '../support/finding-review';

interface Report {
  readonly summary: { readonly passed: number; readonly parsing_errors: number };
  readonly results: { readonly failed_checks: readonly { readonly check_id: string; readonly file_path: string; readonly resource: string }[] };
}

const { summary, results }: Report = JSON.parse(readFileSync(0, 'utf8'));
const findings = results.failed_checks.map(({ check_id, file_path, resource }): Finding => (
  { rule: check_id, stack: basename(file_path, '.template.json'), resource }
));
const { unexplained, outdated, unresolved } = reviewFindings(findings, ACKNOWLEDGED_FINDINGS);

const problems = [
  ...summary.parsing_errors > 0 ? [`${summary.parsing_errors} templates could not be read`] : [],
  ...unexplained.map(({ rule, stack, resource }) => `without a reason: ${rule} at ${resource} in ${stack}`),
  ...outdated.map(({ rule, where, reason }) => `reason without a finding: ${rule} at ${where}: ${reason}`),
  ...unresolved.map(({ rule, stack, resource }) => `a prop must remove: ${rule} at ${resource} in ${stack}`),
];
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log(`checkov: ${summary.passed} checks passed, ${findings.length} findings, each with a reason`);
