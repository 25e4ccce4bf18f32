import Ajv from 'ajv';
import type { Datapoint } from './metric-store';

/** The schema of the specification, for what the handlers write. */
const SCHEMA = {
  type: 'object',
  required: ['_aws'],
  properties: {
    _aws: {
      type: 'object',
      required: ['Timestamp', 'CloudWatchMetrics'],
      properties: {
        Timestamp: { type: 'integer', minimum: 0 },
        CloudWatchMetrics: {
          type: 'array',
          items: {
            type: 'object',
            required: ['Namespace', 'Dimensions', 'Metrics'],
            properties: {
              Namespace: { type: 'string', minLength: 1, maxLength: 1024 },
              Dimensions: {
                type: 'array',
                minItems: 1,
                items: { type: 'array', minItems: 0, maxItems: 30, items: { type: 'string', minLength: 1, maxLength: 250 } },
              },
              Metrics: {
                type: 'array',
                maxItems: 100,
                items: {
                  type: 'object',
                  required: ['Name'],
                  properties: {
                    Name: { type: 'string', minLength: 1, maxLength: 1024 },
                    Unit: { enum: ['Count', 'Milliseconds', 'Seconds', 'None'] },
                    StorageResolution: { const: 60 },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
};

const isValid = new Ajv().compile<EmbeddedMetrics>(SCHEMA);

interface EmbeddedMetrics {
  readonly _aws: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
  readonly [member: string]: unknown;
}

/**
 * The datapoints in a line of a log, as CloudWatch extracts them: one for each
 * metric and set of dimensions. A line without `_aws` has none. CloudWatch skips
 * an invalid line in silence, so this throws.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function datapointsIn(text: string): Datapoint[] {
  const line = JSON.parse(text) as { readonly [member: string]: unknown };
  if (!('_aws' in line)) {
    return [];
  }
  if (!isValid(line)) {
    throw new Error(`the line is not in the embedded metric format: ${JSON.stringify(isValid.errors)}`);
  }
  const { _aws: { Timestamp: timestamp, CloudWatchMetrics: directives } } = line;
  return directives.flatMap(({ Namespace: namespace, Dimensions, Metrics }) => Metrics.flatMap(({ Name: name }) => Dimensions.map((set) => ({
    namespace,
    name,
    timestamp,
    value: numberIn(line, name),
    dimensions: Object.fromEntries(set.map((dimension) => [dimension, textIn(line, dimension)])),
  }))));
}

function numberIn(line: EmbeddedMetrics, name: string): number {
  const value = line[name];
  if (typeof value !== 'number') {
    throw new Error(`the line is not in the embedded metric format: the metric ${name} has no number`);
  }
  return value;
}

function textIn(line: EmbeddedMetrics, name: string): string {
  const value = line[name];
  if (typeof value !== 'string' || value === '' || value.length > 1024) {
    throw new Error(`the line is not in the embedded metric format: the dimension ${name} has no text of 1 to 1,024 characters`);
  }
  return value;
}
