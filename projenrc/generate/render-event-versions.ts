import { eventMember } from './event-definitions';
import { fieldsWhere } from './field-list';
import type { GeneratedFile } from './generated-file';
import { SCHEMA_VERSION } from '../../src/private/contract';

/** What consumers can rely on within the present version: the type of each field, and the events that have it. */
export function promisedFields(): { readonly [field: string]: string } {
  return Object.fromEntries(fieldsWhere(({ published }) => published !== undefined).map((field) => (
    [field.name, `${field.published}: ${eventMember(field).type}`]
  )));
}

/** The record of the present version. It only grows, so that a test notices if a published field is changed or removed. */
export function eventVersionFiles(): GeneratedFile[] {
  return [{
    path: `test/schemas/version-${SCHEMA_VERSION}.json`,
    render: (current) => `${JSON.stringify({ ...promisedFields(), ...JSON.parse(current || '{}') as object }, null, 2)}\n`,
  }];
}
