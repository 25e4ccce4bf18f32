import {
  GetSecretValueCommand, InternalServiceError, ResourceNotFoundException, SecretsManagerClient, type GetSecretValueCommandInput,
} from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { SecretCache } from '../../../handlers/ingest/secrets';
import { Output } from '../support/output';

const client = mockClient(SecretsManagerClient);
const output = new Output();
const CREATED = Date.parse('2026-01-31T12:00:00Z');
const HOUR = 3_600_000;
const MINUTE = 60_000;

/** What Secrets Manager holds: by `<arn> <stage>`. */
const held = new Map<string, string>();
let isDown: boolean;
let reads: string[];

beforeEach(() => {
  output.capture();
  held.clear();
  isDown = false;
  reads = [];
  client.reset();
  client.on(GetSecretValueCommand).callsFake(({ SecretId, VersionStage }: GetSecretValueCommandInput) => {
    const name = `${SecretId} ${VersionStage}`;
    reads.push(name);
    if (isDown) {
      throw new InternalServiceError({ $metadata: {}, message: 'down' });
    }
    if (!held.has(name)) {
      throw new ResourceNotFoundException({ $metadata: {}, message: 'no such version' });
    }
    return { SecretString: held.get(name), CreatedDate: new Date(CREATED) };
  });
});

const at = (milliseconds: number) => new Date(CREATED + milliseconds);
/** Long after the rotation, when the previous value is of no interest. */
const LATER = 1000 * HOUR;

describe('read', () => {
  test('gives the current value, and asks once in five minutes', async () => {
    held.set('a AWSCURRENT', 'current');
    const cache = new SecretCache(86400);

    const values = [await cache.read(['a'], at(LATER)), await cache.read(['a'], at(LATER + 5 * MINUTE - 1))];
    held.set('a AWSCURRENT', 'rotated');
    values.push(await cache.read(['a'], at(LATER + 5 * MINUTE)));

    expect(values).toEqual([['current'], ['current'], ['rotated']]);
    expect(reads).toEqual(['a AWSCURRENT', 'a AWSCURRENT']);
  });

  test('gives the values of all secrets, of which one being set is enough', async () => {
    held.set('a AWSCURRENT', 'first').set('c AWSCURRENT', 'third');

    const values = await new SecretCache(0).read(['a', 'b', 'c'], at(0));

    expect(values).toEqual(['first', 'third']);
  });

  test('gives the previous value until the grace after the rotation has passed, cached or not', async () => {
    held.set('a AWSCURRENT', 'current').set('a AWSPREVIOUS', 'previous');
    const cache = new SecretCache(3600);

    const values = [await cache.read(['a'], at(HOUR - 1)), await cache.read(['a'], at(HOUR)), await new SecretCache(3600).read(['a'], at(HOUR))];

    expect(values).toEqual([['current', 'previous'], ['current'], ['current']]);
    expect(reads).toEqual(['a AWSCURRENT', 'a AWSPREVIOUS', 'a AWSCURRENT']);
  });

  test('never asks for the previous value where there is no grace', async () => {
    held.set('a AWSCURRENT', 'current').set('a AWSPREVIOUS', 'previous');

    const values = await new SecretCache(0).read(['a'], at(0));

    expect(values).toEqual(['current']);
    expect(reads).toEqual(['a AWSCURRENT']);
  });

  test('before the first rotation there is no previous value', async () => {
    held.set('a AWSCURRENT', 'current');

    expect(await new SecretCache(3600).read(['a'], at(0))).toEqual(['current']);
    expect(reads).toEqual(['a AWSCURRENT', 'a AWSPREVIOUS']);
  });

  test('without a date of the rotation there is no grace', async () => {
    client.on(GetSecretValueCommand).resolves({ SecretString: 'current' });

    expect(await new SecretCache(3600).read(['a'], at(0))).toEqual(['current']);
    expect(client.calls()).toHaveLength(1);
  });

  test.each<[string, string | undefined]>([['absent', undefined], ['empty', '']])('a value that is %s is not set, and is asked for once a minute', async (_, value) => {
    held.set('a AWSPREVIOUS', 'previous');
    if (value !== undefined) {
      held.set('a AWSCURRENT', value);
    }
    const cache = new SecretCache(3600);

    const values = [await cache.read(['a'], at(0)), await cache.read(['a'], at(MINUTE - 1))];
    held.set('a AWSCURRENT', 'current');
    values.push(await cache.read(['a'], at(MINUTE)));

    expect(values).toEqual([[], [], ['current', 'previous']]);
    expect(reads).toEqual(['a AWSCURRENT', 'a AWSCURRENT', 'a AWSPREVIOUS']);
  });

  test('a binary secret is not set', async () => {
    client.on(GetSecretValueCommand).resolves({ SecretBinary: Buffer.from('current'), CreatedDate: new Date(CREATED) });

    expect(await new SecretCache(0).read(['a'], at(0))).toEqual([]);
  });

  test('while Secrets Manager is down, uses what it has for as long as that is valid', async () => {
    held.set('a AWSCURRENT', 'current');
    const cache = new SecretCache(0);
    await cache.read(['a'], at(0));
    isDown = true;

    const value = await cache.read(['a'], at(5 * MINUTE - 1));

    expect(value).toEqual(['current']);
    await expect(cache.read(['a'], at(5 * MINUTE))).rejects.toThrow('down');
  });

  test('gives each call a time by which it ends', async () => {
    held.set('a AWSCURRENT', 'current');

    await new SecretCache(0).read(['a'], at(0));

    const [, options]: unknown[] = client.call(0).args;
    expect(options).toEqual({ abortSignal: expect.any(AbortSignal) });
  });
});

