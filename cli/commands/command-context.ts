import type { AwsClients, AwsConnection } from '../aws/aws-clients';
import type { Terminal } from '../terminal/console-terminal';
import type { ExitCodeValue } from '../terminal/exit-code';

/** What a command needs of its surroundings. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Aborted by Ctrl-C. A command stops at the next place where it can be continued. */
  readonly signal: AbortSignal;
  readonly sleep: (millis: number) => Promise<unknown>;
  readonly now: () => Date;
  /** The folder that the tool was started in. */
  readonly folder: string;
  readonly connect: (connection: AwsConnection) => AwsClients;
  /** From the options `--profile` and `--region`. */
  readonly connection: AwsConnection;
}

/** Runs a command with its context, and keeps its exit code. */
export type RunCommand = (command: (context: CommandContext) => Promise<ExitCodeValue>) => Promise<void>;
