/** A person ended the command at a question. */
export class Interruption extends Error {
  public readonly name = 'Interruption';
}

/** The reason of an abort if nobody reads the output anymore, as after `| head`. */
export class OutputClosed extends Error {
  public readonly name = 'OutputClosed';
}
