import { GetSecretValueCommand, ResourceNotFoundException, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { failed, notChecked, ok, warning, type Check, type Finding } from './check';
import type { CheckedSystem } from './checked-system';
import { secretFormatOf, type SecretFormat } from './secret-format';
import { isPlaceholder } from '../../handlers/providers/shared/secret-text';
import { Env, type ProviderConfig, type ReconciledProvider } from '../../src/private/contract';
import { readFunctionSettings } from '../aws/function-settings';

type Stage = 'AWSCURRENT' | 'AWSPREVIOUS' | 'AWSPENDING';

interface StoredSecret {
  readonly value: string;
  readonly createdAt?: Date;
}

const ACTIONS = ['lambda:GetFunctionConfiguration', 'secretsmanager:GetSecretValue', 'kms:Decrypt'];
const NOT_SET = 'webhooks-secret-not-set-provider-suffix';
const RECONCILER = 'webhook-reconciler';

/** One check for each secret of each provider, and for the key for guests. Values never leave this file. */
export function secretChecks(system: CheckedSystem): Check[] {
  const { providers, resources: { GuestKeyArn: guestKey } } = system.deployed;
  return [
    ...providers.flatMap(({ name, secrets }): Check[] => secrets.length === 0
      ? [{ name: `secret ${name}`, actions: [], run: async () => ok('public keys verify its webhooks, no secret is needed') }]
      : secrets.map((arn, index) => ({
        name: `secret ${name}${index === 0 ? '' : ` ${index + 1}`}`,
        actions: ACTIONS,
        run: async (abortSignal) => checkSecret(arn, name, system, abortSignal),
      }))),
    ...guestKey === undefined ? [] : [{
      name: 'key for guests', actions: ACTIONS.slice(1), run: async (abortSignal: AbortSignal) => checkGuestKey(guestKey, system, abortSignal),
    }],
  ];
}

/** The check of the keys of the providers' APIs. A system without reconciliation has no such function. */
export function apiKeyCheck(system: CheckedSystem): Check {
  return {
    name: 'API keys of reconciliation',
    actions: ['cloudformation:ListStackResources', ...ACTIONS],
    run: async (abortSignal) => {
      const functions = await system.resources('AWS::Lambda::Function');
      const reconciler = functions.find(({ logicalId }) => logicalId.startsWith(`${system.deployed.id}WebhookReconcilerHandlerFunction`));
      if (!reconciler) {
        return ok('no provider is reconciled');
      }
      const { [Env.RECONCILED_PROVIDERS]: text = '[]' } = await readFunctionSettings(system.clients.lambda, reconciler.physicalId);
      const reconciled = JSON.parse(text) as ReconciledProvider[];
      const unusable: string[] = [];
      for (const { name, reconciliation: { apiKeyArn } } of reconciled) {
        const stored = await readSecret(apiKeyArn, 'AWSCURRENT', system.clients.secrets, abortSignal);
        if (stored === undefined || isPlaceholder(stored.value)) {
          unusable.push(name);
        }
      }
      return unusable.length === 0 ? ok(`set for ${reconciled.map(({ name }) => name).join(', ')}`) : failed(`not set for ${unusable.join(', ')}`, {
        remedy: `Store the API key in the secret. Events whose webhooks did not arrive are not fetched (${RECONCILER}).`,
        heading: 'webhooks-reconciliation-stopped-provider-suffix',
      });
    },
  };
}

async function checkSecret(arn: string, provider: string, system: CheckedSystem, abortSignal: AbortSignal): Promise<Finding> {
  const { providers, variables } = await system.settings();
  const config = providers.find(({ name }) => name === provider);
  if (!config) {
    return notChecked(`the validator has no provider ${provider}: the stack is being deployed, or was changed by hand`, 'Deploy the stack again.');
  }
  const { secrets } = system.clients;
  const now = system.now();
  const formatAt = async (stage: Stage) => {
    const stored = await readSecret(arn, stage, secrets, abortSignal);
    return stored && { ...stored, format: await secretFormatOf(stored.value, config, now) };
  };
  const current = await formatAt('AWSCURRENT');
  const graceEnd = new Date((current?.createdAt?.getTime() ?? 0) + Number(variables[Env.PREVIOUS_SECRET_GRACE_SECONDS]) * 1000);
  const previous = now < graceEnd ? await formatAt('AWSPREVIOUS') : undefined;
  if (current?.format !== 'usable') {
    return currentFinding(current?.format, config, arn, previous?.format === 'usable' ? graceEnd : undefined);
  }
  return rotationFinding({ previous: previous?.format, pending: (await formatAt('AWSPENDING'))?.format, graceEnd });
}

/** What to say about a current value that is not known to be usable. `until`: the end of the time in which the previous value is accepted. */
export function currentFinding(
  format: Exclude<SecretFormat, 'usable'> | undefined, { name, scheme }: Pick<ProviderConfig, 'name' | 'scheme'>, arn: string, until?: Date,
): Finding {
  const still = until === undefined ? '' : `. Webhooks signed with the previous value are accepted until ${until.toISOString()}`;
  const advice = {
    remedy: `Store the secret from ${name}'s dashboard: \`aws secretsmanager put-secret-value --secret-id ${arn} --secret-string file://secret.txt\`. `
      + 'Without a usable secret, webhooks are answered with 503, and the provider retries them.',
    heading: NOT_SET,
  };
  switch (format) {
    case undefined:
      return failed(`not set${still}`, advice);
    case 'placeholder':
      return failed(`not set: the value is empty or a placeholder${still}`, advice);
    case 'malformed':
      return failed(`set, but not in the format of ${scheme}${still}`, advice);
    case 'copied-too-much':
      return warning('set, but it is JSON, or has quotes or white space around it', {
        remedy: `Unless ${name} shows it exactly like this, store it again without them. Webhooks are rejected if it is wrong.`, heading: NOT_SET,
      });
    case 'unknown':
      return notChecked(`set, but this tool cannot check the format of ${scheme}`);
  }
}

/** What to say about the other values of a secret whose current one is usable. */
export function rotationFinding(
  { previous, pending, graceEnd }: { readonly previous?: SecretFormat; readonly pending?: SecretFormat; readonly graceEnd: Date },
): Finding {
  const until = `the previous value is accepted until ${graceEnd.toISOString()}`;
  if (pending !== undefined && pending !== 'usable' && pending !== 'unknown') {
    return warning('set and usable, but a rotation has stored a pending value that is not', {
      remedy: 'Store the new secret in the pending version, or remove its stage AWSPENDING. Otherwise, the rotation replaces a usable secret.', heading: NOT_SET,
    });
  }
  if (previous !== undefined && previous !== 'usable' && previous !== 'unknown') {
    return ok('set and usable. The previous value is not usable, so it verifies nothing');
  }
  return ok(['set and usable', ...previous === undefined ? [] : [until], ...pending === undefined ? [] : ['a rotation is pending']].join('; '));
}

async function checkGuestKey(arn: string, { clients: { secrets } }: CheckedSystem, abortSignal: AbortSignal): Promise<Finding> {
  const stored = await readSecret(arn, 'AWSCURRENT', secrets, abortSignal);
  return stored ? ok('set') : failed('not set', {
    remedy: 'Restore the secret from a version or a backup. A new key gives every guest another id, and every email address another hash. Until then, guests have no customer id, and the fraud rules have no history of them and of email addresses.',
  });
}

/** One version of a secret, as the validator reads it. Undefined if it is empty or does not exist. */
async function readSecret(arn: string, stage: Stage, secrets: SecretsManagerClient, abortSignal: AbortSignal): Promise<StoredSecret | undefined> {
  try {
    const { SecretString, CreatedDate } = await secrets.send(new GetSecretValueCommand({ SecretId: arn, VersionStage: stage }), { abortSignal });
    const value = SecretString?.replace(/\r?\n$/, '') ?? '';
    return value === '' ? undefined : { value, createdAt: CreatedDate };
  } catch (error) {
    // A secret that is scheduled for deletion answers that the request is invalid.
    if (error instanceof ResourceNotFoundException || (error as Error).name === 'InvalidRequestException') {
      return undefined;
    }
    throw error;
  }
}
