import type { LeftOut } from '../../cli/local/assembly/left-out';

/** Describes the omitted resources in one line. */
export function describeLeftOut(leftOut: readonly LeftOut[]): string {
  const types = leftOut.map(({ type, count }) => `${type} (${count})`).join(', ');
  return `Left out of the local deployment, because the emulator does not support it: ${types}`;
}
