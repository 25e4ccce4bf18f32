import type { Stack } from 'aws-cdk-lib';
import { AwsSolutionsChecks, type NagPack, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import { ACKNOWLEDGED_FINDINGS, type Pack } from './support/acknowledged-findings';
import { type Finding, reviewFindings } from './support/finding-review';
import { scenarioStacks } from './support/scenario-stacks';

const PACKS: { readonly [pack in Pack]: () => NagPack } = {
  'AwsSolutions': () => new AwsSolutionsChecks(),
  'PCI.DSS.321': () => new PCIDSS321Checks(),
  'NIST.800.53.R5': () => new NIST80053R5Checks(),
};

function findingsIn(stack: Stack, checks: NagPack): Finding[] {
  return checks.validateScope(stack).violations.flatMap(({ ruleName, violatingResources }) => violatingResources
    .map(({ constructPath }) => ({ rule: ruleName, stack: stack.stackName, resource: constructPath! })));
}

describe.each(Object.entries(PACKS))('the rules of %s', (pack, create) => {
  const { unexplained, outdated, unresolved } = reviewFindings(
    scenarioStacks.flatMap((stack) => findingsIn(stack, create())),
    ACKNOWLEDGED_FINDINGS.filter(({ rule }) => rule.startsWith(`${pack}-`)),
  );

  test('report nothing without a reason', () => {
    expect(unexplained).toEqual([]);
  });

  test('report every finding that has a reason, so that no reason is outdated', () => {
    expect(outdated).toEqual([]);
  });

  test('do not report a finding that a prop removes if the prop is set', () => {
    expect(unresolved).toEqual([]);
  });
});
