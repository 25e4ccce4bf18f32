import { isJsonObject, parseJson, parseText } from './json';
import { isPlaceholder } from './secret-text';

/** Reads fields of a secret that is a JSON object; undefined if it is not an object, or lacks one of them or has a placeholder for it. */
export function secretObject<Field extends string>(secret: string, fields: readonly Field[]): Readonly<Record<Field, string>> | undefined {
  const json = parseJson(Buffer.from(secret));
  const values = fields.map((field) => [field, isJsonObject(json) && Object.hasOwn(json, field) ? parseText(json[field]) : undefined] as const);
  return values.every(([, value]) => value !== undefined && !isPlaceholder(value)) ? Object.fromEntries(values) as Record<Field, string> : undefined;
}
