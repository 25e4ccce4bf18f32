/** The values of condition keys, by operator and key. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** A statement of an identity-based policy, with its references resolved. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: Conditions;
}

interface StatementJson {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

const ELEMENTS: ReadonlySet<string> = new Set(['Sid', 'Effect', 'Action', 'Resource', 'Condition']);

/** Reads a statement. Throws for an element that the evaluator does not support, because ignoring it could change the result. */
export function readStatement(json: object): Statement {
  const unknown = Object.keys(json).filter((element) => !ELEMENTS.has(element));
  if (unknown.length > 0) {
    throw new Error(`the evaluator does not support the element ${unknown.join(', ')}: add it to test/rights/policy`);
  }
  const { Effect, Action, Resource, Condition = {} } = json as StatementJson;
  return {
    effect: Effect,
    actions: listOf(Action),
    resources: listOf(Resource),
    conditions: mapValues(Condition, (keys) => mapValues(keys, listOf)),
  };
}

function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}

function mapValues<From, To>(from: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(from).map(([name, value]) => [name, change(value)]));
}
