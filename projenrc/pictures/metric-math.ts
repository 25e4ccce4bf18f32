import type { Values } from './metric-data';

/** A metric in an expression. */
export interface Operand {
  readonly values: Values;
  readonly period: number;
  /** The quota whose usage it is. */
  readonly quota?: number;
}
type MathResult = Values | number;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html */
const OPERATORS: ReadonlyArray<{ readonly [operator: string]: (one: number, other: number) => number }> = [
  {
    '>=': (one, other) => Number(one >= other),
    '<=': (one, other) => Number(one <= other),
    '>': (one, other) => Number(one > other),
    '<': (one, other) => Number(one < other),
  },
  { '+': (one, other) => one + other, '-': (one, other) => one - other },
  { '*': (one, other) => one * other, '/': (one, other) => one / other },
];

/** Computes an expression of metric math. Functions that the system does not use throw. */
export function computed(expression: string, operands: { readonly [id: string]: Operand }, length: number): Values {
  const tokens = expression.match(/\d+(?:\.\d+)?|[A-Za-z]\w*|>=|<=|[-+*/<>(),]|\S/g) ?? [];
  let at = 0;
  const take = (token: string) => {
    if (tokens[at] !== token) {
      throw unsupported(expression, tokens[at]);
    }
    at += 1;
  };
  const binary = (level: number): MathResult => {
    if (level === OPERATORS.length) {
      return primary();
    }
    let left = binary(level + 1);
    while (tokens[at] in OPERATORS[level]) {
      const operate = OPERATORS[level][tokens[at]];
      at += 1;
      left = zip(left, binary(level + 1), operate);
    }
    return left;
  };
  const primary = (): MathResult => {
    const token = tokens[at];
    at += 1;
    if (token === '(') {
      const inner = binary(0);
      take(')');
      return inner;
    }
    if (/^\d/.test(token)) {
      return Number(token);
    }
    if (tokens[at] === '(') {
      return call(token);
    }
    if (!(token in operands)) {
      throw unsupported(expression, token);
    }
    return operands[token].values;
  };
  const call = (name: string): MathResult => {
    take('(');
    if (name === 'PERIOD') {
      const id = tokens[at];
      at += 1;
      take(')');
      return operands[id].period;
    }
    if (name === 'SERVICE_QUOTA') {
      const { quota } = operands[tokens[at]] ?? {};
      if (quota === undefined) {
        throw unsupported(expression, name);
      }
      at += 1;
      take(')');
      return quota;
    }
    const parameters = [binary(0)];
    while (tokens[at] === ',') {
      at += 1;
      parameters.push(binary(0));
    }
    take(')');
    if (name === 'FILL' && typeof parameters[1] === 'number') {
      const [values, filling] = parameters as [Values, number];
      return values.map((value) => value ?? filling);
    }
    if (name === 'IF' && parameters.length === 3) {
      const [condition, yes, no] = parameters.map((parameter) => asValues(parameter, length));
      return condition.map((value, index) => (value === undefined ? undefined : (value === 0 ? no : yes)[index]));
    }
    throw unsupported(expression, name);
  };
  const result = binary(0);
  if (at < tokens.length) {
    throw unsupported(expression, tokens[at]);
  }
  return asValues(result, length);
}

function asValues(result: MathResult, length: number): Values {
  return typeof result === 'number' ? Array<number>(length).fill(result) : result;
}

/** A missing value makes the result missing. */
function zip(left: MathResult, right: MathResult, operate: (one: number, other: number) => number): MathResult {
  if (typeof left === 'number' && typeof right === 'number') {
    return operate(left, right);
  }
  const length = typeof left === 'number' ? (right as Values).length : left.length;
  const [ones, others] = [asValues(left, length), asValues(right, length)];
  return ones.map((one, index) => {
    const other = others[index];
    return one === undefined || other === undefined ? undefined : operate(one, other);
  });
}

function unsupported(expression: string, part: string | undefined): Error {
  return new Error(`the picture does not support '${part ?? 'the end'}' in the expression ${expression}. Add it to projenrc/pictures/metric-math.ts.`);
}
