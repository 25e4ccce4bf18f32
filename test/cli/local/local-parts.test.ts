import { CreateSecretCommand, GetSecretValueCommand, PutSecretValueCommand, ResourceNotFoundException, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { reachableUrl } from '../../../cli/aws/local-system';
import { startMinistack } from '../../../cli/local/emulator/ministack';
import { storeMissingSecrets } from '../../../cli/local/local-secrets';
import { Phases } from '../../../cli/terminal/phases';
import type { ProviderConfig } from '../../../src/private/contract';
import { FakeTerminal } from '../support/fake-terminal';

describe('storeMissingSecrets', () => {
  const secrets = mockClient(SecretsManagerClient);
  const client = new SecretsManagerClient({ region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
  const missing = new ResourceNotFoundException({ message: 'no', $metadata: {} });
  const provider = (scheme: string, ...secretArns: string[]) => ({ name: scheme, scheme, secretArns }) as unknown as ProviderConfig;
  const stored = async (...providers: ProviderConfig[]) => storeMissingSecrets(client, providers, (name) => `http://local/${name}`);

  beforeEach(() => {
    secrets.reset();
    secrets.on(PutSecretValueCommand).resolves({}).on(CreateSecretCommand).resolves({});
  });

  test('keeps a value that exists', async () => {
    secrets.on(GetSecretValueCommand).resolves({ SecretString: 'own' });

    expect(await stored(provider('stripe', 'arn:1'))).toEqual([{ name: 'stripe', url: 'http://local/stripe', secret: 'own' }]);
    expect(secrets.commandCalls(PutSecretValueCommand)).toEqual([]);
  });

  test.each([['no value', {}], ['a placeholder', { SecretString: 'whsec_changeme' }]])('replaces %s in the format of the provider', async (_, value) => {
    secrets.on(GetSecretValueCommand).resolves(value);

    const [{ secret }] = await stored(provider('stripe', 'arn:1'));

    expect(secret).toMatch(/^whsec_[0-9a-f]{48}$/);
    expect(secrets.commandCalls(PutSecretValueCommand)[0].args[0].input).toEqual({ SecretId: 'arn:1', SecretString: secret });
  });

  test('generates a text for a scheme without a simulator, and fills every secret of a provider', async () => {
    secrets.on(GetSecretValueCommand).rejects(missing);

    const [{ secret }] = await stored(provider('unknown', 'arn:1', 'arn:2'));

    expect(secret).toMatch(/^[0-9a-f]{48}$/);
    expect(secrets.commandCalls(PutSecretValueCommand)).toHaveLength(2);
  });

  test('creates a secret that the app only names', async () => {
    secrets.on(GetSecretValueCommand).rejects(missing).on(PutSecretValueCommand).rejects(missing);

    await stored(provider('stripe', 'arn:aws:secretsmanager:us-east-1:000000000000:secret:shop/stripe'));

    expect(secrets.commandCalls(CreateSecretCommand)[0].args[0].input).toMatchObject({ Name: 'shop/stripe' });
  });

  test('reports another error', async () => {
    secrets.on(GetSecretValueCommand).rejects(new Error('broken'));

    await expect(stored(provider('stripe', 'arn:1'))).rejects.toThrow('broken');
  });
});

describe('a phase', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('shows its time and what it does, and then one line', async () => {
    const terminal = new FakeTerminal();
    const progress = jest.spyOn(terminal, 'progress');
    const phase = new Phases(terminal).run('Deployed', async (doing) => {
      doing('deploying');
      return new Promise((resolve) => setTimeout(resolve, 2500, 3));
    }, (count) => `${count} stacks`);
    await jest.advanceTimersByTimeAsync(2500);

    expect(await phase).toBe(3);
    expect(progress.mock.calls).toEqual([['… Deployed, 0 s'], ['… deploying, 0 s'], ['… deploying, 1 s'], ['… deploying, 2 s']]);
    expect(terminal.noted).toEqual(['✓ Deployed                          2.5 s  3 stacks']);
  });

  test('shows that it failed', async () => {
    const terminal = new FakeTerminal();

    await expect(new Phases(terminal).run('Deployed', async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(terminal.noted).toEqual(['✗ Deployed                          0.0 s']);
  });

  test('that is interrupted stops showing the time', async () => {
    const terminal = new FakeTerminal();
    const phases = new Phases(terminal);
    const progress = jest.spyOn(terminal, 'progress');
    void phases.run('Deployed', async () => new Promise(() => undefined));
    phases.close();
    await jest.advanceTimersByTimeAsync(5000);

    expect(progress.mock.calls).toEqual([['… Deployed, 0 s']]);
  });
});

test('an emulator that does not answer is reported', async () => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] });
  const child = { once: () => undefined, exitCode: null };
  const workspace = { log: () => '/dev/null', folder: (name: string) => name, shown: (path: string) => path, nodeModules: '' };
  jest.spyOn(global, 'fetch').mockRejectedValue(new Error('refused'));
  const now = jest.spyOn(Date, 'now').mockReturnValueOnce(0).mockReturnValue(61_000);

  await expect(startMinistack({ interpreter: 'python', port: 1 }, workspace as never, { start: () => child } as never))
    .rejects.toThrow('the emulator did not answer within 60 s: see /dev/null');
  now.mockRestore();
  jest.restoreAllMocks();
  jest.useRealTimers();
});

test('a webhook of a local system is posted to the emulator', () => {
  const url = 'https://abc.execute-api.eu-west-1.amazonaws.com/prod/webhook/stripe';

  expect(reachableUrl(url, undefined)).toBe(url);
  expect(reachableUrl(url, { endpoint: 'http://127.0.0.1:1', region: 'eu-west-1', stack: 'Payments', pid: 1 }))
    .toBe('http://127.0.0.1:1/_aws/execute-api/abc/prod/webhook/stripe');
});
