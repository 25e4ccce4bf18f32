import { Env, type FraudConfig } from '../../src/private/contract';
import { required, requiredJson } from '../aws/environment-variables';

let loaded: Promise<FraudConfig> | undefined;

/** The rules of the deployment: from the environment, or from the parameter if they do not fit. Loaded once for each instance. */
export async function fraudRules(): Promise<FraudConfig> {
  if (!process.env[Env.FRAUD_RULES_PARAMETER]) {
    return requiredJson<FraudConfig>(Env.FRAUD_RULES);
  }
  loaded ??= loadParameter();
  try {
    return await loaded;
  } catch (error) {
    loaded = undefined;
    throw error;
  }
}

/** Only instances that need the client load it. */
async function loadParameter(): Promise<FraudConfig> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- Jest does not support import() in CommonJS
  const { readParameter } = require('./parameters') as typeof import('./parameters');
  return JSON.parse(await readParameter(required(Env.FRAUD_RULES_PARAMETER))) as FraudConfig;
}
