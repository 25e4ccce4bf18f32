import type { STSClient } from '@aws-sdk/client-sts';
import type { CommandContext } from './command-context';
import { callerName } from '../aws/caller-name';
import { checkAuthor } from '../lists/operator-words';
import { UsageError } from '../terminal/usage-error';

/** Description of the option `--author`. */
export const AUTHOR_OPTION = 'who decides it (default: your name in AWS). The table and the archive keep it';

/** The author of a change: the option, or the name of the caller. */
export async function authorOf(option: string | undefined, sts: STSClient, { signal }: Pick<CommandContext, 'signal'>): Promise<string> {
  const author = option ?? await nameIn(sts, signal);
  checkAuthor(author);
  return author;
}

async function nameIn(sts: STSClient, signal: AbortSignal): Promise<string> {
  try {
    return await callerName(sts, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw new UsageError(`cannot read your name from AWS STS (${(error as Error).name}). Pass it with --author.`);
  }
}
