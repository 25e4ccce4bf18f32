/** The command cannot run with these arguments. The tool exits with 2. */
export class UsageError extends Error {
  public readonly name = 'UsageError';
}
