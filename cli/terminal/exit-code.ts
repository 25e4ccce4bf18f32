/** The exit codes of every command. */
export const ExitCode = {
  DONE: 0,
  /** A call failed. Run the command again. */
  FAILED: 1,
  /** The arguments are wrong, or a confirmation is missing. */
  USAGE: 2,
  /** The command has done what it can, and something remains. */
  REMAINS: 3,
  /** Nothing matches. */
  NOT_FOUND: 4,
  /** Ended by Ctrl-C. */
  INTERRUPTED: 130,
} as const;

export type ExitCodeValue = (typeof ExitCode)[keyof typeof ExitCode];
