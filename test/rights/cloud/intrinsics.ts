/** Finds what a template refers to. */
export interface References {
  ref(name: string): string;
  attribute(logicalId: string, attribute: string): string;
}

/** Replaces the references in a part of a template. Throws for an intrinsic function that it does not support. */
export function resolve(value: any, references: References): any {
  if (Array.isArray(value)) {
    return value.map((element) => resolve(element, references));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const [name] = Object.keys(value);
  if (name !== 'Ref' && !name?.startsWith('Fn::')) {
    return Object.fromEntries(Object.entries(value).map(([key, content]) => [key, resolve(content, references)]));
  }
  return resolveFunction(name, value[name], references);
}

function resolveFunction(name: string, argument: any, references: References): unknown {
  switch (name) {
    case 'Ref':
      return references.ref(argument);
    case 'Fn::GetAtt':
      return references.attribute(argument[0], argument[1]);
    case 'Fn::Join':
      return resolve(argument[1], references).join(argument[0]);
    case 'Fn::Sub':
      return substitute(argument, references);
    default:
      throw new Error(`the tests do not support ${name}: add it to test/rights/cloud/intrinsics.ts`);
  }
}

function substitute(text: string, references: References): string {
  return text.replace(/\$\{([^}]+)\}/g, (_, name: string) => {
    const [logicalId, attribute] = name.split('.');
    return attribute === undefined ? references.ref(logicalId) : references.attribute(logicalId, attribute);
  });
}
