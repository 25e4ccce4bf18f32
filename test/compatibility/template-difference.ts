interface Resource {
  readonly Type: string;
  readonly Properties?: { readonly [name: string]: unknown };
}

export interface Template {
  readonly Resources: { readonly [logicalId: string]: Resource };
}

/** How a template differs from an older one, a line for each type of resource. */
export function describeDifference(older: Template, newer: Template): string[] {
  const counts = new Map<string, Map<string, number>>();
  const count = (type: string, what: string) => {
    const ofType = counts.get(type) ?? new Map<string, number>();
    counts.set(type, ofType.set(what, (ofType.get(what) ?? 0) + 1));
  };
  for (const [id, { Type }] of Object.entries(older.Resources)) {
    if (newer.Resources[id] === undefined) {
      count(Type, 'removed');
    }
  }
  for (const [id, resource] of Object.entries(newer.Resources)) {
    const before = older.Resources[id];
    if (before === undefined) {
      count(resource.Type, 'added');
      continue;
    }
    changedNames(before, resource).filter((name) => name !== 'Properties' && name !== 'Metadata').forEach((name) => count(resource.Type, name));
    changedNames(before.Properties ?? {}, resource.Properties ?? {}).forEach((name) => count(resource.Type, name));
  }
  return [...counts].sort(([a], [b]) => a.localeCompare(b))
    .map(([type, ofType]) => `${type}: ${[...ofType].map(([what, times]) => `${what} (${times})`).join(', ')}`);
}

function changedNames(before: object, after: object): string[] {
  const values = (object: object) => new Map(Object.entries(object).map(([name, value]) => [name, JSON.stringify(value)]));
  const [old, current] = [values(before), values(after)];
  return [...new Set([...old.keys(), ...current.keys()])].filter((name) => old.get(name) !== current.get(name)).sort();
}