describe('a value that was stored from a file', () => {
  test.each([['whsec_1\n'], ['whsec_1\r\n'], ['whsec_1']])('%j is read without its line break', async (value) => {
    held.set('a AWSCURRENT', value);

    expect(await new SecretCache(0).read(['a'], at(0))).toEqual(['whsec_1']);
  });
});

describe('reread', () => {
  test('gives the rotated value, and asks once a minute', async () => {
    held.set('a AWSCURRENT', 'current');
    const cache = new SecretCache(0);
    await cache.read(['a'], at(0));
    held.set('a AWSCURRENT', 'rotated');

    const values = [
      await cache.reread(['a'], at(1)), await cache.reread(['a'], at(MINUTE)), await cache.reread(['a'], at(MINUTE + 1)), await cache.read(['a'], at(MINUTE + 2)),
    ];

    expect(values).toEqual([['rotated'], undefined, ['rotated'], ['rotated']]);
    expect(reads).toHaveLength(3);
  });

  test('asks nothing where the secret was read for this very webhook', async () => {
    held.set('a AWSCURRENT', 'current');
    const cache = new SecretCache(0);
    await cache.read(['a'], at(0));

    expect(await cache.reread(['a'], at(0))).toBeUndefined();
    expect(reads).toHaveLength(1);
  });

  test('asks for those secrets alone that were not read a moment ago', async () => {
    held.set('a AWSCURRENT', 'first').set('b AWSCURRENT', 'second');
    const cache = new SecretCache(0);
    await cache.read(['a', 'b'], at(0));
    await cache.reread(['a'], at(1));

    const values = await cache.reread(['a', 'b'], at(2));

    expect(values).toEqual(['first', 'second']);
    expect(reads.slice(2)).toEqual(['a AWSCURRENT', 'b AWSCURRENT']);
  });

  test('where it fails, what the cache holds stays valid, and it is not tried again for a minute', async () => {
    held.set('a AWSCURRENT', 'current');
    const cache = new SecretCache(0);
    await cache.read(['a'], at(0));
    isDown = true;

    const values = [await cache.reread(['a'], at(1)), await cache.reread(['a'], at(2)), await cache.read(['a'], at(3))];

    expect(values).toEqual([undefined, undefined, ['current']]);
    expect(reads).toHaveLength(2);
    expect(output.logged('WARN')).toEqual([{ level: 'WARN', message: 'a secret could not be read anew', error: 'InternalServiceError' }]);
  });

  test('asks nothing more where one of several was read for this very webhook: providers wait for seconds', async () => {
    held.set('a AWSCURRENT', 'first').set('b AWSCURRENT', 'second');
    const cache = new SecretCache(0);
    await cache.read(['a'], at(0));
    await cache.read(['a', 'b'], at(1));

    expect(await cache.reread(['a', 'b'], at(1))).toBeUndefined();
    expect(reads).toHaveLength(2);
  });

  test('finds that a secret was set, before the minute is over', async () => {
    const cache = new SecretCache(0);
    await cache.read(['a'], at(0));
    held.set('a AWSCURRENT', 'current');

    expect(await cache.reread(['a'], at(1))).toEqual(['current']);
  });
});
