import { Env, type FraudConfig } from '../../../src/private/contract';
import type { Template } from '../../local/assembly/template';
import { UsageError } from '../../terminal/usage-error';

/** The part of the fraud detector's logical id after the path of its system. */
const DETECTOR = 'FraudDetector';

/** The rules of the fraud detector in templates of CloudFormation. `what` has the templates. `system` is the id of the construct. */
export function rulesInTemplates(templates: readonly Template[], what: string, system?: string): FraudConfig {
  const found = templates.flatMap(({ Resources = {} }) => Object.entries(Resources).flatMap(([id, resource]) => {
    const rules = detectorRules(resource.Properties as any, Resources);
    return rules === undefined ? [] : [{ system: id.split(DETECTOR)[0], rules }];
  }));
  const chosen = system === undefined ? found : found.filter((each) => each.system === system);
  if (found.length === 0) {
    throw new UsageError(`--rules: ${what} has no fraud detector. Name the folder that \`cdk synth\` wrote, or the template of the stack with the system.`);
  }
  if (chosen.length !== 1) {
    throw new UsageError(`--rules: ${what} has the systems ${found.map((each) => each.system).join(', ')}. Choose one with --system.`);
  }
  try {
    return JSON.parse(chosen[0].rules) as FraudConfig;
  } catch {
    throw new UsageError(`--rules: ${what} has rules that cannot be read. Synthesize the app with the version of this tool.`);
  }
}

/** The rules in the variables of a function, or in the parameter that the function reads. Undefined for another resource. */
function detectorRules(properties: any, resources: NonNullable<Template['Resources']>): string | undefined {
  const { [Env.FRAUD_RULES]: rules, [Env.FRAUD_RULES_PARAMETER]: parameter } = properties?.Environment?.Variables ?? {};
  if (parameter !== undefined) {
    return joinedText((resources[parameter.Ref]?.Properties as any)?.Value);
  }
  return rules === undefined ? undefined : joinedText(rules);
}

/** A text, with a word in place of each reference, such as the account in an ARN. */
function joinedText(text: any): string {
  return typeof text === 'string' ? text : text['Fn::Join'][1].map((part: unknown) => typeof part === 'string' ? part : 'reference').join('');
}
