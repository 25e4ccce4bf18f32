import { createHmac } from 'node:crypto';
import { ContactHashes } from '../../../handlers/ingest/contact-hashes';
import { Metric } from '../../../src/private/contract';
import { answerJsonCalls, type JsonCall } from '../support/json-calls';
import { Output } from '../support/output';
import { ServiceError } from '../support/service-error';

const output = new Output();
const MINUTE = 60_000;
const CONTACT = 'someone@mail.example';

/** Undefined: the secret does not exist. */
let key: string | undefined;
let isDown: boolean;
let calls: readonly JsonCall[];

beforeEach(() => {
  output.capture();
  key = 'the-key';
  isDown = false;
  calls = answerJsonCalls('secretsmanager', () => {
    if (isDown) {
      throw new ServiceError('InternalServiceError', CONTACT);
    }
    if (key === undefined) {
      throw new ServiceError('ResourceNotFoundException', CONTACT);
    }
    return { SecretString: key };
  });
});

const reads = () => calls.map(({ input }) => input);
const after = (milliseconds: number) => new Date(Date.now() + milliseconds);

describe('the hash of a contact', () => {
  test('is the first 128 bits of an HMAC-SHA256, as the documentation says', async () => {
    const hmac = createHmac('sha256', 'the-key').update(CONTACT).digest('hex');

    expect(await new ContactHashes('arn:key').hashOf(CONTACT, new Date())).toBe(hmac.slice(0, 32));
    expect(reads()).toEqual([{ SecretId: 'arn:key', VersionStage: 'AWSCURRENT' }]);
  });

  test('differs between contacts and between keys', async () => {
    const hashes = [await new ContactHashes('arn:key').hashOf(CONTACT, new Date()), await new ContactHashes('arn:key').hashOf('other@mail.example', new Date())];
    key = 'another-key';
    hashes.push(await new ContactHashes('arn:key').hashOf(CONTACT, new Date()));

    expect(new Set(hashes).size).toBe(3);
  });
});

describe('the key', () => {
  test('is not read before the first contact, and then once in five minutes', async () => {
    const source = new ContactHashes('arn:key');
    expect(reads()).toHaveLength(0);

    const first = await source.hashOf(CONTACT, after(0));
    key = 'changed';
    const cached = await source.hashOf(CONTACT, after(4 * MINUTE));
    const changed = await source.hashOf(CONTACT, after(6 * MINUTE));

    expect(cached).toBe(first);
    expect(changed).not.toBe(first);
    expect(reads()).toHaveLength(2);
  });

  test.each([
    ['Secrets Manager fails', () => isDown = true, { message: 'failed to read key for guests', error: 'InternalServiceError' }],
    ['the secret was deleted', () => key = undefined, { message: 'key for guests is not set' }],
    ['the secret is empty', () => key = '', { message: 'key for guests is not set' }],
  ])('if %s, hashes nothing, and is read again after a minute', async (_, fail, line) => {
    const source = new ContactHashes('arn:key');
    fail();

    const hashes = [await source.hashOf(CONTACT, after(0)), await source.hashOf(CONTACT, after(MINUTE - 1_000))];
    isDown = false;
    key = 'the-key';
    hashes.push(await source.hashOf(CONTACT, after(MINUTE + 1_000)));

    expect(hashes).toEqual([undefined, undefined, expect.stringMatching(/^[0-9a-f]{32}$/)]);
    expect(reads()).toHaveLength(2);
    expect(output.counted(Metric.GUEST_UNIDENTIFIED)).toBe(2);
    expect(output.logged('ERROR')).toEqual([{ level: 'ERROR', ...line }]);
    expect(output.text()).not.toContain(CONTACT);
  });

  test('is not used any longer after it was deleted', async () => {
    const source = new ContactHashes('arn:key');
    await source.hashOf(CONTACT, after(0));
    key = undefined;

    expect(await source.hashOf(CONTACT, after(6 * MINUTE))).toBeUndefined();
  });

  test('is read within the time that is left for the secrets', async () => {
    const received = after(-1_000);
    await new ContactHashes('arn:key').hashOf(CONTACT, received);

    expect(calls.map(({ deadline }) => deadline)).toEqual([received.getTime() + 2_500]);
  });
});
