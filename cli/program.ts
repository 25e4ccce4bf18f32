import { Command, CommanderError } from 'commander';
import type { AwsClients, AwsConnection } from './aws/aws-clients';
import { addEraseCommand, runErase, type CommandContext } from './commands/erase';
import type { Terminal } from './terminal/console-terminal';
import { ExitCode, type ExitCodeValue } from './terminal/exit-code';
import { UsageError } from './terminal/usage-error';

/** What the tool needs of the process. */
export interface ToolContext extends Pick<CommandContext, 'sleep' | 'signal'> {
  readonly terminal: Terminal;
  readonly version: string;
  readonly connect: (connection: AwsConnection) => AwsClients;
}

/** Runs the tool with its arguments and returns the exit code. */
export async function runTool(
  args: readonly string[], { terminal, version, connect, signal, sleep }: ToolContext,
): Promise<ExitCodeValue> {
  let exitCode: ExitCodeValue = ExitCode.DONE;
  const program = new Command('cdk-webhooks')
    .description('Works on a deployed webhook processing system.')
    .version(version)
    .option('--profile <name>', 'the profile of your AWS configuration')
    .option('--region <name>', 'the AWS Region of the system')
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.print(text.trimEnd()), writeErr: (text) => terminal.note(text.trimEnd()) })
    .showHelpAfterError('Add --help for the options and examples.');
  addEraseCommand(program, async (customer, options) => {
    exitCode = await runErase(customer, options, { clients: connect(program.opts<AwsConnection>()), terminal, signal, sleep });
  });
  // Subcommands do not inherit it.
  program.commands.forEach((command) => command.exitOverride().copyInheritedSettings(program));

  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    return exitCodeOf(error, terminal, signal);
  }
}

function exitCodeOf(error: unknown, terminal: Terminal, signal: AbortSignal): ExitCodeValue {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? ExitCode.DONE : ExitCode.USAGE;
  }
  if (error instanceof UsageError) {
    terminal.note(`error: ${error.message}`);
    return ExitCode.USAGE;
  }
  if (signal.aborted) {
    terminal.note('Interrupted. Run the same command again to continue.');
    return ExitCode.INTERRUPTED;
  }
  const { name, message } = error as Error;
  terminal.note(`error: ${name === 'Error' ? '' : `${name}: `}${message}`);
  return ExitCode.FAILED;
}
