import { runArchival } from './archival-part';
import { runDetector } from './detector-part';
import { FAULTS, KILLS, type FaultName } from './fault';
import type { FaultOptions } from './fault-options';
import { FaultPlan } from './fault-plan';
import type { FaultRow, Part, PartResult } from './fault-row';
import type { Trust } from './faulty-function';
import { runRelay } from './relay-part';
import { runSweep } from './sweep-part';
import { runValidator } from './validator-part';
import { runWholeWay } from './whole-way';
import { CERTIFICATE_URL } from '../../handlers/providers/paypal/sample-certificates';
import { payPalSender } from '../../handlers/providers/paypal/samples';

/** Most rows wait most of the time. */
const PARALLEL_ROWS = 3;
/** The share of the calls with a fault. After a kill, the process needs time to start again. */
const RATE = { calls: 0.2, kills: 0.1 };

type Run = (size: number, plan: FaultPlan, trust: Trust) => Promise<PartResult>;
interface PlannedRow {
  readonly part: Part;
  readonly fault: FaultRow['fault'];
  readonly run: (seed: number) => Promise<FaultRow>;
}

const PARTS: readonly (readonly [part: Part, run: Run, hasPartialAnswers: boolean])[] = [
  ['validator', runValidator, false],
  ['relay', runRelay, true],
  ['archival', runArchival, false],
  ['detector', runDetector, true],
  ['sweep', runSweep, true],
];

/** Runs each part under each fault. Calls `onRow` for each finished row, and returns all rows in the order of the table. */
export async function runFaults({ size, seed, only }: FaultOptions, onRow: (row: FaultRow) => void): Promise<FaultRow[]> {
  const { root, certificate } = await payPalSender();
  const trust = { trustedRoot: root.pem, certificates: { [CERTIFICATE_URL]: certificate.pem } };
  const planned: PlannedRow[] = [
    ...PARTS.flatMap(([part, run, hasPartialAnswers]) => FAULTS
      .filter(({ name }) => name !== 'part failed' || hasPartialAnswers)
      .map(({ name }) => rowOf(part, name, async (plan) => run(size, plan, trust)))),
    { part: 'whole way', fault: 'all, 20 %', run: async (rowSeed) => runWholeWay(size, rowSeed, trust) },
  ];
  const chosen = planned.filter(({ part, fault }) => `${part}: ${fault}`.includes(only));
  const rows: FaultRow[] = [];
  let next = 0;
  await Promise.all(Array.from({ length: PARALLEL_ROWS }, async () => {
    while (next < chosen.length) {
      const index = next++;
      rows[index] = await chosen[index].run(seed * 1_000 + planned.indexOf(chosen[index]));
      onRow(rows[index]);
    }
  }));
  return rows;
}

function rowOf(part: Part, fault: FaultName, run: (plan: FaultPlan) => Promise<PartResult>): PlannedRow {
  return {
    part,
    fault,
    run: async (seed) => {
      const plan = new FaultPlan({ seed, faults: [fault], rate: KILLS.includes(fault) ? RATE.kills : RATE.calls, firstOfEach: true });
      const result = await run(plan);
      return { part, fault, injected: plan.injected, ...result };
    },
  };
}
