import { runScenario } from './scenario';
import { PROCESSING_FAULTS } from './scenarios/processing-faults';
import { PROVIDER_FAULTS } from './scenarios/provider-faults';
import { template, shortName } from './simulated-template';
import { metricAlarmsOf } from './template-alarms';

const SCENARIOS = [...PROVIDER_FAULTS, ...PROCESSING_FAULTS];

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: [
    'nextTick', 'queueMicrotask', 'setImmediate', 'clearImmediate', 'setInterval', 'clearInterval', 'setTimeout', 'clearTimeout', 'performance', 'hrtime',
  ] });
});

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

test.each(SCENARIOS)('$fault', async (scenario) => {
  const rung = await runScenario(scenario);
  require('fs').appendFileSync('/tmp/rung.txt', scenario.fault + ' ' + JSON.stringify([...rung]) + '\n');

  expect([...rung.keys()].sort()).toEqual([...scenario.rings].sort());
});

test('each alarm of the template has a scenario', () => {
  const rung = new Set(SCENARIOS.flatMap(({ rings }) => rings));

  expect(metricAlarmsOf(template).map(({ name }) => shortName(name)).filter((name) => !rung.has(name))).toEqual([]);
});
