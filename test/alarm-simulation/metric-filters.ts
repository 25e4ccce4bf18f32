import type { Template } from 'aws-cdk-lib/assertions';
import jsep, { type BinaryExpression, type Expression, type Identifier, type Literal, type MemberExpression } from 'jsep';
import type { Datapoint } from './metric-store';
import { withReferences } from './template-alarms';
import { theResource } from '../support/system';

jsep.addBinaryOp('=', 6);

interface Transformation {
  readonly MetricNamespace: string;
  readonly MetricName: string;
  readonly MetricValue: string;
  readonly Dimensions: readonly { readonly Key: string; readonly Value: string }[];
}

interface Filter {
  readonly FilterPattern: string;
  readonly MetricTransformations: readonly [Transformation];
}

/**
 * The metric filters of a template, over the lines of the access log in the
 * format that the template sets. They support the comparisons of texts that the
 * template uses.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export class MetricFilters {
  private readonly filters: readonly Filter[];
  private readonly format: string;

  constructor(template: Template) {
    this.filters = Object.values(template.findResources('AWS::Logs::MetricFilter')).map(({ Properties }) => withReferences(Properties));
    this.format = theResource(template, 'AWS::ApiGateway::Stage').Properties.AccessLogSetting.Format;
  }

  /** The line of a request. API Gateway writes `-` for a variable without a value. */
  public lineOf(context: { readonly [variable: string]: string }): string {
    return this.format.replace(/\$context\.([\w.]+)/g, (_, variable: string) => context[variable] ?? '-');
  }

  public datapointsIn(line: string, timestamp: number): Datapoint[] {
    const event = JSON.parse(line) as object;
    return this.filters.filter(({ FilterPattern }) => isMet(jsep(/^\{(.*)\}$/.exec(FilterPattern)![1]), event))
      .map(({ MetricTransformations: [{ MetricNamespace: namespace, MetricName: name, MetricValue, Dimensions }] }) => ({
        namespace,
        name,
        timestamp,
        value: Number(MetricValue),
        dimensions: Object.fromEntries(Dimensions.map(({ Key, Value }) => [Key, String(valueAt(jsep(Value), event))])),
      }));
  }
}

function isMet(node: Expression, event: object): boolean {
  const { operator, left, right } = node as BinaryExpression;
  switch (operator) {
    case '&&':
      return isMet(left, event) && isMet(right, event);
    case '=':
      return valueAt(left, event) === (right as Literal).value;
    case '!=':
      return valueAt(left, event) !== (right as Literal).value;
    default:
      throw new Error(`the simulation does not support ${operator ?? node.type} in a filter pattern: add it to metric-filter.ts`);
  }
}

/** The value of a selector such as `$.status`. */
function valueAt(selector: Expression, event: object): unknown {
  const { property } = selector as MemberExpression;
  return (event as { readonly [member: string]: unknown })[(property as Identifier).name];
}
