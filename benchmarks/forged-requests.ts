/**
 * Measures the processor time that a forged request costs before it is
 * rejected. Prints the most expensive body for each provider.
 *
 *   npx projen benchmark:forged-requests [rounds]
 */
import { cpus } from 'node:os';
import { SCHEME_NAMES } from '../handlers/providers/registry';
import { ALL_SAMPLES } from '../test/handlers/support/all-samples';
import { forgedRequests } from '../test/handlers/support/forged-requests';
import { rejectForged } from '../test/handlers/support/unauthenticated';

const DEFAULT_ROUNDS = 15;
const BYTES = 256 * 1024;

/** The median processor time of a call, in milliseconds. */
async function processorTime(rounds: number, call: () => Promise<unknown>): Promise<number> {
  await call();
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const before = process.cpuUsage();
    await call();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1_000);
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)];
}

async function main(): Promise<void> {
  const rounds = Number(process.argv[2] ?? DEFAULT_ROUNDS);
  console.log(`Median of ${rounds} requests of ${BYTES / 1024} KB, Node ${process.versions.node}, ${cpus().length} cores: ${cpus()[0]?.model}\n`);
  console.log('| provider | most expensive body | milliseconds |\n|---|---|---|');
  for (const name of SCHEME_NAMES) {
    const samples = ALL_SAMPLES[name];
    const measured: { readonly shape: string; readonly time: number }[] = [];
    for (const { shape, webhook } of await forgedRequests(samples, BYTES)) {
      measured.push({ shape, time: await processorTime(rounds, async () => rejectForged(samples, webhook)) });
    }
    const worst = measured.reduce((most, next) => next.time > most.time ? next : most);
    console.log(`| \`${name}\` | ${worst.shape} | ${worst.time.toFixed(1)} |`);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
