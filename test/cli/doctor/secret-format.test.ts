import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { currentFinding, rotationFinding } from '../../../cli/doctor/secret-checks';
import { secretFormatOf } from '../../../cli/doctor/secret-format';
import { SIMULATORS } from '../../../handlers/providers/simulators';
import type { ProviderConfig, SchemeName } from '../../../src/private/contract';
import { ADYEN_KEY, DoctorWorld, NOW } from '../support/doctor-world';

const configOf = (scheme: string, more: Partial<ProviderConfig> = {}): ProviderConfig => ({ name: scheme, scheme: scheme as SchemeName, secretArns: ['arn:x'], ...more });
const formatOf = async (scheme: string, secret: string, more?: Partial<ProviderConfig>) => secretFormatOf(secret, configOf(scheme, more), NOW);

/** Configurations of the schemes that need one. */
const CONFIGS: { readonly [scheme: string]: Partial<ProviderConfig> } = {
  hmac: { hmac: { signatureHeader: 'X-Signature', algorithm: 'sha256', encoding: 'hex' } },
};

describe('the format of a secret', () => {
  /** Public keys verify the webhooks of `public-key`: it has no secret. */
  const signing = Object.entries(SIMULATORS).filter(([scheme, { cannotSign }]) => cannotSign === undefined && scheme !== 'public-key');

  test.each(signing)('of %s is usable as the provider makes it, and not as a placeholder', async (scheme, { newSecret }) => {
    expect(await formatOf(scheme, newSecret('https://example.com/webhook'), CONFIGS[scheme])).toBe('usable');
    expect(await formatOf(scheme, 'changeme', CONFIGS[scheme])).toBe('placeholder');
    expect(await formatOf(scheme, '', CONFIGS[scheme])).toBe('placeholder');
  });

  test('of Adyen is a hexadecimal key', async () => {
    expect([await formatOf('adyen', ADYEN_KEY), await formatOf('adyen', ADYEN_KEY.slice(1)), await formatOf('adyen', ` ${ADYEN_KEY}`)]).toEqual(['usable', 'malformed', 'malformed']);
  });

  test.each(['"whsec_1234567"', ' whsec_1234567', '{"secret":"whsec_1234567"}'])('of Stripe can be copied with too much: %s', async (secret) => {
    expect(await formatOf('stripe', secret)).toBe('copied-too-much');
  });

  test('of PayPal is an object with the id of the webhook', async () => {
    expect([await formatOf('paypal', '{"webhook_id":"8PT597110X687430L"}'), await formatOf('paypal', '{"webhook_id":"todo"}'), await formatOf('paypal', 'text')])
      .toEqual(['usable', 'malformed', 'malformed']);
  });

  test('is unknown without a simulator that can sign', async () => {
    const simulators = { wise: { ...SIMULATORS.stripe, cannotSign: 'Only Wise can.' } };

    expect(await secretFormatOf('x', configOf('wise'), NOW, simulators)).toBe('unknown');
    expect(await secretFormatOf('x', configOf('stripe'), NOW, {})).toBe('unknown');
  });

  test('is malformed if the scheme throws for it, and the body can be text', async () => {
    const event = { kind: 'captured' as const, body: () => '{"type":"x"}' };
    const simulators = {
      adyen: {
        ...SIMULATORS.adyen,
        events: { x: event },
        sign: (...[body, signature]: Parameters<typeof SIMULATORS.adyen.sign>) => {
          if (signature.secret === 'broken') {
            throw new Error('no key');
          }
          return SIMULATORS.adyen.sign(body, signature);
        },
      },
    };

    expect(await secretFormatOf('broken', configOf('adyen'), NOW, simulators)).toBe('malformed');
    expect(await secretFormatOf(ADYEN_KEY, configOf('adyen'), NOW, simulators)).toBe('usable');
  });
});

describe('a secret', () => {
  const world = new DoctorWorld();
  beforeAll(async () => world.start());
  afterAll(async () => world.stop());
  beforeEach(() => world.reset());
  const adyen = async () => (await world.doctor(['--no-probe'])).lineOf('secret adyen');

  test('is not set while it is missing or scheduled for deletion', async () => {
    world.values.delete('arn:adyen AWSCURRENT');
    expect(await adyen()).toMatch(/^FAILED .*not set$/);

    world.secrets.on(GetSecretValueCommand).rejects(Object.assign(new Error('marked for deletion'), { name: 'InvalidRequestException' }));
    expect(await adyen()).toMatch(/^FAILED .*not set$/);
  });

  test('that was rotated is accepted with its previous value until the end of the grace', async () => {
    world.createdAt = new Date('2026-01-31T11:00:00Z');
    world.values.set('arn:adyen AWSPREVIOUS', ADYEN_KEY);
    expect(await adyen()).toMatch(/^ok .*set and usable; the previous value is accepted until 2026-02-01T11:00:00.000Z$/);

    world.values.set('arn:adyen AWSCURRENT', 'no key');
    expect(await adyen()).toMatch(/^FAILED .*not in the format of adyen. Webhooks signed with the previous value are accepted until 2026-02-01T11:00:00.000Z$/);

    world.values.set('arn:adyen AWSPREVIOUS', 'no key');
    expect(await adyen()).toMatch(/^FAILED .*not in the format of adyen$/);
  });

  test('is not compared with a previous value after the grace', async () => {
    world.values.set('arn:adyen AWSPREVIOUS', ADYEN_KEY);

    expect(await adyen()).toMatch(/set and usable$/);
  });

  test('with a pending value that is not usable is a warning', async () => {
    world.values.set('arn:adyen AWSPENDING', 'no key');
    expect(await adyen()).toMatch(/^warning .*a rotation has stored a pending value that is not$/);

    world.values.set('arn:adyen AWSPENDING', ADYEN_KEY);
    expect(await adyen()).toMatch(/^ok .*set and usable; a rotation is pending$/);
  });

  test('of a provider that the validator does not know is not checked', async () => {
    world.lambda.on(GetFunctionConfigurationCommand).resolves({ Environment: { Variables: {} } });

    expect(await adyen()).toMatch(/^not checked .*the validator has no provider adyen/);
  });

  test.each([
    [undefined, 'failed', 'not set'], ['placeholder', 'failed', 'not set: the value is empty or a placeholder'], ['malformed', 'failed', 'set, but not in the format of stripe'],
    ['copied-too-much', 'warning', 'set, but it is JSON, or has quotes or white space around it'], ['unknown', 'not-checked', 'set, but this tool cannot check the format of stripe'],
  ] as const)('of the format %s is %s', (format, status, text) => {
    expect(currentFinding(format, configOf('stripe'), 'arn:x')).toMatchObject({ status, text });
  });

  test('with an unusable previous value works', () => {
    expect(rotationFinding({ previous: 'malformed', graceEnd: NOW })).toMatchObject({ status: 'ok', text: expect.stringContaining('verifies nothing') });
    expect(rotationFinding({ previous: 'unknown', pending: 'unknown', graceEnd: NOW })).toMatchObject({ status: 'ok' });
  });
});
