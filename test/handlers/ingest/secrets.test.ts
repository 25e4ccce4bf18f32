import { SecretCache } from '../../../handlers/ingest/secrets';
import { Metric } from '../../../src/private/contract';
import { answerJsonCalls, serviceException, type JsonCall } from '../support/json-calls';
import { Output } from '../support/output';
import { ServiceError } from '../support/service-error';

const output = new Output();
const CREATED = Date.parse('2026-01-31T12:00:00Z');
const HOUR = 3_600_000;
const MINUTE = 60_000;

/** The versions in Secrets Manager, by `<arn> <stage>`. */
const versions = new Map<string, string>();
let isDown: boolean;
let reads: string[];
let calls: readonly JsonCall[];
/** Replaces the answers of Secrets Manager. */
const answer = (secret: () => object) => { calls = answerJsonCalls('secretsmanager', secret); };
const fail = (error: Error) => answer(() => { throw error; });

beforeEach(() => {
  output.capture();
  versions.clear();
  isDown = false;
  reads = [];
  calls = answerJsonCalls('secretsmanager', (_, { SecretId, VersionStage }: Readonly<Record<string, string>>) => {
    const name = `${SecretId} ${VersionStage}`;
    reads.push(name);
    if (isDown) {
      throw serviceException('InternalServiceError', { message: 'down' }, 500);
    }
    if (!versions.has(name)) {
      throw new ServiceError('ResourceNotFoundException', 'no such version');
    }
    return { SecretString: versions.get(name), CreatedDate: CREATED / 1_000 };
  });
});

const at = (milliseconds: number) => new Date(CREATED + milliseconds);
/** Long after the rotation, when the previous value is no longer valid. */
const LATER = 1000 * HOUR;

