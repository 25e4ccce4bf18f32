import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** The part of a cloud assembly's manifest that a local deployment needs. */
interface Manifest {
  readonly artifacts?: {
    readonly [id: string]: {
      readonly type: string;
      /** `aws://<account>/<Region>`. */
      readonly environment?: string;
      readonly displayName?: string;
      readonly properties?: {
        readonly templateFile?: string;
        readonly stackName?: string;
        readonly directoryName?: string;
        readonly file?: string;
        readonly bootstrapStackVersionSsmParameter?: string;
      };
    };
  };
}

/** A stack of an assembly. */
export interface AssemblyStack {
  /** In CloudFormation. */
  readonly name: string;
  /** The path in the app, by which the CDK's command line selects it. */
  readonly path: string;
  /** Absent if the stack names none. */
  readonly account?: string;
  readonly region?: string;
  /** Of the bootstrap resources that it uses. Absent for the CDK's own. */
  readonly qualifier?: string;
  /** The path of its template in the assembly. */
  readonly template: string;
}

/** The files of an assembly that the CDK's command line reads. */
export interface Assembly {
  readonly stacks: readonly AssemblyStack[];
  /** The manifests of assets, by their path in the assembly. */
  readonly assetManifests: readonly string[];
}

const NONE: Assembly = { stacks: [], assetManifests: [] };
const DEFAULT_QUALIFIER = 'hnb659fds';

/** Reads the manifest of an assembly and those of its stages. */
export function readAssembly(folder: string, directory = ''): Assembly {
  const { artifacts = {} } = readJson<Manifest>(folder, posix.join(directory, 'manifest.json'));
  return Object.entries(artifacts).map(([id, { type, environment = '', displayName, properties = {} }]): Assembly => {
    switch (type) {
      case 'aws:cloudformation:stack': {
        const [, account, region] = /^aws:\/\/([^/]*)\/(.*)$/.exec(environment) ?? [];
        const [, qualifier] = /^\/cdk-bootstrap\/([^/]+)\/version$/.exec(properties.bootstrapStackVersionSsmParameter ?? '') ?? [];
        const stack = {
          name: properties.stackName ?? id,
          path: displayName ?? id,
          account: known(account),
          region: known(region),
          qualifier: qualifier === DEFAULT_QUALIFIER ? undefined : qualifier,
          template: posix.join(directory, properties.templateFile!),
        };
        return { ...NONE, stacks: [stack] };
      }
      case 'cdk:asset-manifest':
        return { ...NONE, assetManifests: [posix.join(directory, properties.file!)] };
      case 'cdk:cloud-assembly':
        return readAssembly(folder, posix.join(directory, properties.directoryName!));
      default:
        return NONE;
    }
  }).reduce((all, each) => ({
    stacks: [...all.stacks, ...each.stacks],
    assetManifests: [...all.assetManifests, ...each.assetManifests],
  }), NONE);
}

/** Reads a JSON file of an assembly. */
export function readJson<T>(folder: string, path: string): T {
  return JSON.parse(readFileSync(join(folder, path), 'utf8')) as T;
}

function known(part: string | undefined): string | undefined {
  return part === undefined || part.startsWith('unknown-') ? undefined : part;
}
