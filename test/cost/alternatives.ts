import { DEFAULT_SAMPLING, type Deployment, type FunctionSettings } from '../../cli/cost/priced-deployment';

/** The deployment without one of the settings that reduce the cost. */
export interface Alternative {
  readonly what: string;
  readonly of: (deployment: Deployment) => Deployment;
}

/** The defaults of AWS or the CDK, or common settings of similar systems. */
export const ALTERNATIVES: readonly Alternative[] = [
  {
    what: 'X-Ray records 1 % of the requests and executions, instead of one per second and 5 % of the rest',
    of: (deployment) => ({ ...deployment, sampling: DEFAULT_SAMPLING, workflow: { ...deployment.workflow, sampling: DEFAULT_SAMPLING } }),
  },
  {
    what: 'The relay does not start its own traces',
    of: (deployment) => withFunctions(deployment, (settings, name) => name === 'event-relay' ? { ...settings, tracing: 'Active' } : settings),
  },
  {
    what: 'The archival does not start its own traces',
    of: (deployment) => withFunctions(deployment, (settings, name) => name === 'transaction-archival' ? { ...settings, tracing: 'Active' } : settings),
  },
  {
    what: 'The log of the workflow has failures, instead of every state of every execution',
    of: (deployment) => ({ ...deployment, workflow: { ...deployment.workflow, logLevel: 'ALL' } }),
  },
  {
    what: 'The archival waits for a batch for five minutes, instead of one minute',
    of: (deployment) => ({ ...deployment, archivalStream: { ...deployment.archivalStream, windowSeconds: 60 } }),
  },
  {
    what: 'S3 does not move objects below 128 KB to Glacier',
    of: (deployment) => ({
      ...deployment,
      archive: {
        ...deployment.archive,
        transitions: deployment.archive.transitions.map((transition) => transition.storageClass === 'GLACIER' ? { ...transition, minimumBytes: 0 } : transition),
      },
    }),
  },
  {
    what: 'Lambda logs in JSON, without its own log lines for successful invocations',
    of: (deployment) => withFunctions(deployment, (settings) => ({ ...settings, logFormat: 'Text', systemLogLevel: 'INFO' })),
  },
];

function withFunctions(deployment: Deployment, change: (settings: FunctionSettings, name: string) => FunctionSettings): Deployment {
  return {
    ...deployment,
    functions: Object.fromEntries(Object.entries(deployment.functions).map(([name, settings]) => (
      [name, change(settings, name)]
    ))) as unknown as Deployment['functions'],
  };
}

/** The deployment without any of the settings. */
export function withoutAll(deployment: Deployment): Deployment {
  return ALTERNATIVES.reduce((changed, { of }) => of(changed), deployment);
}
