import { type Command, Option } from 'commander';
import type { CommandContext } from './command-context';
import { connectToSystem, resourceOf, type SystemOptions } from './system-options';
import { DEAD_LETTER_ORIGINS, type DeadLetterOrigin } from '../dead-letters/dead-letter';
import type { DeadLetterFilter } from '../dead-letters/dead-letter-groups';
import { countOf } from '../terminal/aligned-rows';

/** The options that choose messages. */
export interface LetterFilterOptions extends SystemOptions {
  readonly origin?: DeadLetterOrigin;
  readonly error?: string;
  readonly id?: string;
  readonly json?: boolean;
}

/** The dead-letter queue of the system. */
export async function queueOf(options: SystemOptions, context: CommandContext) {
  const system = await connectToSystem(options, context);
  return { client: system.clients.sqs, queueUrl: resourceOf(system, 'DeadLetterQueueUrl'), signal: context.signal };
}

/** The filter of the options. */
export function letterFilterOf({ origin, error, id }: LetterFilterOptions): DeadLetterFilter {
  return { origin, error, id };
}

/** Shows how many messages were read. */
export function readProgress({ terminal }: CommandContext): (read: number) => void {
  return (read) => terminal.progress(`${countOf(read, 'message')} read`);
}

/** Adds the options that choose messages. */
export function addLetterFilter(command: Command): Command {
  return command
    .addOption(new Option('--origin <origin>', 'only messages of this origin').choices([...DEAD_LETTER_ORIGINS]))
    .option('--error <text>', 'only messages whose error contains this text');
}
