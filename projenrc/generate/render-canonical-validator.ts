import Ajv2020 from 'ajv/dist/2020';
import standaloneCode from 'ajv/dist/standalone';
import addFormats from 'ajv-formats';
import { fieldsWhere } from './field-list';
import { typescriptFile, type GeneratedFile } from './generated-file';
import { canonicalSchema } from './render-schemas';
import { typescriptInterface, typescriptType } from './typescript-types';
import type { CanonicalField, SchemaFragment } from '../../src/private/contract/field';

const FOLDER = 'handlers/providers/shared/generated';
const NAME = 'validateCanonicalBody';

/**
 * The canonical body's type, the messages for its violations, and its
 * validator as code. Compiling a schema at start would add more to each cold
 * start than the SDK does.
 */
export function canonicalValidatorFiles(): GeneratedFile[] {
  const fields = fieldsWhere(({ canonical }) => canonical !== undefined).map(({ name, canonical }) => ({ name, ...canonical as CanonicalField }));
  return [
    typescriptFile(`${FOLDER}/canonical-body.ts`, [
      typescriptInterface('CanonicalBody', 'The body that a sender of canonical transactions signs.', fields.map(({ name, schema, description, required }) => (
        { name, type: name === 'currency' ? 'string' : typescriptType(schema), optional: !required, description }
      ))),
      '',
      '/** What a field must be, to complete a sentence that begins with its name. */',
      'export const CANONICAL_MESSAGES: { readonly [field: string]: string } = {',
      ...fields.map(({ name, message }) => `  ${name}: '${message}',`),
      '};',
    ].join('\n')),
    typescriptFile(`${FOLDER}/validate-canonical-body.ts`, `/* eslint-disable -- ajv writes the code */\n// @ts-nocheck ajv writes no types\n${validator()}`),
  ];
}

function validator(): string {
  const { $schema, $id, title, description, examples, properties, ...rules } = canonicalSchema();
  const documented = Object.entries(properties as { readonly [name: string]: SchemaFragment });
  const undocumented = documented.map(([name, { description: _, ...rule }]) => [name, rule]);
  const ajv = addFormats(new Ajv2020({ code: { source: true, esm: true, lines: true }, messages: false, allowUnionTypes: true }));
  ajv.addSchema({ ...rules, properties: Object.fromEntries(undocumented) }, NAME);
  return standaloneCode(ajv, { [NAME]: NAME });
}
