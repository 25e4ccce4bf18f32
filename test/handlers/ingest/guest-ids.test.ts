import { createHmac } from 'node:crypto';
import { GetSecretValueCommand, InternalServiceError, ResourceNotFoundException, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { GuestIds } from '../../../handlers/ingest/guest-ids';
import { Metric } from '../../../src/private/contract';
import { Output } from '../support/output';

const client = mockClient(SecretsManagerClient);
const output = new Output();
const MINUTE = 60_000;
const CONTACT = 'someone@mail.example';

/** Undefined: the secret does not exist. */
let key: string | undefined;
let isDown: boolean;

beforeEach(() => {
  output.capture();
  key = 'the-key';
  isDown = false;
  client.reset();
  client.on(GetSecretValueCommand).callsFake(() => {
    if (isDown) {
      throw new InternalServiceError({ $metadata: {}, message: CONTACT });
    }
    if (key === undefined) {
      throw new ResourceNotFoundException({ $metadata: {}, message: CONTACT });
    }
    return { SecretString: key };
  });
});

const reads = () => client.commandCalls(GetSecretValueCommand).map(({ args: [{ input }] }) => input);
const after = (milliseconds: number) => new Date(Date.now() + milliseconds);

describe('the id of a guest', () => {
  test('is the first 128 bits of an HMAC-SHA256, as the documentation says', async () => {
    const hmac = createHmac('sha256', 'the-key').update(CONTACT).digest('hex');

    expect(await new GuestIds('arn:key').idOf(CONTACT, new Date())).toBe(`contact:${hmac.slice(0, 32)}`);
    expect(reads()).toEqual([{ SecretId: 'arn:key', VersionStage: 'AWSCURRENT' }]);
  });

  test('differs between contacts and between keys', async () => {
    const ids = [await new GuestIds('arn:key').idOf(CONTACT, new Date()), await new GuestIds('arn:key').idOf('other@mail.example', new Date())];
    key = 'another-key';
    ids.push(await new GuestIds('arn:key').idOf(CONTACT, new Date()));

    expect(new Set(ids).size).toBe(3);
  });
});

describe('the key', () => {
  test('is not read before the first guest, and then once in five minutes', async () => {
    const guests = new GuestIds('arn:key');
    expect(reads()).toHaveLength(0);

    const first = await guests.idOf(CONTACT, after(0));
    key = 'changed';
    const cached = await guests.idOf(CONTACT, after(4 * MINUTE));
    const changed = await guests.idOf(CONTACT, after(6 * MINUTE));

    expect(cached).toBe(first);
    expect(changed).not.toBe(first);
    expect(reads()).toHaveLength(2);
  });

  test.each([
    ['Secrets Manager fails', () => isDown = true, { message: 'failed to read key for guests', error: 'InternalServiceError' }],
    ['the secret was deleted', () => key = undefined, { message: 'key for guests is not set' }],
    ['the secret is empty', () => key = '', { message: 'key for guests is not set' }],
  ])('if %s, leaves each guest without an id, and is read again after a minute', async (_, fail, line) => {
    const guests = new GuestIds('arn:key');
    fail();

    const ids = [await guests.idOf(CONTACT, after(0)), await guests.idOf(CONTACT, after(MINUTE - 1_000))];
    isDown = false;
    key = 'the-key';
    ids.push(await guests.idOf(CONTACT, after(MINUTE + 1_000)));

    expect(ids).toEqual([undefined, undefined, expect.stringMatching(/^contact:/)]);
    expect(reads()).toHaveLength(2);
    expect(output.counted(Metric.GUEST_UNIDENTIFIED)).toBe(2);
    expect(output.logged('ERROR')).toEqual([{ level: 'ERROR', ...line }]);
    expect(output.text()).not.toContain(CONTACT);
  });

  test('is not used any longer after it was deleted', async () => {
    const guests = new GuestIds('arn:key');
    await guests.idOf(CONTACT, after(0));
    key = undefined;

    expect(await guests.idOf(CONTACT, after(6 * MINUTE))).toBeUndefined();
  });

  test('is read within the time that is left for the secrets', async () => {
    const timeout = jest.spyOn(AbortSignal, 'timeout');

    await new GuestIds('arn:key').idOf(CONTACT, after(-1_000));
    await new GuestIds('arn:key').idOf(CONTACT, after(-10_000));

    const [[left], [none]] = timeout.mock.calls;
    expect(left).toBeGreaterThan(1_000);
    expect(left).toBeLessThanOrEqual(1_500);
    expect(none).toBe(0);
  });
});
