import type { Observations, Observed } from '../../../local/observe/observations';
import type { Outcome } from '../../../local/observe/outcome';
import type { Case } from '../../../local/scenario/case';
import { rejected } from '../../../local/scenario/expectations';
import type { Result } from '../../../local/scenario/result';
import { runScenario, unexpectedRecords } from '../../../local/scenario/runner';
import type { ScenarioContext } from '../../../local/scenario/scenario-context';
import { NOTHING, tracesOf } from '../items';

// Waiting uses the clock below.
jest.mock('node:timers/promises', () => ({ setTimeout: async () => undefined }));

const HIGH: Outcome = {
  answer: '200 stored',
  item: 'captured 25,000.00 USD',
  events: 'received, assessed',
  rule: 'high',
  verdict: 'approve (30)',
  reasons: 'one (+10); another (+20)',
  alert: 'High',
  audit: '4',
};
const request = { provider: 'stripe', id: 'evt_1', body: '{}' } as const;
const high: Case = { name: 'high', eventIds: ['evt_1'], requests: [request], expected: HIGH };

/** The observations at each poll. The last one repeats. */
function observations(...looks: Observed[]): Observations {
  let look = 0;
  return { refresh: async () => looks[Math.min(look++, looks.length - 1)] } as unknown as Observations;
}

function context(answer: () => Promise<{ status: number; body: string }>): ScenarioContext {
  return { sender: { send: answer } } as unknown as ScenarioContext;
}

const stored = context(async () => ({ status: 200, body: '{"result":"stored"}' }));

async function run(cases: readonly Case[], at: ScenarioContext, observed: Observations) {
  const reported: Result[] = [];
  const report = await runScenario(cases, at, observed, { waiting: () => undefined, result: (result) => reported.push(result) });
  return { report, reported };
}

describe('perform', () => {
  beforeEach(() => {
    jest.spyOn(Date, 'now').mockImplementation(() => clock);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  // The duration of each poll.
  let clock = 0;
  const hurrying = (seconds: number, looks: Observations): Observations => ({
    refresh: async () => {
      clock += seconds * 1000;
      return looks.refresh();
    },
  } as unknown as Observations);

  test('waits for late results', async () => {
    const { report, reported } = await run([high], stored, hurrying(2, observations(NOTHING, NOTHING, tracesOf('evt_1'))));

    expect(report).toEqual({ results: [{ name: 'high', expected: HIGH, actual: HIGH, alerts: [] }], unexpected: [] });
    expect(reported).toHaveLength(1);
  });

  test('keeps the alerts of a case that shows them', async () => {
    const { report } = await run([{ ...high, showsAlerts: true }], stored, hurrying(2, observations(tracesOf('evt_1'))));

    expect(report.results[0].alerts).toEqual([{ subject: 'High: captured', text: 'High: alert of evt_1' }]);
  });

  test('times out and reports the missing results', async () => {
    const { report } = await run([high], stored, hurrying(70, observations(NOTHING)));

    expect(report.results[0].actual).toEqual(rejected('200 stored'));
  });

  test('reports a line again if excess results change it', async () => {
    const forged: Case = { ...high, expected: rejected('200 stored') };

    const { report, reported } = await run([forged], stored, hurrying(2, observations(NOTHING, tracesOf('evt_1'))));

    expect(reported.map(({ actual }) => actual)).toEqual([rejected('200 stored'), HIGH]);
    expect(report.results[0].actual).toEqual(HIGH);
  });

  test('continues if a request gets no answer', async () => {
    const silent = context(async () => {
      throw new Error('timeout');
    });

    const { report } = await run([high, { ...high, name: 'another' }], silent, hurrying(70, observations(NOTHING)));

    expect(report.results.map(({ actual }) => actual.answer)).toEqual(['failed: timeout', 'failed: timeout']);
  });

  test('sends requests one after the other, or in parallel if the case says so', async () => {
    let open = 0;
    let most = 0;
    const counting = context(async () => {
      most = Math.max(most, ++open);
      await Promise.resolve();
      open--;
      return { status: 401, body: '{"error":"no"}' };
    });
    const three: Case = { ...high, requests: [request, request, request], expected: rejected('3 × 401 no') };

    await run([three], counting, hurrying(2, observations(NOTHING)));
    const mostInTurn = most;
    await run([{ ...three, inParallel: true }], counting, hurrying(2, observations(NOTHING)));

    expect([mostInTurn, most]).toEqual([1, 3]);
  });
});

test('unexpectedRecords returns the messages in the dead-letter queue that no case announces, also about its event', () => {
  const observed = { ...tracesOf('evt_1'), deadLetters: ['about evt_1', 'about evt_1'] };

  expect(unexpectedRecords([{ ...high, deadLetters: 1 }], observed)).toEqual(['messages in the dead-letter queue: 1']);
  expect(unexpectedRecords([{ ...high, deadLetters: 2 }], observed)).toEqual([]);
});

test('unexpectedRecords returns the results that belong to no case', () => {
  const { items, ...others } = tracesOf('evt_2');
  const observed = { ...others, items: [...items, ...tracesOf('evt_1').items], deadLetters: ['letter'] };

  expect(unexpectedRecords([high], observed)).toEqual([
    'items in the table: 1',
    'events on the bus: 3',
    'matches of rules: 2',
    'alerts: 1',
    'changes in the archive: 4',
    'messages in the dead-letter queue: 1',
  ]);
  expect(unexpectedRecords([high], tracesOf('evt_1'))).toEqual([]);
});
