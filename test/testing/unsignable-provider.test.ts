import type { ProviderName } from '../../testing';
import { signedWebhook } from '../../testing/main';

jest.mock('../../handlers/providers/simulators', () => {
  const { SIMULATORS } = jest.requireActual('../../handlers/providers/simulators');
  return { SIMULATORS: { ...SIMULATORS, closed: { ...SIMULATORS.stripe, events: { paid: { kind: 'captured', body: () => 'paid=1' } }, cannotSign: 'It has the private key.' } } };
});

const closed = 'closed' as ProviderName;

test('does not sign for a provider that only signs itself, and gives the reason', () => {
  expect(() => signedWebhook(closed)).toThrow(
    'only closed can sign its webhooks: It has the private key. If your test verifies with a key of your own, pass its private key in PEM as `secret`',
  );
});

test('signs for it with a key of the caller', () => {
  expect(signedWebhook(closed, { secret: 'own' })).toMatchObject({ secret: 'own', body: 'paid=1' });
});
