import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { Aws } from 'aws-cdk-lib';
import { SchemaRegistry } from '../../../src';
import { busEvent } from '../../consumer/support/deliveries';
import { synthesize, templateOf } from '../../support/system';

const SOURCE = 'webhook-processing-system.test';
const DETAIL_TYPES = { TransactionReceived: 'transaction.received', TransactionAssessed: 'transaction.assessed', TransactionBlocked: 'transaction.blocked' } as const;
const template = templateOf({ environmentSuffix: 'test', schemaRegistry: SchemaRegistry.create() });
const schemas = Object.values(template.findResources('AWS::EventSchemas::Schema')).map(({ Properties }) => Properties);
const documents = Object.fromEntries(schemas.map(({ SchemaName, Content }) => [SchemaName.split('@')[1], JSON.parse(Content)]));

/** The keywords of OpenAPI 3.0 that have the meaning of JSON Schema: https://spec.openapis.org/oas/v3.0.3#schema-object. */
const OPENAPI_3_0 = [
  'title', 'maximum', 'minimum', 'maxLength', 'minLength', 'pattern', 'maxProperties', 'required', 'enum', 'type', 'items', 'properties',
  'additionalProperties', 'description', 'format',
];

/** The keywords of a schema and of the schemas below it. */
function keywordsIn(schema: any): string[] {
  const parts = [...Object.values(schema.properties ?? {}), schema.items, schema.additionalProperties].filter((part) => typeof part === 'object');
  return [...Object.keys(schema), ...parts.flatMap(keywordsIn)];
}

test('no schemas are created by default', () => {
  templateOf({ environmentSuffix: 'test' }).resourceCountIs('AWS::EventSchemas::Schema', 0);
  templateOf({ environmentSuffix: 'test' }).resourceCountIs('AWS::EventSchemas::Registry', 0);
});

test('each detail type has a schema, with the name that schema discovery would give it', () => {
  expect(schemas.map(({ SchemaName }) => SchemaName)).toEqual(Object.keys(DETAIL_TYPES).map((title) => `${SOURCE}@${title}`));
});

test('the created registry has a name with a suffix, and none without', () => {
  const registryNames = (props: object) => Object.values(templateOf({ ...props, schemaRegistry: SchemaRegistry.create() }).findResources('AWS::EventSchemas::Registry'))
    .map(({ Properties }) => Properties.RegistryName);

  expect(registryNames({ environmentSuffix: 'test' })).toEqual(['payment-events-test']);
  expect(registryNames({})).toEqual([undefined]);
  expect(schemas[0].RegistryName).toEqual({ 'Fn::GetAtt': [expect.stringContaining('EventSchemas'), 'RegistryName'] });
});

test('an existing registry gets the schemas, also if its name is known only at deployment', () => {
  for (const name of ['shop', Aws.STACK_NAME]) {
    const { template: existing, stack } = synthesize({ schemaRegistry: SchemaRegistry.fromRegistryName(name) });

    existing.resourceCountIs('AWS::EventSchemas::Registry', 0);
    existing.allResourcesProperties('AWS::EventSchemas::Schema', { RegistryName: stack.resolve(name) });
  }
});

test.each(['', 'a'.repeat(65), 'my registry', 'aws.events', 'discovered-schemas'])('the registry name \'%s\' is rejected', (name) => {
  expect(() => SchemaRegistry.fromRegistryName(name)).toThrow(`\`registryName\` must be the name of a registry of yours, of 1 to 64 letters, digits, '.', '-' or '_', got: '${name}'`);
});

describe.each(Object.entries(DETAIL_TYPES))('the document of %s', (title, detailType) => {
  const { openapi, info, paths, components } = documents[title];

  test('uses only keywords of OpenAPI 3.0', () => {
    expect({ openapi, info, paths }).toEqual({ openapi: '3.0.0', info: { version: '1.0.0', title }, paths: {} });
    expect(keywordsIn(components.schemas[title]).filter((keyword) => !OPENAPI_3_0.includes(keyword))).toEqual([]);
  });

  test('names the event for code bindings', () => {
    expect(components.schemas.AWSEvent).toMatchObject({ 'x-amazon-events-detail-type': detailType, 'x-amazon-events-source': SOURCE });
  });

  test('accepts the event, and rejects one without its detail', () => {
    const validate = addFormats(new Ajv({ strict: false })).compile({ ...components.schemas.AWSEvent, components });

    expect(validate(JSON.parse(JSON.stringify(busEvent({}, detailType))))).toBe(true);
    expect(validate(JSON.parse(JSON.stringify(busEvent({ currency: undefined }, detailType))))).toBe(false);
    expect(validate({ ...busEvent({}, detailType), detail: undefined })).toBe(false);
  });
});
