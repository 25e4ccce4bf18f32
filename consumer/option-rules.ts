/** An environment variable that is not set is the most frequent mistake. */
export function requireName(option: string, value: unknown): void {
  if (typeof value !== 'string' || value === '') {
    throw new TypeError(`\`${option}\` must be a name, got: ${String(value) || 'an empty text'}. Check the environment variables of the function.`);
  }
}

export function requireSeconds(option: string, value: number | undefined): void {
  if (value !== undefined && !(Number.isFinite(value) && value > 0)) {
    throw new TypeError(`\`${option}\` must be a positive number of seconds, got: ${value}`);
  }
}
