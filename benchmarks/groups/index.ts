import { cold } from './cold';
import { cost } from './cost';
import { cpu } from './cpu';
import { growth } from './growth';
import { handler } from './handler';
import { local } from './local';
import { synth } from './synth';
import { throughput } from './throughput';
import type { Group } from '../figures';

/** Every group, in the order of the report. */
export const GROUPS: readonly Group[] = [cold, cpu, handler, throughput, cost, growth, local, synth];
