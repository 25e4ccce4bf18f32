import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { Env, type ProviderConfig } from '../../src/private/contract';

/** The environment variables of a function. They have the settings of the system. */
export async function readFunctionSettings(lambda: LambdaClient, functionName: string): Promise<{ readonly [name: string]: string }> {
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: functionName }));
  return Environment?.Variables ?? {};
}

/** The providers as the validator gets them, from its settings. */
export function providersIn(settings: { readonly [name: string]: string }): readonly ProviderConfig[] {
  return JSON.parse(settings[Env.PROVIDERS] ?? '[]') as readonly ProviderConfig[];
}
