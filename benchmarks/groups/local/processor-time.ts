import { readFileSync } from 'node:fs';

/** The kernel counts the processor time of processes in hundredths of a second. */
const TICKS_PER_SECOND = 100;

/**
 * Seconds of processor time of the child processes that have ended, and of theirs. 0 on systems without /proc.
 *
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
export function processorSecondsOfChildren(): number {
  if (process.platform !== 'linux') {
    return 0;
  }
  // The name of the command is in parentheses and can contain spaces. The fields `cutime` and `cstime` are the 16th and 17th.
  const fields = readFileSync('/proc/self/stat', 'utf8').replace(/^.*\) /s, '').split(' ');
  return (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND;
}
