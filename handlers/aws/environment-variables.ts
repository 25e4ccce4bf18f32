/** Reads an environment variable that the construct sets. If it is missing, the deployment is wrong. */
export function required(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`the environment variable ${name} is not set`);
  }
  return value;
}

/** Reads a configuration that the construct passes as JSON. */
export function requiredJson<T>(name: string): T {
  return JSON.parse(required(name)) as T;
}

/** Reads a configuration that the construct passes as JSON to some systems. */
export function optionalJson<T>(name: string): T | undefined {
  const value = process.env[name];
  return value ? JSON.parse(value) as T : undefined;
}

/** Reads a number that the construct sets for some systems. */
export function optionalNumber(name: string): number | undefined {
  const value = process.env[name];
  return value ? Number(value) : undefined;
}
