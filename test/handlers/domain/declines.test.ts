import { countDeclines } from '../../../handlers/domain/declines';

const BEGIN = Date.UTC(2025, 0, 1);
const decline = (transactionId: string, seconds: number) => ({ transactionId, occurredAt: new Date(BEGIN + seconds * 1_000).toISOString() });

describe('countDeclines', () => {
  test.each<[string, Parameters<typeof countDeclines>[0], number]>([
    ['no events', [], 0],
    ['the events of one transaction within three seconds once', [decline('a', 2.999), decline('a', 0), decline('a', 1)], 1],
    ['those of one transaction three seconds apart separately', [decline('a', 3), decline('a', 0)], 2],
    ['those of two transactions separately', [decline('a', 0), decline('b', 0)], 2],
  ])('counts %s', (_, events, expected) => {
    expect(countDeclines(events)).toBe(expected);
  });
});
