import { execFileSync } from 'node:child_process';
import type { CandidateBundles, CandidateName } from './candidate-bundles';
import { validatorVariables } from './validator-variables';
import { SCHEME_EVENTS, type SchemeName } from '../../../src/private/contract';
import type { FigureTable } from '../../figures';
import { compareInTurns, type Candidate } from '../../in-turns';

/** Prints the processor time of loading a bundle, in milliseconds. Other work on the machine affects it less than the elapsed time. */
const LOAD = `
  const before = process.cpuUsage();
  require(process.argv[1]);
  const { user, system } = process.cpuUsage(before);
  console.log((user + system) / 1000);
`;

/** Runs a script with a bundle in a fresh process, and returns the number that it prints last. */
export function figureOf(script: string, args: readonly string[], env: NodeJS.ProcessEnv, node = process.execPath): number {
  const output = execFileSync(node, ['-e', script, ...args], { env, encoding: 'utf8' });
  return Number(output.trim().split('\n').at(-1));
}

/** The processor time of loading a bundle in a fresh process, in milliseconds. */
export function loadTime(bundle: string, env: NodeJS.ProcessEnv, node?: string): number {
  return figureOf(LOAD, [bundle], env, node);
}

/** What it takes to load a bundle in a fresh process. */
export async function measureLoads(bundles: CandidateBundles, rounds: number): Promise<FigureTable> {
  const candidate = (name: CandidateName, id: string, label: string, schemes?: readonly SchemeName[]): Candidate => ({
    id: `cold/load/${id}`, label, measure: () => loadTime(bundles.fileOf(name), validatorVariables(schemes)),
  });
  return {
    id: 'cold/load',
    title: 'Load of a bundle',
    description: 'Processor time to load a bundle in a fresh process, after Node has started. The baseline is the SDK\'s client of DynamoDB alone.',
    rows: await compareInTurns([
      candidate('dynamodb-client', 'dynamodb-client', 'SDK, client of DynamoDB alone'),
      candidate('empty', 'empty', 'empty handler'),
      candidate('ours', 'ours', 'this system'),
      candidate('ours', 'ours-all', 'this system, every provider', Object.keys(SCHEME_EVENTS) as SchemeName[]),
      candidate('sdk-client', 'sdk-clients', 'SDK, clients of both services'),
      candidate('typical', 'typical', 'typical handler'),
    ], 'ms', rounds),
  };
}
