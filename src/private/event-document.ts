/** A published JSON Schema of the detail of an event. */
export interface DetailSchema {
  readonly $schema: string;
  readonly title: string;
  readonly description: string;
  readonly dependencies: { readonly [field: string]: readonly string[] };
  readonly [keyword: string]: unknown;
}

const TEXT = { type: 'string' };

/**
 * An event as a document of OpenAPI 3.0, which code bindings need. The event is the component `AWSEvent`, as in the schemas of AWS.
 *
 * The schema of the detail loses `dependencies`, which OpenAPI 3.0 does not have. Its other keywords mean the same there.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-schema-create.html
 * @see https://spec.openapis.org/oas/v3.0.3#schema-object
 */
export function eventDocument({ $schema: _, dependencies: __, ...schema }: DetailSchema, detailType: string, source: string): object {
  return {
    openapi: '3.0.0',
    info: { version: '1.0.0', title: schema.title },
    paths: {},
    components: {
      schemas: {
        AWSEvent: {
          'type': 'object',
          'required': ['detail-type', 'resources', 'detail', 'id', 'source', 'time', 'region', 'version', 'account'],
          'x-amazon-events-detail-type': detailType,
          'x-amazon-events-source': source,
          'properties': {
            'detail': { $ref: `#/components/schemas/${schema.title}` },
            'account': TEXT,
            'detail-type': TEXT,
            'id': TEXT,
            'region': TEXT,
            'resources': { type: 'array', items: TEXT },
            'source': TEXT,
            'time': { type: 'string', format: 'date-time' },
            'version': TEXT,
          },
        },
        [schema.title]: schema,
      },
    },
  };
}