describe('read', () => {
  test('returns the current value, and reads it once in five minutes', async () => {
    versions.set('a AWSCURRENT', 'current');
    const cache = new SecretCache(86400);

    const values = [await cache.read(['a'], at(LATER)), await cache.read(['a'], at(LATER + 5 * MINUTE - 1))];
    versions.set('a AWSCURRENT', 'rotated');
    values.push(await cache.read(['a'], at(LATER + 5 * MINUTE)));

    expect(values).toEqual([['current'], ['current'], ['rotated']]);
    expect(reads).toEqual(['a AWSCURRENT', 'a AWSCURRENT']);
  });

  test('returns the values of all secrets that are set', async () => {
    versions.set('a AWSCURRENT', 'first').set('c AWSCURRENT', 'third');

    const values = await new SecretCache(0).read(['a', 'b', 'c'], at(0));

    expect(values).toEqual(['first', 'third']);
  });

  test('returns the previous value until the end of the grace period, cached or not', async () => {
    versions.set('a AWSCURRENT', 'current').set('a AWSPREVIOUS', 'previous');
    const cache = new SecretCache(3600);

    const values = [await cache.read(['a'], at(HOUR - 1)), await cache.read(['a'], at(HOUR)), await new SecretCache(3600).read(['a'], at(HOUR))];

    expect(values).toEqual([['current', 'previous'], ['current'], ['current']]);
    expect(reads).toEqual(['a AWSCURRENT', 'a AWSPREVIOUS', 'a AWSCURRENT']);
  });

  test('never reads the previous value without a grace period', async () => {
    versions.set('a AWSCURRENT', 'current').set('a AWSPREVIOUS', 'previous');

    const values = await new SecretCache(0).read(['a'], at(0));

    expect(values).toEqual(['current']);
    expect(reads).toEqual(['a AWSCURRENT']);
  });

  test('returns no previous value before the first rotation', async () => {
    versions.set('a AWSCURRENT', 'current');

    expect(await new SecretCache(3600).read(['a'], at(0))).toEqual(['current']);
    expect(reads).toEqual(['a AWSCURRENT', 'a AWSPREVIOUS']);
  });

  test('returns no previous value without a date of the rotation', async () => {
    answer(() => ({ SecretString: 'current' }));

    expect(await new SecretCache(3600).read(['a'], at(0))).toEqual(['current']);
    expect(calls).toHaveLength(1);
  });

  test.each<[string, string | undefined]>([['absent', undefined], ['empty', '']])('treats a value that is %s as not set, and reads it once a minute', async (_, value) => {
    versions.set('a AWSPREVIOUS', 'previous');
    if (value !== undefined) {
      versions.set('a AWSCURRENT', value);
    }
    const cache = new SecretCache(3600);

    const values = [await cache.read(['a'], at(0)), await cache.read(['a'], at(MINUTE - 1))];
    versions.set('a AWSCURRENT', 'current');
    values.push(await cache.read(['a'], at(MINUTE)));

    expect(values).toEqual([[], [], ['current', 'previous']]);
    expect(reads).toEqual(['a AWSCURRENT', 'a AWSCURRENT', 'a AWSPREVIOUS']);
  });

  test('treats a binary secret as not set', async () => {
    answer(() => ({ SecretBinary: Buffer.from('current').toString('base64'), CreatedDate: CREATED / 1_000 }));

    expect(await new SecretCache(0).read(['a'], at(0))).toEqual([]);
  });

  test('returns cached values without a read until they expire', async () => {
    versions.set('a AWSCURRENT', 'current');
    const cache = new SecretCache(0);
    await cache.read(['a'], at(0));
    isDown = true;

    const value = await cache.read(['a'], at(5 * MINUTE - 1));

    expect(value).toEqual(['current']);
    expect(output.counted(Metric.SECRET_OUTDATED)).toBe(0);
  });

  test('uses the last value for an hour while Secrets Manager is down, and reads it once a minute', async () => {
    versions.set('a AWSCURRENT', 'current');
    const cache = new SecretCache(0);
    await cache.read(['a'], at(0));
    isDown = true;
    reads = [];

    const values = [await cache.read(['a'], at(5 * MINUTE)), await cache.read(['a'], at(6 * MINUTE - 1)), await cache.read(['a'], at(HOUR - 1))];

    expect(values).toEqual([['current'], ['current'], ['current']]);
    expect(reads).toHaveLength(2);
    await expect(cache.read(['a'], at(HOUR + MINUTE))).rejects.toThrow('down');
    expect(output.counted(Metric.SECRET_OUTDATED)).toBe(2);
    expect(output.logged('WARN')).toEqual(Array(2).fill({ level: 'WARN', message: 'failed to read secret, using the last one', error: 'InternalServiceError' }));
  });

  test('throws if Secrets Manager is down and a secret was never read or not set', async () => {
    const cache = new SecretCache(0);
    isDown = true;
    await expect(cache.read(['a'], at(0))).rejects.toThrow('down');
    isDown = false;
    await cache.read(['a'], at(0));
    isDown = true;

    await expect(cache.read(['a'], at(MINUTE))).rejects.toThrow('down');
  });

  test('ends the grace period of the previous value while Secrets Manager is down', async () => {
    versions.set('a AWSCURRENT', 'current').set('a AWSPREVIOUS', 'previous');
    const cache = new SecretCache(600);
    await cache.read(['a'], at(0));
    isDown = true;

    expect([await cache.read(['a'], at(9 * MINUTE)), await cache.read(['a'], at(10 * MINUTE))]).toEqual([['current', 'previous'], ['current']]);
  });

  test.each<[string, () => void, string[]]>([
    ['a rotated value', () => versions.set('a AWSCURRENT', 'rotated'), ['rotated']],
    ['no value after the deletion', () => versions.clear(), []],
  ])('returns %s as soon as Secrets Manager answers again', async (_, change, expected) => {
    versions.set('a AWSCURRENT', 'current');
    const cache = new SecretCache(0);
    await cache.read(['a'], at(0));
    isDown = true;
    await cache.read(['a'], at(5 * MINUTE));
    isDown = false;
    change();

    expect(await cache.read(['a'], at(6 * MINUTE))).toEqual(expected);
  });

  test('does not use the last value of a secret that is scheduled for deletion', async () => {
    versions.set('a AWSCURRENT', 'current');
    const cache = new SecretCache(0);
    await cache.read(['a'], at(0));
    fail(serviceException('InvalidRequestException', { message: 'marked for deletion' }));
    await expect(cache.read(['a'], at(5 * MINUTE))).rejects.toThrow('marked for deletion');
    fail(serviceException('InternalServiceError', { message: 'down' }, 500));

    await expect(cache.read(['a'], at(6 * MINUTE))).rejects.toThrow('down');
  });

  test('uses the last value if the call is throttled', async () => {
    versions.set('a AWSCURRENT', 'current');
    const cache = new SecretCache(0);
    await cache.read(['a'], at(0));
    fail(serviceException('ThrottlingException'));

    expect(await cache.read(['a'], at(5 * MINUTE))).toEqual(['current']);
  });

  test('sets a deadline for each call', async () => {
    versions.set('a AWSCURRENT', 'current');

    await new SecretCache(0).read(['a'], at(0));

    expect(calls[0].deadline - Date.now()).toBeLessThanOrEqual(2_500);
  });
});

