/** Conditions of a statement, by their operators. */
export interface StatementConditions { readonly [operator: string]: { readonly [key: string]: string | readonly string[] } }

/**
 * Matches a request for items whose partition keys start with one of the prefixes. `ForAllValues` also matches a request
 * without the condition key, so `Null` requires the key.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function leadingKeys(prefixes: readonly string[]): StatementConditions {
  return {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': prefixes.map((prefix) => `${prefix}*`) },
    'Null': { 'dynamodb:LeadingKeys': 'false' },
  };
}
