import { Command, CommanderError } from 'commander';
import type { AwsConnection } from './aws/aws-clients';
import { addBacktestCommand } from './commands/backtest';
import type { CommandContext, RunCommand } from './commands/command-context';
import { addConsoleCommand } from './commands/console';
import { addCostCommand } from './commands/cost';
import { addDlqCommands } from './commands/dlq';
import { addDoctorCommand } from './commands/doctor';
import { addEraseCommand } from './commands/erase';
import { addFindCommand } from './commands/find';
import { addFitCommand } from './commands/fit';
import { addLabelCommand } from './commands/label';
import { addListenCommand } from './commands/listen';
import { addListCommands } from './commands/lists';
import { addLocalCommand } from './commands/local';
import { addOpenCommands } from './commands/open';
import { addReplayCommand } from './commands/replay';
import { addSendCommand } from './commands/send';
import { explainAwsError } from './terminal/aws-errors';
import { ExitCode, type ExitCodeValue } from './terminal/exit-code';
import { Interruption, OutputClosed } from './terminal/interruption';
import { UsageError } from './terminal/usage-error';
import { visibleText } from './terminal/visible-text';

/** What the tool needs of the process. */
export interface ToolContext extends Omit<CommandContext, 'connection'> {
  readonly version: string;
}

/** The commands, in the order of the help. */
const COMMANDS: ReadonlyArray<(program: Command, run: RunCommand) => void> = [
  addLocalCommand,
  addSendCommand,
  addListenCommand,
  addFindCommand,
  addReplayCommand,
  addDlqCommands,
  addOpenCommands,
  addListCommands,
  addLabelCommand,
  addBacktestCommand,
  addFitCommand,
  addEraseCommand,
  addDoctorCommand,
  addCostCommand,
  addConsoleCommand,
];

/** The tool's commands. `runOf` returns what runs a command of the program. */
export function toolProgram(terminal: Pick<ToolContext['terminal'], 'print' | 'note'>, version: string, runOf: (program: Command) => RunCommand): Command {
  const program = new Command('cdk-webhooks')
    .description('Runs a webhook processing system on this machine, and works on a deployed one.')
    .version(version)
    .option('--profile <name>', 'the profile of your AWS configuration')
    .option('--region <name>', 'the AWS Region of the system')
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.print(text.trimEnd()), writeErr: (text) => terminal.note(text.trimEnd()) })
    .showHelpAfterError('Add --help for the options and examples.');
  COMMANDS.forEach((add) => add(program, runOf(program)));
  inheritSettings(program);
  return program;
}

/** Runs the tool with its arguments and returns the exit code. */
export async function runTool(args: readonly string[], context: ToolContext): Promise<ExitCodeValue> {
  const { terminal, version, signal } = context;
  let exitCode: ExitCodeValue = ExitCode.DONE;
  const program = toolProgram(terminal, version, (created) => async (command) => {
    exitCode = await command({ ...context, connection: created.opts<AwsConnection>() });
  });

  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    return exitCodeOf(error, terminal, signal, program.opts<AwsConnection>());
  }
}

/** Subcommands do not inherit the settings. */
function inheritSettings(parent: Command): void {
  parent.commands.forEach((command) => inheritSettings(command.exitOverride().copyInheritedSettings(parent)));
}

function exitCodeOf(error: unknown, terminal: ToolContext['terminal'], signal: AbortSignal, connection: AwsConnection): ExitCodeValue {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? ExitCode.DONE : ExitCode.USAGE;
  }
  if (error instanceof UsageError) {
    terminal.note(`error: ${error.message}`);
    return ExitCode.USAGE;
  }
  if (signal.aborted || error instanceof Interruption) {
    // If nobody reads the output, as after `| head`, it was complete for them.
    if (!(signal.reason instanceof OutputClosed)) {
      terminal.note('Interrupted. Run the same command again to continue.');
    }
    return ExitCode.INTERRUPTED;
  }
  const { name, message } = error as Error;
  terminal.note(`error: ${explainAwsError(error, connection) ?? visibleText(`${name === 'Error' ? '' : `${name}: `}${message}`)}`);
  return ExitCode.FAILED;
}
