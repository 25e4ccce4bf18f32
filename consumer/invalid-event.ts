/** The value is not an event of the system, or breaks the JSON Schema of its version. */
export class InvalidEventError extends Error {
  public readonly name: string = 'InvalidEventError';
  /** The first field that is wrong, such as `detail.amount`. `event` if the value as a whole is wrong. */
  public readonly field: string;

  /** The message contains no value of the event, so it can be logged. */
  public constructor(field: string, problem: string) {
    super(`${field} ${problem}`);
    this.field = field;
  }
}
