import { valueAt } from './json-path';

/** The first of several places that holds what can be read: providers write one thing here and there. */
export function firstAt<T>(json: unknown, paths: readonly string[], read: (value: unknown) => T | undefined): T | undefined {
  return paths.map((path) => read(valueAt(json, path))).find((value) => value !== undefined);
}

/** Reads whatever is there; null says that nothing is. */
export function present(value: unknown): unknown {
  return value ?? undefined;
}
