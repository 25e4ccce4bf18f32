import type { Command } from 'commander';
import type { SurfaceLine } from './surface-lines';
import { toolProgram } from '../../cli/program';
import { ExitCode } from '../../cli/terminal/exit-code';

/** The commands of the tool with their arguments and options, and the exit codes. */
export function commandLines(): SurfaceLine[] {
  const silent = { print: () => undefined, note: () => undefined };
  return [
    ...linesOfCommand(toolProgram(silent, '0.0.0', () => () => Promise.resolve())),
    ...Object.entries(ExitCode).map(([name, code]) => ({ identifier: `exit code ${code}`, promise: name })),
  ];
}

function linesOfCommand(command: Command, path = command.name()): SurfaceLine[] {
  const given = command.registeredArguments.map((argument) => (argument.required ? `<${argument.name()}>` : `[${argument.name()}]`));
  return [
    { identifier: path, promise: ['command', ...given].join(' ') },
    ...command.options.map(({ flags, mandatory }) => ({ identifier: `${path} ${flags}`, promise: mandatory ? 'required option' : 'option' })),
    ...command.commands.flatMap((subcommand) => linesOfCommand(subcommand, `${path} ${subcommand.name()}`)),
  ];
}
