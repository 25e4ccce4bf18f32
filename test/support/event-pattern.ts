/**
 * Matches events against the patterns that this project generates.
 *
 * npm has no maintained matcher: the packages that offer one are unpublished,
 * years old, or parts of a server. So that this one cannot be wrong in the
 * same way as the patterns, CI runs the same cases through AWS's own
 * event-ruler (`npx projen test:ruler`), and compares it with this matcher.
 * It supports literals, `numeric`, `anything-but`, `exists` and `$or`, and throws for anything else.
 */
export function matches(pattern: Pattern, event: Json): boolean {
  return Object.entries(pattern).every(([key, rule]) => {
    if (key === '$or') {
      return (rule as Pattern[]).some((alternative) => matches(alternative, event));
    }
    const value = (event as { [key: string]: Json } | undefined)?.[key];
    return Array.isArray(rule)
      ? (rule as Matcher[]).some((matcher) => matchesValue(matcher, value))
      : matches(rule as Pattern, value);
  });
}

type Json = unknown;
type Matcher = string | boolean | { [operator: string]: unknown };
export type Pattern = { [key: string]: unknown };

function matchesValue(matcher: Matcher, value: Json): boolean {
  if (typeof matcher !== 'object') {
    return value === matcher;
  }
  const [[operator, operand]] = Object.entries(matcher);
  if (operator === 'anything-but') {
    return value !== undefined && !(operand as Json[]).includes(value);
  }
  if (operator === 'exists') {
    return operand === (value !== undefined);
  }
  if (operator === 'numeric') {
    return typeof value === 'number' && Math.abs(value) <= 5e9 && matchesNumber(operand as (string | number)[], value);
  }
  if (operator === 'exists') {
    return isLeaf(value) === operand;
  }
  throw new Error(`the pattern uses ${operator}, which this matcher does not support`);
}

/** Null counts as a value; objects and lists without one do not (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-exists-matching). */
function isLeaf(value: Json): boolean {
  return Array.isArray(value) ? value.some(isLeaf) : value !== undefined && (value === null || typeof value !== 'object');
}

function matchesNumber([comparison, bound, ...rest]: (string | number)[], value: number): boolean {
  const comparisons: { [comparison: string]: boolean } = {
    '<': value < Number(bound),
    '<=': value <= Number(bound),
    '>': value > Number(bound),
    '>=': value >= Number(bound),
    '=': value === Number(bound),
  };
  return comparisons[comparison] && (rest.length === 0 || matchesNumber(rest, value));
}
