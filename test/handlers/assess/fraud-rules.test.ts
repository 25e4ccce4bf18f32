import type { FraudConfig } from '../../../src/private/contract';

const CONFIG: FraudConfig = { tiers: { medium: 1_000, high: 10_000 }, review: 40, block: 80, rules: [{ rule: 'amount-above', score: 40, amount: 10000 }] };

/** The adapter of a new instance, and its calls to SSM. */
function newInstance() {
  const readParameter = jest.fn<Promise<string>, [string]>();
  const wasLoaded = jest.fn();
  // Not isolateModules: a module would resolve a later require from outside.
  jest.resetModules();
  jest.doMock('../../../handlers/assess/parameters', () => {
    wasLoaded();
    return { readParameter };
  });
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would return the same module each time
  const { fraudRules } = require('../../../handlers/assess/fraud-rules') as typeof import('../../../handlers/assess/fraud-rules');
  return { fraudRules, readParameter, wasLoaded };
}

beforeEach(() => {
  delete process.env.FRAUD_RULES;
  delete process.env.FRAUD_RULES_PARAMETER;
});

describe('rules in the environment', () => {
  test('are read without loading the SSM client', async () => {
    process.env.FRAUD_RULES = JSON.stringify(CONFIG);
    const { fraudRules, wasLoaded } = newInstance();

    expect(await fraudRules()).toEqual(CONFIG);
    expect(wasLoaded).not.toHaveBeenCalled();
  });

  test('are named if they are missing', async () => {
    await expect(newInstance().fraudRules()).rejects.toThrow('the environment variable FRAUD_RULES is not set');
  });
});

describe('rules in a parameter', () => {
  beforeEach(() => {
    process.env.FRAUD_RULES_PARAMETER = 'fraud-rules-test';
  });

  test('are read once for each instance', async () => {
    const { fraudRules, readParameter } = newInstance();
    readParameter.mockResolvedValue(JSON.stringify(CONFIG));

    const configs = [...await Promise.all([fraudRules(), fraudRules()]), await fraudRules()];

    expect(configs).toEqual([CONFIG, CONFIG, CONFIG]);
    expect(readParameter.mock.calls).toEqual([['fraud-rules-test']]);
  });

  test.each([
    ['SSM is out of reach', () => Promise.reject(new Error('throttled')), 'throttled'],
    ['the value is not JSON', () => Promise.resolve('{'), /JSON/],
  ])('are read again if %s', async (_, failure, message) => {
    const { fraudRules, readParameter } = newInstance();
    readParameter.mockImplementationOnce(failure).mockResolvedValue(JSON.stringify(CONFIG));

    await expect(fraudRules()).rejects.toThrow(message);

    expect(await fraudRules()).toEqual(CONFIG);
    expect(readParameter).toHaveBeenCalledTimes(2);
  });
});
