/** The part of Ajv's errors that is read. */
export interface SchemaViolation {
  /** A JSON pointer below the detail. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: { readonly missingProperty?: string; readonly allowedValues?: readonly string[] };
  readonly message?: string;
}

/** Describes what is wrong with a detail. Names its field, but never its value or a key of its metadata, which come from outside. */
export function describeViolation({ instancePath, params, message }: SchemaViolation): { readonly field: string; readonly problem: string } {
  if (params.missingProperty !== undefined) {
    return { field: `detail.${params.missingProperty}`, problem: 'is missing' };
  }
  const [, name] = instancePath.split('/');
  return {
    field: name === undefined ? 'detail' : `detail.${name}`,
    problem: params.allowedValues ? `must be one of ${params.allowedValues.join(', ')}` : String(message),
  };
}
