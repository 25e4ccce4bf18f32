/**
 * Follows a dotted path, `data.items.0.amount`. Own properties only, so that
 * a path like `__proto__` or `constructor` finds what was sent or nothing.
 */
export function valueAt(json: unknown, path: string): unknown {
  let value = json;
  for (const segment of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) {
      return undefined;
    }
    value = (value as { readonly [key: string]: unknown })[segment];
  }
  return value;
}
