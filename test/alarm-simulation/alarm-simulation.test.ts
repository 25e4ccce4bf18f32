import { alarmTable, publishedTable, publishTable } from './alarm-table';
import { runScenario, type Rung, type Scenario } from './scenario';
import { PROCESSING_FAULTS } from './scenarios/processing-faults';
import { PROVIDER_FAULTS } from './scenarios/provider-faults';
import { shortName, template } from './simulated-template';
import { useSimulatedTime } from './simulated-time';
import { metricAlarmsOf } from './template-alarms';

// A simulated day takes half a minute on an idle machine.
jest.setTimeout(300_000);

const SCENARIOS = [...PROVIDER_FAULTS, ...PROCESSING_FAULTS];

useSimulatedTime();

const results: [scenario: Scenario, rung: Rung][] = [];

describe('exactly the expected alarms go off', () => {
  test.each(SCENARIOS)('after: $fault', async (scenario) => {
    const rung = await runScenario(scenario);
    results.push([scenario, rung]);

    expect([...rung.keys()].sort()).toEqual([...scenario.rings].sort());
  });
});

test('each alarm of the template has a scenario', () => {
  const rung = new Set(SCENARIOS.flatMap(({ rings }) => rings));

  expect(metricAlarmsOf(template).map(({ name }) => shortName(name)).filter((name) => !rung.has(name))).toEqual([]);
});

// To update the page, run this file with UPDATE_OUTCOMES=1.
test('the runbook has the faults with their alarms and times', () => {
  const table = alarmTable(results);
  if (process.env.UPDATE_OUTCOMES) {
    publishTable(table);
  }

  expect(publishedTable()).toBe(table);
});
