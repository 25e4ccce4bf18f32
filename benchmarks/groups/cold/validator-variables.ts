import { Env, type SchemeName } from '../../../src/private/contract';

/** The environment of a function. The other candidates use a part of it. */
export function validatorVariables(schemes: readonly SchemeName[] = ['stripe']): NodeJS.ProcessEnv {
  return {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'an-id',
    AWS_SECRET_ACCESS_KEY: 'a-key',
    // The SDK warns that a later version will not run on this version of Node.
    NODE_NO_WARNINGS: '1',
    [Env.PROVIDERS]: JSON.stringify(schemes.map((scheme) => ({ name: scheme, scheme, secretArns: [`arn:${scheme}`] }))),
    [Env.TIERS]: '{"medium":1000,"high":10000}',
    [Env.PREVIOUS_SECRET_GRACE_SECONDS]: '0',
    [Env.TABLE_NAME]: 'the-table',
  };
}
