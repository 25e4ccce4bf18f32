import type { Field } from '../../src/private/contract/field';
import { FIELDS } from '../../src/private/contract/fields';

/** A field of the table, with its name. */
export interface NamedField extends Field { readonly name: string }

/** The fields of the table that a predicate selects, in its order. */
export function fieldsWhere(isIncluded: (field: Field) => boolean): NamedField[] {
  return Object.entries<Field>(FIELDS).filter(([, field]) => isIncluded(field)).map(([name, field]) => ({ name, ...field }));
}

/** `card_bin` → `cardBin`. */
export function camelCase(name: string): string {
  return name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}
