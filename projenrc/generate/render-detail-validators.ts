import { isDeepStrictEqual } from 'node:util';
import Ajv from 'ajv';
import standaloneCode from 'ajv/dist/standalone';
import addFormats from 'ajv-formats';
import { eventDefinitions, titleOf } from './event-definitions';
import { typescriptFile, type GeneratedFile } from './generated-file';
import { eventSchema } from './render-schemas';
import type { SchemaFragment } from '../../src/private/contract/field';

interface ObjectSchema {
  readonly required: readonly string[];
  readonly properties: { readonly [name: string]: SchemaFragment };
}

/**
 * The validators of the events' details as code, for consumers: compiling a schema at start would add to each cold start.
 *
 * The detail of an event has all fields of the event before it. The validator of an event checks only what its schema adds, so that
 * the code is not three times as large.
 */
export function detailValidatorFiles(): GeneratedFile[] {
  const ajv = addFormats(new Ajv({ code: { source: true, esm: true, lines: true } }));
  let before: ObjectSchema | undefined;
  const names = eventDefinitions().map((event) => {
    const name = `validate${titleOf(event).replace('Transaction', '')}Fields`;
    const schema = rulesOf(eventSchema(event));
    ajv.addSchema(before ? additionTo(before, schema) : schema, name);
    before = schema;
    return [name, name] as const;
  });
  return [typescriptFile(
    'consumer/generated/validate-fields.ts',
    `/* eslint-disable -- ajv writes the code */\n// @ts-nocheck ajv writes no types\n${standaloneCode(ajv, Object.fromEntries(names))}`,
  )];
}

/** A schema without the texts for people. */
function rulesOf({ $schema: _, title: __, description: ___, ...rules }: SchemaFragment): ObjectSchema & SchemaFragment {
  const { required, properties } = rules as unknown as ObjectSchema;
  const undocumented = Object.entries(properties).map(([name, { description: ____, ...rule }]) => [name, rule]);
  return { ...rules, required, properties: Object.fromEntries(undocumented) };
}

/** What a schema requires in addition to another one. */
function additionTo(before: ObjectSchema, { required, properties }: ObjectSchema): SchemaFragment {
  return {
    type: 'object',
    required: required.filter((name) => !before.required.includes(name)),
    properties: Object.fromEntries(Object.entries(properties).filter(([name, rule]) => !isDeepStrictEqual(rule, before.properties[name]))),
  };
}