describe('a value stored from a file', () => {
  test.each([['whsec_1\n'], ['whsec_1\r\n'], ['whsec_1']])('is read without its line break: %j', async (value) => {
    versions.set('a AWSCURRENT', value);

    expect(await new SecretCache(0).read(['a'], at(0))).toEqual(['whsec_1']);
  });
});

describe('reread', () => {
  test('returns the rotated value, and reads it once a minute', async () => {
    versions.set('a AWSCURRENT', 'current');
    const cache = new SecretCache(0);
    await cache.read(['a'], at(0));
    versions.set('a AWSCURRENT', 'rotated');

    const values = [
      await cache.reread(['a'], at(1)), await cache.reread(['a'], at(MINUTE)), await cache.reread(['a'], at(MINUTE + 1)), await cache.read(['a'], at(MINUTE + 2)),
    ];

    expect(values).toEqual([['rotated'], undefined, ['rotated'], ['rotated']]);
    expect(reads).toHaveLength(3);
  });

  test('reads nothing if the secret was read for the same webhook', async () => {
    versions.set('a AWSCURRENT', 'current');
    const cache = new SecretCache(0);
    await cache.read(['a'], at(0));

    expect(await cache.reread(['a'], at(0))).toBeUndefined();
    expect(reads).toHaveLength(1);
  });

  test('reads a secret that was not reread within a minute', async () => {
    versions.set('a AWSCURRENT', 'first').set('b AWSCURRENT', 'second');
    const cache = new SecretCache(0);
    await cache.read(['a', 'b'], at(0));
    await cache.reread(['a'], at(1));

    const values = await cache.reread(['a', 'b'], at(2));

    expect(values).toEqual(['first', 'second']);
    expect(reads.slice(2)).toEqual(['a AWSCURRENT', 'b AWSCURRENT']);
  });

  test('keeps the cached values after a failure, and does not retry for a minute', async () => {
    versions.set('a AWSCURRENT', 'current');
    const cache = new SecretCache(0);
    await cache.read(['a'], at(0));
    isDown = true;

    const values = [await cache.reread(['a'], at(1)), await cache.reread(['a'], at(2)), await cache.read(['a'], at(3))];

    expect(values).toEqual([undefined, undefined, ['current']]);
    expect(reads).toHaveLength(2);
    expect(output.logged('WARN')).toEqual([{ level: 'WARN', message: 'failed to reread secret', error: 'InternalServiceError' }]);
  });

  test('reads nothing if one of several secrets was read for the same webhook: providers wait only seconds', async () => {
    versions.set('a AWSCURRENT', 'first').set('b AWSCURRENT', 'second');
    const cache = new SecretCache(0);
    await cache.read(['a'], at(0));
    await cache.read(['a', 'b'], at(1));

    expect(await cache.reread(['a', 'b'], at(1))).toBeUndefined();
    expect(reads).toHaveLength(2);
  });

  test('finds a new secret before the minute ends', async () => {
    const cache = new SecretCache(0);
    await cache.read(['a'], at(0));
    versions.set('a AWSCURRENT', 'current');

    expect(await cache.reread(['a'], at(1))).toEqual(['current']);
  });
});
