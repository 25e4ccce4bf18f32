/** The parts of a DynamoDB request that name attributes. */
export interface ExpressionInput {
  readonly UpdateExpression?: string;
  readonly ConditionExpression?: string;
  readonly ProjectionExpression?: string;
  readonly KeyConditionExpression?: string;
  readonly FilterExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
}

const KEYWORDS: ReadonlySet<string> = new Set(['SET', 'REMOVE', 'ADD', 'DELETE', 'AND', 'OR', 'NOT', 'BETWEEN', 'IN']);

/** A placeholder of a value, a path of an attribute, or a function with its opening parenthesis. */
const TOKEN = /:\w+|(#?[A-Za-z_]\w*)(?:\.#?\w+|\[\d+\])*(\s*\()?/g;

/** The top-level attributes that the expressions of a request name. */
export function attributesIn(input: ExpressionInput): string[] {
  const { UpdateExpression, ConditionExpression, ProjectionExpression, KeyConditionExpression, FilterExpression } = input;
  return [UpdateExpression, ConditionExpression, ProjectionExpression, KeyConditionExpression, FilterExpression]
    .filter((expression) => expression !== undefined)
    .flatMap((expression) => [...expression.matchAll(TOKEN)])
    .filter(([, name]) => name !== undefined && !KEYWORDS.has(name.toUpperCase()))
    .filter(([, name, parenthesis]) => name.startsWith('#') || parenthesis === undefined)
    .map(([, name]) => attributeName(name, input));
}

/** The placeholder of the value that a key condition requires for an attribute. */
export function valueDemandedOf(attribute: string, input: ExpressionInput): string {
  const equalities = [...(input.KeyConditionExpression ?? '').matchAll(/(#?\w+)\s*=\s*(:\w+)/g)];
  const placeholder = equalities.find(([, name]) => attributeName(name, input) === attribute)?.[2];
  if (placeholder === undefined) {
    throw new Error(`found no value of ${attribute} in the key condition '${input.KeyConditionExpression}'`);
  }
  return placeholder;
}

function attributeName(name: string, { ExpressionAttributeNames = {} }: ExpressionInput): string {
  const resolved = name.startsWith('#') ? ExpressionAttributeNames[name] : name;
  if (resolved === undefined) {
    throw new Error(`the placeholder ${name} has no name in the request`);
  }
  return resolved;
}
