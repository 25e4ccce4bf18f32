import jsep, { type ArrayExpression, type BinaryExpression, type CallExpression, type Expression, type Identifier, type Literal, type UnaryExpression } from 'jsep';

/** One value for each period, the oldest first. */
export type Series = readonly (number | undefined)[];
type Operand = number | Series;
/** The quota whose usage a metric is, by the id of the metric. */
type QuotaOf = (id: string) => number;

/** What the identifiers of an expression mean. */
interface Scope {
  readonly seriesOf: (id: string) => Series;
  readonly quotaOf: QuotaOf;
}

/** CloudWatch spells them in capital letters too. The precedence is that of `||` and `&&`. */
jsep.addBinaryOp('OR', 1);
jsep.addBinaryOp('AND', 2);
/** Above the product. */
jsep.addBinaryOp('^', 11, true);

/** An alarm is evaluated each minute. */
const PARSED = new Map<string, Expression>();

const OPERATORS: { readonly [operator: string]: (left: number, right: number) => number | undefined } = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  // The datapoint is dropped.
  '/': (left, right) => right === 0 ? undefined : left / right,
  '^': (left, right) => left ** right,
  '==': (left, right) => Number(left === right),
  '!=': (left, right) => Number(left !== right),
  '<': (left, right) => Number(left < right),
  '<=': (left, right) => Number(left <= right),
  '>': (left, right) => Number(left > right),
  '>=': (left, right) => Number(left >= right),
  'AND': (left, right) => Number(left !== 0 && right !== 0),
  '&&': (left, right) => Number(left !== 0 && right !== 0),
  'OR': (left, right) => Number(left !== 0 || right !== 0),
  '||': (left, right) => Number(left !== 0 || right !== 0),
};

/**
 * Evaluates an expression of metric math over the series of its metrics. It has
 * the functions that the alarms use, and throws for others.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function evaluateMath(expression: string, seriesOf: Scope['seriesOf'], quotaOf: QuotaOf = noQuota): Series {
  const parsed = PARSED.get(expression) ?? jsep(expression);
  PARSED.set(expression, parsed);
  const result = evaluate(parsed, { seriesOf, quotaOf });
  if (typeof result === 'number') {
    throw new Error(`the expression must result in a time series: ${expression}`);
  }
  return result;
}

function evaluate(node: Expression, scope: Scope): Operand {
  switch (node.type) {
    case 'Literal':
      return Number((node as Literal).value);
    case 'Identifier':
      return scope.seriesOf((node as Identifier).name);
    case 'UnaryExpression':
      return negated(node as UnaryExpression, scope);
    case 'BinaryExpression': {
      const { operator, left, right } = node as BinaryExpression;
      return operated(operator, evaluate(left, scope), evaluate(right, scope));
    }
    case 'CallExpression':
      return called(node as CallExpression, scope);
    default:
      throw unsupported(node.type);
  }
}

function negated({ operator, argument }: UnaryExpression, scope: Scope): Operand {
  if (operator !== '-') {
    throw unsupported(operator);
  }
  return operated('-', 0, evaluate(argument, scope));
}

/** If only one of two time series has a value, the missing value is 0. */
function operated(operator: string, left: Operand, right: Operand): Operand {
  const perform = OPERATORS[operator];
  if (!perform) {
    throw unsupported(operator);
  }
  if (typeof left === 'number' && typeof right === 'number') {
    return perform(left, right)!;
  }
  const isOfTwo = typeof left !== 'number' && typeof right !== 'number';
  return overEach([left, right], ([one, other]) => {
    const isMissing = isOfTwo ? one === undefined && other === undefined : one === undefined || other === undefined;
    return isMissing ? undefined : perform(one ?? 0, other ?? 0);
  });
}

function called({ callee, arguments: given }: CallExpression, scope: Scope): Operand {
  const name = (callee as Identifier).name;
  const operands = () => given.map((argument) => evaluate(argument, scope));
  switch (name) {
    case 'FILL':
      return overEach(operands(), ([value, filler]) => value ?? filler);
    case 'IF':
      return overEach(operands(), ([condition, whenTrue, whenFalse]) => (
        condition === undefined ? undefined : condition === 0 ? whenFalse : whenTrue ?? 0
      ));
    case 'MAX':
      return reduced(given, scope, Math.max);
    case 'MIN':
      return reduced(given, scope, Math.min);
    case 'SUM':
      return reduced(given, scope, (...values) => values.reduce((sum, value) => sum + value, 0));
    case 'SERVICE_QUOTA':
      return quotas(given, scope);
    default:
      throw unsupported(name);
  }
}

/** Of an array of time series. AWS advises against these functions for a single one in an alarm. */
function reduced([argument]: Expression[], scope: Scope, reduce: (...values: number[]) => number): Operand {
  if (argument.type !== 'ArrayExpression') {
    throw unsupported('a function of one time series that results in a scalar');
  }
  const elements = (argument as ArrayExpression).elements.map((element) => evaluate(element!, scope));
  return overEach(elements, (values) => {
    const present = values.filter((value) => value !== undefined);
    return present.length === 0 ? undefined : reduce(...present);
  });
}

/**
 * The quota of a usage metric, as a time series. AWS does not document its value in a period without usage. Without one here,
 * a rate of the quota is dropped in such a period.
 */
function quotas([argument]: Expression[], scope: Scope): Series {
  if (argument.type !== 'Identifier') {
    throw unsupported('the quota of an expression');
  }
  const quota = scope.quotaOf((argument as Identifier).name);
  return overEach([evaluate(argument, scope)], ([usage]) => usage === undefined ? undefined : quota);
}

function noQuota(): never {
  throw unsupported('a quota without its value');
}

function overEach(operands: readonly Operand[], compute: (values: (number | undefined)[]) => number | undefined): Series {
  const length = operands.find((operand) => typeof operand !== 'number')?.length ?? 0;
  return Array.from({ length }, (_, index) => compute(operands.map((operand) => typeof operand === 'number' ? operand : operand[index])));
}

function unsupported(what: string): Error {
  return new Error(`the simulation does not support ${what} in metric math: add it to metric-math.ts with a test`);
}
