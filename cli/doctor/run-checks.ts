import { notChecked, type Check, type Finding } from './check';
import { MissingOutput } from './checked-system';
import { deniedAction, isAccessDenied, isUnreachable } from '../terminal/aws-errors';

/** A check and its result. */
export interface CheckResult extends Finding {
  readonly name: string;
}

export interface RunSettings {
  /** The longest time of one check, in milliseconds. */
  readonly checkMillis: number;
  readonly concurrency: number;
  /** Ends all checks. */
  readonly signal: AbortSignal;
  readonly progress: (done: number) => void;
}

/** The error of a check that took too long. */
class CheckTimeout extends Error {
  public readonly name = 'CheckTimeout';
}

/**
 * Runs the checks, some at the same time. The results are in the order of the checks. A check that throws or does not end is
 * not checked, and changes no other result. Throws only if the signal is aborted.
 */
export async function runChecks(checks: readonly Check[], settings: RunSettings): Promise<CheckResult[]> {
  const results = new Array<CheckResult>(checks.length);
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    while (next < checks.length) {
      const index = next++;
      results[index] = { name: checks[index].name, ...await findingOf(checks[index], settings) };
      done += 1;
      settings.progress(done);
    }
  };
  await Promise.all(Array.from({ length: settings.concurrency }, work));
  return results;
}

async function findingOf({ run, actions }: Check, { checkMillis, signal }: RunSettings): Promise<Finding> {
  const ended = new AbortController();
  const timer = setTimeout(() => ended.abort(new CheckTimeout()), checkMillis);
  const interrupt = () => ended.abort(signal.reason);
  signal.addEventListener('abort', interrupt);
  try {
    signal.throwIfAborted();
    // Listens first: a check can be ended while it starts.
    const ending = rejectionBy(ended.signal);
    return await Promise.race([ending, run(ended.signal)]);
  } catch (error) {
    signal.throwIfAborted();
    return unchecked(ended.signal.aborted ? ended.signal.reason : error, actions, checkMillis);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', interrupt);
  }
}

/** A call that ignores the signal must not delay the result. */
async function rejectionBy(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));
}

function unchecked(error: unknown, actions: readonly string[], checkMillis: number): Finding {
  const { name, message } = error as Error;
  if (error instanceof CheckTimeout || isUnreachable(error as Error)) {
    return notChecked(`no answer within ${checkMillis / 1000} seconds`, 'Check the network, and run the command again.');
  }
  if (isAccessDenied(error as Error)) {
    return notChecked(`needs ${deniedAction(error as Error) ?? actions.join(', ')}`, 'Allow the action in your role, and run the command again.');
  }
  if (error instanceof MissingOutput) {
    return notChecked(message, 'Deploy the stack with the version of this tool.');
  }
  return notChecked(`${name}: ${message.split('\n')[0]}`);
}
