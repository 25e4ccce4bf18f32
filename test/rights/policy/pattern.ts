/**
 * Whether a text matches a pattern with IAM's wildcards: `*` for any
 * characters, `?` for one
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html).
 */
export function matchesPattern(pattern: string, text: string): boolean {
  if (pattern.includes('${')) {
    throw new Error(`the evaluator does not support policy variables, got '${pattern}'`);
  }
  const source = pattern.replace(/[^*?]+|\*|\?/g, (part) => ({ '*': '.*', '?': '.' })[part] ?? part.replace(/[.+^$()|[\]{}\\]/g, '\\$&'));
  return new RegExp(`^${source}$`, 's').test(text);
}
