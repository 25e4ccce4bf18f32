import { MINUTE } from './metric-store';
import { newSystem } from './scenario';
import { shortName } from './simulated-template';
import { useSimulatedTime } from './simulated-time';
import { Traffic } from './traffic';

useSimulatedTime();

test('the alarm on missed events goes off once while an endpoint is disabled, and returns to OK after two intervals without one', async () => {
  const system = newSystem();
  await system.wasReconciled();
  const traffic = new Traffic({ perHour: 12 });
  const start = system.now;

  for (let minute = 0; minute < 6 * 60; minute++) {
    if (minute === 10) {
      traffic.disableEndpoint('stripe');
    } else if (minute === 130) {
      traffic.enableEndpoint('stripe');
    }
    await system.minute(async () => traffic.send(system));
  }

  const changes = system.board.transitions.filter(({ alarm }) => shortName(alarm) === 'events-missed-stripe')
    .map(({ state, at }) => [(at - start) / MINUTE, state]);
  // Runs are at 60, 120 and 180 minutes. The one at 180 minutes finds the last missed events.
  expect(changes).toEqual([[1, 'OK'], [61, 'ALARM'], [301, 'OK']]);
});
