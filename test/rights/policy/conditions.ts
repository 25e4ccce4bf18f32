import { matchesPattern } from './pattern';
import type { Conditions } from './statement';

/** The condition keys that the proxy derives from a request, and the one that KMS sets if a service calls it on behalf of a caller. */
export const CONTEXT_KEYS = ['dynamodb:Attributes', 'dynamodb:LeadingKeys', 'dynamodb:ReturnValues', 'dynamodb:Select', 'kms:ViaService'] as const;

/** The values of the condition keys that a request has. */
export type RequestContext = { readonly [key in (typeof CONTEXT_KEYS)[number]]?: readonly string[] };

const COMPARISONS: Readonly<Record<string, (expected: string, actual: string) => boolean>> = {
  StringEquals: (expected, actual) => expected === actual,
  StringLike: matchesPattern,
};

/** Whether all conditions are met. Throws for an operator or a key that the evaluator does not support. */
export function conditionsMet(conditions: Conditions, context: RequestContext): boolean {
  const results = Object.entries(conditions).flatMap(([operator, keys]) => (
    Object.entries(keys).map(([key, expected]) => conditionMet(operator, key, expected, context))
  ));
  return results.every(Boolean);
}

/**
 * `ForAllValues` is also met without a value
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html),
 * `…IfExists` without the key
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IfExists).
 * `Null` compares no value: `true` requires that the key is absent, `false` that it is present.
 */
function conditionMet(operator: string, key: string, expected: readonly string[], context: RequestContext): boolean {
  const [, forAllValues, name = '', ifExists] = /^(ForAllValues:)?([A-Za-z]+?)(IfExists)?$/.exec(operator) ?? [];
  if (operator === 'Null' && isContextKey(key)) {
    return expected.includes(String(context[key] === undefined));
  }
  const compare = COMPARISONS[name];
  if (!compare) {
    throw new Error(`the evaluator does not support the condition operator ${operator}: add it to test/rights/policy`);
  }
  if (!isContextKey(key)) {
    throw new Error(`the evaluator does not support the condition key ${key}: add it to test/rights/policy and to the requests that have it`);
  }
  const actual = context[key];
  if (!forAllValues && actual && actual.length > 1) {
    throw new Error(`${operator} compares a single value, got ${actual.length} of ${key}: use ForAllValues`);
  }
  return actual
    ? actual.every((value) => expected.some((pattern) => compare(pattern, value)))
    : Boolean(forAllValues ?? ifExists);
}

function isContextKey(key: string): key is (typeof CONTEXT_KEYS)[number] {
  return (CONTEXT_KEYS as readonly string[]).includes(key);
}
