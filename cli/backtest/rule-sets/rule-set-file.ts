import { readFileSync, statSync } from 'node:fs';
import { scorecardIn, scorecardRules } from './scorecard-rules';
import { rulesInTemplates } from './template-rules';
import { RULES } from '../../../handlers/assess/rules/rules';
import type { FraudConfig, FraudRuleConfig, TierConfig } from '../../../src/private/contract';
import { readTemplates } from '../../local/assembly/assembly';
import type { Template } from '../../local/assembly/template';
import { UsageError } from '../../terminal/usage-error';
import { visibleText } from '../../terminal/visible-text';

const FORMS = 'Name the folder or the template that `cdk synth` wrote, the scorecard that `cdk-webhooks fit` wrote, '
  + 'or a JSON file with `review`, `block` and `rules`, such as the config of a `rule-set:` item.';

/** Reads the rules in a file or in a cloud assembly. A scorecard follows the given thresholds. `system` chooses one in a template. */
export function readRuleSet(path: string, tiers: TierConfig, system?: string): FraudConfig {
  const what = `'${visibleText(path)}'`;
  const content = ruleContent(path, what);
  if (content instanceof Map) {
    return checked(rulesInTemplates([...content.values()] as Template[], what, system), what);
  }
  if ('Resources' in content) {
    return checked(rulesInTemplates([content as Template], what, system), what);
  }
  return checked('facts' in content ? scorecardRules(scorecardIn(content, what), tiers) : { ...content as FraudConfig, tiers }, what);
}

function ruleContent(path: string, what: string): object {
  try {
    if (statSync(path).isDirectory()) {
      return readTemplates(path);
    }
    const content = JSON.parse(readFileSync(path, 'utf8')) as unknown;
    return typeof content === 'object' && content !== null ? content : {};
  } catch (error) {
    throw new UsageError(`--rules: ${what} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'it is not JSON'}). ${FORMS}`);
  }
}

function checked(config: FraudConfig, what: string): FraudConfig {
  const { review, block, rules } = config as Partial<FraudConfig>;
  if (!Array.isArray(rules) || typeof review !== 'number' || typeof block !== 'number') {
    throw new UsageError(`--rules: ${what} has no rules. ${FORMS}`);
  }
  const unknown = (rules as readonly (Partial<FraudRuleConfig> | null)[]).find((each) => !Object.hasOwn(RULES, String(each?.rule)));
  if (unknown !== undefined) {
    throw new UsageError(`--rules: ${what} has the rule '${visibleText(String(unknown?.rule))}', which this version of the tool does not have. Use the version of the package that has it.`);
  }
  return config;
}
