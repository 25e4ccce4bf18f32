import type { LambdaClient } from '@aws-sdk/client-lambda';
import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { ALLOWLIST, type OperatorList } from './operator-list';
import { Env, type FraudConfig, type ListKind } from '../../src/private/contract';
import { readFunctionSettings } from '../aws/function-settings';

/** The rules of the deployed fraud detector, from its environment or its parameter. */
export async function readFraudConfig(clients: { readonly lambda: LambdaClient; readonly ssm: SSMClient }, detector: string): Promise<FraudConfig> {
  const { [Env.FRAUD_RULES]: rules, [Env.FRAUD_RULES_PARAMETER]: parameter } = await readFunctionSettings(clients.lambda, detector) as {
    readonly [name: string]: string | undefined;
  };
  if (rules !== undefined) {
    return JSON.parse(rules) as FraudConfig;
  }
  const { Parameter } = await clients.ssm.send(new GetParameterCommand({ Name: parameter }));
  return JSON.parse(Parameter!.Value!) as FraudConfig;
}

/** The reason that an entry has less effect than documented; undefined if it has the full effect. */
export function listWarning({ name, rule, remedy }: OperatorList, { rules, block, review }: FraudConfig): string | undefined {
  const scores = rules.filter((each) => each.rule === rule).map(({ score }) => score);
  if (scores.length === 0) {
    return `the system has no rule \`${rule}\`, so the ${name} is never read and the entry has no effect. Add ${remedy} to \`fraudRules\`.`;
  }
  const score = scores.reduce((sum, each) => sum + each, 0);
  if (rule === 'allowed' || score >= block) {
    return undefined;
  }
  const effect = score >= review ? 'gives a review' : 'is approved, unless other rules apply';
  return `the rule \`blocked\` has the score ${score}, and a block needs ${block}: an entry alone ${effect}.`;
}

/** What a buyer can state without proof, or share with very many others. */
const UNPROVEN: { readonly [kind in ListKind]?: string } = {
  'email': 'nobody verifies the address of a payment: everybody who enters it at the checkout is allowed.',
  'email-domain': 'nobody verifies the address of a payment: everybody who enters one of the domain at the checkout is allowed.',
  'country': 'the entry turns the rules off for everybody who pays from the country.',
  'card': 'the entry turns the rules off for every card of the bank, also a stolen one.',
};
const OF_GUEST = 'nobody verifies the contact of a guest: everybody who enters it at the checkout is allowed.';

/** Why an entry of the allowlist can let fraud pass; undefined if it names one customer of the provider, or one card. */
export function misuseWarning({ name }: OperatorList, kind: ListKind, value: string): string | undefined {
  if (name !== ALLOWLIST.name) {
    return undefined;
  }
  const warning = kind === 'customer' && value.includes(':contact:') ? OF_GUEST : UNPROVEN[kind];
  return warning && `${warning} Prefer a customer of the provider or a card-fingerprint, and set --expires.`;
}
