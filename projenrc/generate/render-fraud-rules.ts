import { markdownSection, markdownTable, typescriptFile, type GeneratedFile } from './generated-file';
import { RULES } from '../../handlers/assess/rules/rules';

/** The dashboard's labels and the table in docs/fraud.md, from the rules' modules. */
export function fraudRuleFiles(): GeneratedFile[] {
  const labels = Object.entries(RULES).map(([name, { label }]) => `  '${name}': '${label}',`);
  const rows = Object.entries(RULES).map(([name, { applies, reads }]) => [`\`${factoryName(name)}\``, applies, reads]);
  return [
    typescriptFile('src/private/contract/generated/fraud-rule-labels.ts', [
      '/** The kinds of fraud rules, with their names on the dashboard. */',
      'export const RULE_LABELS = {',
      ...labels,
      '} as const;',
    ].join('\n')),
    markdownSection('docs/fraud.md', 'rules', markdownTable(['rule', 'applies', 'what it looks at'], rows)),
  ];
}

/** `amount-above` → `amountAbove`. */
function factoryName(rule: string): string {
  return rule.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
