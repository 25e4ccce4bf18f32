import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly quick: boolean;
  /** The names of the groups to run. */
  readonly groups: readonly string[];
  /** The file for the result. */
  readonly json?: string;
  /** Whether to write docs/performance.md, its charts and their data. */
  readonly write: boolean;
}

export const USAGE = `Usage: npx projen bench [options]

  --quick          the smallest size that proves the goals, in less than three minutes
  --group <name>   a group to run; repeat it for more (default: all)
  --json <file>    write the result as JSON
  --write          write docs/performance.md from the result of all groups
  --help           show this text
`;

/** Reads the command line. Throws for an unknown option or group. */
export function benchOptions(args: readonly string[], known: readonly string[]): BenchOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      group: { type: 'string', multiple: true, default: [] },
      json: { type: 'string' },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    return 'help';
  }
  const unknown = values.group.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new Error(`\`--group\` must be one of ${known.join(', ')}, got '${unknown}'.`);
  }
  if (values.write && values.group.length > 0) {
    throw new Error('`--write` needs the result of all groups. Leave out `--group`.');
  }
  return { quick: values.quick, groups: values.group.length > 0 ? values.group : known, json: values.json, write: values.write };
}
