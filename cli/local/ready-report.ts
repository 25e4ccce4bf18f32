import Table from 'cli-table3';
import type { LeftOut } from './assembly/left-out';
import { ACCOUNT } from './emulator/emulator-environment';
import type { RunningApp, RunningSystem } from './local-deployment';
import { visibleText } from '../terminal/visible-text';

/** Columns with two spaces between them and no lines. */
const PLAIN = {
  ...Object.fromEntries([
    'top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right',
    'left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid',
  ].map((name) => [name, ''])),
  middle: '  ',
};

/** The lines that describe a running app: what to post to, what is missing, and what to type next. */
export function readyLines(app: RunningApp): string[] {
  const [{ local, localProviders }] = app.systems;
  const example = localProviders[0].name;
  return [
    ...app.systems.flatMap((system) => ['', ...systemLines(system, app.systems.length > 1)]),
    '',
    ...leftOutLines(app),
    `The emulator answers for AWS at ${local.endpoint} (${local.region}, account ${ACCOUNT}), with any credentials.`,
    '',
    'In another terminal, in this folder:',
    `  npx cdk-webhooks send ${example} --amount 60000`,
    '  npx cdk-webhooks listen',
    '  npx cdk-webhooks find <payment, reference, customer or event id>',
    '',
    'It runs until you press Ctrl-C. Nothing that it stored remains.',
  ];
}

/** The lines about what is not deployed as it would be in AWS. */
export function leftOutLines({ leftOut, dependents, movedAccounts }: RunningApp): string[] {
  return [
    ...leftOut.length === 0 ? [] : [`Left out, because the emulator does not support it: ${listed(leftOut)}.`],
    ...dependents.length === 0 ? [] : [`Left out, because it refers to that: ${listed(dependents)}.`],
    ...movedAccounts.length === 0 ? [] : [`Deployed to account ${ACCOUNT}, which is the emulator's: the stacks of ${movedAccounts.join(', ')}.`],
  ];
}

/** The same as one object. */
export function readyJson({ systems, leftOut, dependents, movedAccounts, emulator }: RunningApp): object {
  return {
    endpoint: emulator.endpoint,
    systems: systems.map(({ local, id, localProviders, resources }) => ({
      stack: local.stack, id, region: local.region, providers: localProviders, resources,
    })),
    leftOut,
    dependents,
    movedAccounts,
  };
}

/**
 * The variables that a script gets in addition to those of AWS's tools. They describe the first system:
 * `WEBHOOK_URL_<PROVIDER>` and `WEBHOOK_SECRET_<PROVIDER>` for each provider, and each output, such as `WEBHOOK_TABLE_NAME`.
 */
export function scriptVariables({ local, localProviders, resources }: RunningSystem): { readonly [name: string]: string } {
  const variables: [string, string][] = [['WEBHOOK_STACK', local.stack]];
  for (const { name, url, secret } of localProviders) {
    variables.push([`WEBHOOK_URL_${variablePart(name)}`, url]);
    if (secret !== undefined) {
      variables.push([`WEBHOOK_SECRET_${variablePart(name)}`, secret]);
    }
  }
  const outputs = Object.entries(resources).map(([name, value]) => [`WEBHOOK_${variablePart(name)}`, value]);
  return Object.fromEntries([...variables, ...outputs]);
}

/** `standard-webhooks` and `TableName` become `STANDARD_WEBHOOKS` and `TABLE_NAME`. */
function variablePart(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replaceAll(/[^A-Za-z0-9]/g, '_').toUpperCase();
}

function systemLines({ local, id, localProviders }: RunningSystem, isOneOfSeveral: boolean): string[] {
  const table = new Table({ head: ['provider', 'URL', 'secret'], chars: PLAIN, style: { 'padding-left': 0, 'padding-right': 0, 'head': [], 'border': [] } });
  localProviders.forEach(({ name, url, secret = '(verified by public keys)' }) => table.push([name, url, visibleText(secret)]));
  const heading = isOneOfSeveral ? [`The system ${id} in the stack ${local.stack} (${local.region}):`] : [];
  return [...heading, ...table.toString().split('\n').map((line) => line.trimEnd())];
}

function listed(types: readonly LeftOut[]): string {
  return types.map(({ type, count }) => `${type} (${count})`).join(', ');
}
