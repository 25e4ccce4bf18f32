import { MINUTE } from './metric-store';
import { SimulatedSystem } from './simulated-system';
import { shortName } from './simulated-template';
import { Traffic, type TrafficOptions } from './traffic';

/** A fault, and the alarms that go off because of it. An entry in a list of `scenarios/` is all that a new one needs. */
export interface Scenario {
  /** What is wrong, as docs/runbook.md shows it. */
  readonly fault: string;
  /** Each alarm that goes to ALARM, without the prefix and the suffix of its name. No other one can. */
  readonly rings: readonly string[];
  readonly start: (system: SimulatedSystem, traffic: Traffic) => void | Promise<void>;
  /** Called each minute after the start, before the webhooks of the minute. */
  readonly each?: (system: SimulatedSystem, minute: number) => Promise<void>;
  /** @default 45 */
  readonly minutes?: number;
  /** The alarms that go off when Lambda gives up, after 23 hours. Their time in the simulation is shorter. */
  readonly atMaximumAge?: readonly string[];
  /** @default - 40 webhooks an hour of each provider */
  readonly traffic?: TrafficOptions;
}

/** The minutes from the start of a fault until each alarm went off. */
export type Rung = ReadonlyMap<string, number>;

const TRAFFIC: TrafficOptions = { perHour: 40 };
const MINUTES = 45;
/** Longer than the evaluation range of the alarms on progress. */
const WARM_UP_MINUTES = 30;
const FIRST_START = Date.parse('2026-02-02T11:00:00Z');
const BETWEEN_STARTS = 3 * 24 * 60 * MINUTE;
export const DAY_MINUTES = 24 * 60;
const HEALTH = 'health';

let starts = 0;

/** A new system. It starts later than the ones before, because the handlers keep secrets and certificates for a time. */
export function newSystem(): SimulatedSystem {
  starts += 1;
  return new SimulatedSystem(FIRST_START + starts * BETWEEN_STARTS);
}

/** Runs a fault in a system that is healthy before. */
export async function runScenario({ start, each = async () => {}, minutes = MINUTES, traffic: options = TRAFFIC }: Scenario): Promise<Rung> {
  const system = newSystem();
  await system.wasReconciled();
  const traffic = new Traffic(options);
  for (let minute = 0; minute < WARM_UP_MINUTES; minute++) {
    await system.minute(async () => traffic.send(system));
  }
  const before = system.board.inAlarm;
  if (before.length > 0) {
    throw new Error(`the system must be healthy before the fault, but these alarms are in ALARM: ${before.join(', ')}`);
  }
  const startedAt = system.now;
  jest.setSystemTime(startedAt);
  await start(system, traffic);
  for (let minute = 0; minute < minutes; minute++) {
    await system.minute(async () => {
      await each(system, minute);
      await traffic.send(system);
    });
  }
  return rungSince(system, startedAt);
}

/** The alarms that went off since a time, the first time of each, without the alarm on the health of the system. */
export function rungSince({ board }: SimulatedSystem, since: number): Rung {
  const rung = new Map<string, number>();
  for (const { alarm, state, at } of board.transitions) {
    const name = shortName(alarm);
    if (state === 'ALARM' && at > since && name !== HEALTH && !rung.has(name)) {
      rung.set(name, (at - since) / MINUTE);
    }
  }
  return rung;
}
