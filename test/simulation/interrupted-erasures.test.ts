import { FaultyClients, InjectedFault, type CallFault } from '../cli/support/faulty-clients';
import { differences, fill, JANE, PROVIDER, state, world } from '../cli/support/jane-and-john';
import { Output } from '../handlers/support/output';

beforeAll(async () => world.start());
afterAll(async () => world.stop());
beforeEach(async () => {
  new Output().capture();
  await world.reset();
});

describe('an erasure that is interrupted', () => {
  const runUntil = async (fault?: CallFault): Promise<readonly string[]> => {
    const faulty = new FaultyClients(world.clients, fault);
    await world.erase({ provider: PROVIDER, id: JANE }, faulty.all).catch((error: unknown) => {
      expect(error).toBeInstanceOf(InjectedFault);
    });
    return faulty.calls;
  };
  const CHANGES = /^(Put|Delete|ChangeMessage)/;

  test('at any change, before or after its effect, ends in the same state when it is repeated', async () => {
    await fill();
    const calls = await runUntil();
    const expected = await state();
    const changes = calls.flatMap((name, call) => CHANGES.test(name) ? [call] : []);
    const firstReads = [...new Set(calls.filter((name) => !CHANGES.test(name)))].map((name) => calls.indexOf(name));
    expect({ changes: changes.length, reads: firstReads.length }).toEqual({ changes: expect.any(Number), reads: 7 });

    for (const fault of [...firstReads, ...changes].flatMap((call) => (['before', 'after'] as const).map((when) => ({ call, when })))) {
      await world.reset();
      await fill();
      await runUntil(fault);
      world.queue.showHidden();
      const { result } = await world.erase({ provider: PROVIDER, id: JANE });

      const name = calls[fault.call];
      expect({ fault, name, differences: differences(expected, await state()) }).toEqual({ fault, name, differences: [] });
      expect(result).toMatchObject({ remaining: { transactions: 0, versions: 0, failedBatches: 0 }, notArchived: 0 });
    }
  }, 600_000);

  test('by another one at the same time ends in the same state', async () => {
    await fill();
    await runUntil();
    const expected = await state();
    await world.reset();
    await fill();

    await Promise.all([world.erase({ provider: PROVIDER, id: JANE }), world.erase({ provider: PROVIDER, id: JANE })]);

    expect(differences(expected, await state())).toEqual([]);
  });
});
