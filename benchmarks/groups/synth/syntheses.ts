import type { CompiledApps, SynthCandidate } from './compiled-apps';
import { exact, type FigureTable, type Row } from '../../figures';
import { compareInTurns } from '../../in-turns';
import { medianInterval } from '../../statistics';

const LABELS: { readonly [candidate in SynthCandidate]: string } = { twin: 'the same stack, written by hand', ours: 'this system' };
const CANDIDATES = Object.keys(LABELS) as SynthCandidate[];

/** The numbers of systems in an app, each in a stack of its own. */
const APPS = [1, 5, 20];

/** What a synthesis takes, from the start of the process to the cloud assembly. */
export async function measureTimes(apps: CompiledApps, rounds: number): Promise<FigureTable> {
  return {
    id: 'synth/time',
    title: 'Synthesis of a stack',
    description: 'Processor time of a fresh process, from its start to the written cloud assembly. '
      + 'The baseline has the same resources, written with the constructs of aws-cdk-lib only.',
    rows: await compareInTurns(CANDIDATES.map((candidate) => ({
      id: `synth/time/${candidate}`, label: LABELS[candidate], measure: () => apps.synthesize(candidate, 1),
    })), 'ms', rounds),
  };
}

/** What it takes to load the library. */
export async function measureModuleLoads(apps: CompiledApps, rounds: number): Promise<FigureTable> {
  return {
    id: 'synth/load',
    title: 'Load of the library',
    description: 'Processor time of a fresh process that loads the construct with the modules of aws-cdk-lib that it imports.',
    rows: await compareInTurns(CANDIDATES.map((candidate) => ({
      id: `synth/load/${candidate}`, label: LABELS[candidate], measure: () => apps.load(candidate),
    })), 'ms', rounds),
  };
}

/** What a further system in the same app takes. */
export function measureGrowth(apps: CompiledApps, rounds: number): FigureTable {
  return {
    id: 'synth/growth',
    title: 'Synthesis of several systems in an app',
    description: 'Processor time of a fresh process for each of its systems, which have a stack each. The start of the process is shared.',
    rows: APPS.map((count): Row => ({
      id: `synth/growth/${count}`,
      label: count === 1 ? '1 system' : `${count} systems`,
      unit: 'ms',
      figure: medianInterval(Array.from({ length: rounds }, () => apps.synthesize('ours', count) / count)),
    })),
  };
}

/** What is deployed. CloudFormation limits a template to 1 MB and 500 resources. */
export function measureTemplates(apps: CompiledApps): FigureTable {
  const templates = CANDIDATES.map((candidate) => [candidate, apps.templateOf(candidate)] as const);
  const rowsOf = (noun: string, unit: Row['unit'], measure: (template: string) => number): Row[] => {
    const baseline = measure(templates[0][1]);
    return templates.map(([candidate, template]) => ({
      id: `synth/size/${noun}-${candidate}`,
      label: `${noun}, ${LABELS[candidate]}`,
      unit,
      figure: exact(measure(template)),
      ratio: exact(measure(template) / baseline),
    }));
  };
  return {
    id: 'synth/size',
    title: 'Size of the stack',
    description: 'The template without white space, with the metadata that the CDK adds, and its resources.',
    rows: [
      ...rowsOf('template', 'bytes', (template) => Buffer.byteLength(JSON.stringify(JSON.parse(template)))),
      ...rowsOf('resources', 'items', (template) => Object.keys((JSON.parse(template) as { readonly Resources: object }).Resources).length),
    ],
  };
}
