/**
 * An error that the user can fix. It is reported in one line, without a stack
 * trace.
 */
export class LocalFailure extends Error {
  /** @param excerpt the last lines of the log, printed below the message */
  constructor(message: string, public readonly excerpt: readonly string[] = []) {
    super(message);
    this.name = 'LocalFailure';
  }
}
