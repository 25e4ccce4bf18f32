import { paymentWebhook } from './genuine-webhooks';
import { LARGE_PADDING } from './large-bodies';
import { ScannerNoise } from './scanner-noise';
import { DAY_MINUTES, newSystem, rungSince, type Rung } from './scenario';
import type { SimulatedSystem } from './simulated-system';
import { SILENCE_HOURS, shortName } from './simulated-template';
import { useSimulatedTime } from './simulated-time';
import { Traffic } from './traffic';
import { KEYS } from '../handlers/reconcile/support/stub-api';

// A simulated day takes half a minute on an idle machine.
jest.setTimeout(300_000);

const WARM_UP_MINUTES = 30;
const SILENT = ['silent-stripe', SILENCE_HOURS * 60] as const;

useSimulatedTime();

/** The alarms that go off in a healthy system. */
async function rungIn(
  minutes: number, traffic: Traffic | undefined, each: (system: SimulatedSystem, minute: number) => Promise<void>,
): Promise<Rung> {
  const system = newSystem();
  await system.wasReconciled();
  const warmUp = new Traffic({ perHour: 60 });
  for (let minute = 0; minute < WARM_UP_MINUTES; minute++) {
    await system.minute(async () => (traffic ?? warmUp).send(system));
  }
  const since = system.now;
  for (let minute = 0; minute < minutes; minute++) {
    await system.minute(async () => {
      await traffic?.send(system);
      await each(system, minute);
    });
  }
  return rungSince(system, since);
}

test('no alarm goes off on a normal day, with single failed calls, retries, duplicates and large bodies', async () => {
  const traffic = new Traffic({ perHour: 12 });

  const rung = await rungIn(DAY_MINUTES, traffic, async (system, minute) => {
    if (minute % 180 === 100) {
      // One failed call of a sweep.
      system.faults.table.set('Query', ['InternalServerError']);
    } else if (minute % 180 === 40) {
      // One webhook is answered with 503. Its provider sends it again.
      system.faults.table.set('PutItem', ['InternalServerError']);
      await system.post('stripe', await paymentWebhook('stripe'));
    } else if (minute % 180 === 60) {
      const webhook = await paymentWebhook('adyen');
      await system.post('adyen', webhook);
      await system.post('adyen', webhook);
    } else if (minute % 180 === 80) {
      await system.post('stripe', await paymentWebhook('stripe', { padding: LARGE_PADDING }));
    } else if (minute === 600) {
      // An entry fails once, and Lambda retries the batch.
      system.faults.bus = 'InternalFailure';
    } else if (minute === 601) {
      system.faults.bus = undefined;
    } else if (minute === 700) {
      // An operator looks into the empty queue.
      system.queue.empty(system.now);
    }
  });

  expect([...rung]).toEqual([]);
});

test('in a day without webhooks, only the alarm on the silence of a provider goes off', async () => {
  const rung = await rungIn(DAY_MINUTES, undefined, async () => {});

  expect([...rung]).toEqual([SILENT]);
});

describe('under the noise of scanners', () => {
  test.each<[string, () => Traffic | undefined, (readonly [string, number])[]]>([
    ['a busy system', () => new Traffic({ perHour: 20 }), []],
    ['a quiet system', () => undefined, [SILENT]],
  ])('no alarm of %s goes off', async (_, traffic, expected) => {
    const noise = new ScannerNoise();

    const rung = await rungIn(SILENCE_HOURS * 60 + 120, traffic(), async (system, minute) => {
      await noise.send(system, minute % 120 === 90 ? 500 : 4);
      if (minute === 200) {
        await noise.flood(system);
        await noise.sendLarge(system);
      }
      if (minute >= 250 && minute < 260) {
        await noise.forge(system, minute % 2 === 0 ? 'stripe' : 'adyen', 20);
      }
      if (minute > 300 && minute % 20 === 0) {
        await noise.forge(system, 'paypal', 2);
      }
    });

    expect([...rung]).toEqual(expected);
  });

  test('forged webhooks that look genuine and last for longer than 45 minutes look like a wrong secret', async () => {
    const noise = new ScannerNoise();

    const rung = await rungIn(60, undefined, async (system) => noise.forge(system, 'stripe', 1));

    expect([...rung.keys()]).toEqual(['mostly-rejected-stripe']);
  });
});

test('after the first deployment, alarms on progress go off until there is progress, an alarm on silence until the first webhook, and an alarm on the reconciliation until the first run with an API key', async () => {
  const system = newSystem();
  const states: string[][] = [];

  for (let minute = 0; minute < 65; minute++) {
    // CloudFormation creates the rule of the sweep after the alarms. The first webhook arrives after 20 minutes. Nobody has
    // confirmed the subscription to alerts yet.
    system.faults.sweepRuleDisabled = minute < 2;
    system.faults.recipientUnconfirmed = true;
    // The schedule runs each hour.
    system.reconciliation.apiKey = minute < 25 ? undefined : KEYS.stripe;
    await system.minute(async () => {
      if (minute === 20) {
        await system.post('stripe', await paymentWebhook('stripe'));
      }
    });
    states.push(system.board.inAlarm.map(shortName).filter((name) => name !== 'health'));
  }
  const changes = states.map((names, minute) => [minute + 1, ...names])
    .filter((_, index) => index === 0 || states[index].join() !== states[index - 1].join());

  expect(changes).toEqual([
    [1, 'archival-stopped', 'reconciliation-stopped-stripe', 'relay-stopped', 'silent-stripe', 'sweep-stopped'],
    [3, 'archival-stopped', 'reconciliation-stopped-stripe', 'silent-stripe'],
    [8, 'reconciliation-stopped-stripe', 'silent-stripe'],
    [21, 'reconciliation-stopped-stripe'],
    [61],
  ]);
  expect(system.board.inAlarm).toEqual([]);
});
