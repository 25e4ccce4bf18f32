import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SCHEME_NAMES, loadScheme } from '../../../handlers/providers/registry';
import { CARRIED_FIELDS, type SchemeName } from '../../../src/private/contract';
import { ALL_SAMPLES } from '../support/all-samples';

/** The user chooses the fields of their bodies. */
const USER_DEFINED: readonly SchemeName[] = ['hmac', 'standard-webhooks'];
const FOLDER = join(__dirname, '../../../handlers/providers');

test('lists exactly the provider folders', () => {
  const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== 'shared').map(({ name }) => name);

  expect([...SCHEME_NAMES].sort()).toEqual(folders.sort());
});

test('the providers together read each field that is stored and published unchanged', () => {
  const samples = SCHEME_NAMES.filter((name) => !USER_DEFINED.includes(name)).flatMap((name) => ALL_SAMPLES[name].events);
  const carried = new Set(samples.flatMap(({ events }) => events.flatMap((event) => Object.keys(event.carried ?? {}))));

  // The hash of the email address is computed from the address, for which the personal data has samples.
  expect(CARRIED_FIELDS.map(({ key }) => key).filter((key) => !carried.has(key))).toEqual(['emailHash']);
});

describe.each(SCHEME_NAMES)('the folder of %s', (name) => {
  test('has a README, samples and a test', () => {
    expect(readdirSync(join(FOLDER, name))).toEqual(expect.arrayContaining(['README.md', 'index.ts', 'samples.ts', `${name}.test.ts`]));
  });

  test('has a test that calls the provider contract', () => {
    expect(readFileSync(join(FOLDER, name, `${name}.test.ts`), 'utf8')).toContain('\ndescribeProviderContract(samples);\n');
  });

  test('has samples of its own scheme: a money movement or a provider without amounts, and an event without an amount', () => {
    const { config, events, minorUnits } = ALL_SAMPLES[name];
    const expected = events.flatMap((sample) => sample.events);

    expect(config).toMatchObject({ name, scheme: name });
    expect(expected.some(({ moneyMovement }) => moneyMovement)).toBe(minorUnits !== undefined);
    expect(expected.some(({ amount }) => amount === undefined)).toBe(true);
  });

  test('has a scheme that verifies and normalizes', () => {
    expect(loadScheme(name)).toMatchObject({ verify: expect.any(Function), normalize: expect.any(Function) });
  });
});
