import { Component, type awscdk } from 'projen';
import { PROVIDER_SAMPLES, PROVIDER_SIMULATORS, SIMULATOR_REGISTRY, type ImportLimits } from './import-graph';

const PROVIDERS = 'handlers/providers/*';
const CONTRACT = 'src/private/contract';
const GENERATED = 'src/private/contract/generated';
const SAMPLES = 'handlers/providers/shared/samples';
const SIMULATORS = 'handlers/providers/shared/simulators';

/** The folders with their own code, each with the folders that it can import. `npx projen imports` prints what each one does import. */
export const FOLDER_IMPORTS: { readonly [folder: string]: readonly string[] } = {
  // The code that runs in Lambda: use cases first, then shared code.
  'handlers/ingest': ['handlers/providers', 'handlers/providers/shared', 'handlers/domain', 'handlers/aws', CONTRACT],
  'handlers/reconcile': ['handlers/ingest', 'handlers/providers', PROVIDERS, 'handlers/providers/shared', 'handlers/domain', 'handlers/aws', CONTRACT],
  'handlers/publish': [
    'handlers/publish/sweep', 'handlers/publish/screening', 'handlers/publish/events', 'handlers/publish/disputes', 'handlers/alerts',
    'handlers/aws', CONTRACT,
  ],
  'handlers/publish/disputes': ['handlers/labels', 'handlers/domain', 'handlers/aws', CONTRACT],
  'handlers/publish/sweep': ['handlers/publish/events', 'handlers/domain', 'handlers/aws', CONTRACT],
  'handlers/publish/screening': ['handlers/publish/events', 'handlers/domain', 'handlers/aws', CONTRACT],
  'handlers/publish/events': ['handlers/alerts', 'handlers/domain', 'handlers/aws', CONTRACT],
  'handlers/assess': ['handlers/assess/facts', 'handlers/assess/rules', 'handlers/alerts', 'handlers/domain', 'handlers/aws', CONTRACT],
  'handlers/assess/facts': ['handlers/assess/rules', 'handlers/domain', CONTRACT],
  'handlers/assess/rules': ['handlers/domain', CONTRACT],
  'handlers/archive': ['handlers/aws', CONTRACT],
  'handlers/providers': [PROVIDERS, 'handlers/providers/shared', CONTRACT],
  [PROVIDERS]: ['handlers/providers/shared', 'handlers/domain', CONTRACT],
  'handlers/providers/shared': ['handlers/providers/shared/generated', 'handlers/domain', CONTRACT],
  'handlers/providers/shared/generated': [],
  // Samples of webhooks for tests and tools. They are not deployed.
  [PROVIDER_SAMPLES]: [SAMPLES, 'handlers/providers/shared', CONTRACT],
  [SAMPLES]: ['handlers/providers/shared', 'handlers/domain', CONTRACT],
  // The providers as tests and tools play them. They are not deployed.
  [SIMULATOR_REGISTRY]: [PROVIDER_SIMULATORS, SIMULATORS, CONTRACT],
  [PROVIDER_SIMULATORS]: [SIMULATORS, PROVIDERS, CONTRACT],
  [SIMULATORS]: ['handlers/domain', CONTRACT],
  'handlers/labels': ['handlers/aws', CONTRACT],
  'handlers/alerts': ['handlers/domain', CONTRACT],
  'handlers/domain': [CONTRACT],
  'handlers/aws': [CONTRACT],

  // The code that jsii compiles: the system, its constructs, the values that users pass in, and shared code.
  'src': ['src/private/constructs', 'src/private/settings', 'src/props', 'src/providers', 'src/fraud', 'src/private', CONTRACT],
  'src/private/constructs': ['src/private/settings', 'src/props', 'src/providers', 'src/private', CONTRACT],
  'src/private/settings': ['src/props', 'src/fraud', 'src/private', CONTRACT],
  'src/props': ['src/providers', 'src/fraud', 'src/private', CONTRACT],
  'src/providers': ['src/private', CONTRACT],
  'src/fraud': ['src/private', CONTRACT],
  'src/private': [CONTRACT],
  [CONTRACT]: [GENERATED],
  [GENERATED]: [],

  // The command-line tool.
  'cli': ['cli/commands', 'cli/aws', 'cli/terminal'],
  'cli/commands': [
    'cli/backtest', 'cli/backtest/history', 'cli/backtest/report', 'cli/backtest/rule-sets', 'cli/console', 'cli/console/system', 'cli/cost',
    'cli/dead-letters', 'cli/doctor', 'cli/erase', 'cli/find', 'cli/label', 'cli/listen', 'cli/lists',
    'cli/local', 'cli/local/emulator', 'cli/open', 'cli/replay', 'cli/send', 'cli/transactions', 'cli/aws', 'cli/terminal', 'handlers/aws',
    'handlers/publish/events', CONTRACT,
  ],
  'cli/send': [
    'cli/terminal', 'handlers/domain', 'handlers/ingest', 'handlers/providers', 'handlers/providers/shared', SIMULATORS, SIMULATOR_REGISTRY,
    'src/private', CONTRACT,
  ],
  'cli/listen': ['cli/aws', 'cli/terminal', 'handlers/domain', CONTRACT],
  'cli/find': ['cli/transactions', 'cli/terminal', 'handlers/alerts', 'handlers/aws', 'handlers/domain', 'handlers/publish/events', CONTRACT],
  'cli/replay': ['cli/transactions', 'cli/terminal', 'handlers/aws', 'handlers/publish/events', CONTRACT],
  'cli/transactions': ['cli/erase', 'cli/terminal', 'handlers/alerts', 'handlers/aws', 'handlers/domain', 'handlers/publish/events', CONTRACT],
  'cli/dead-letters': ['cli/open', 'cli/aws', 'cli/terminal', 'handlers/alerts', 'handlers/aws', 'handlers/publish/events', CONTRACT],
  'cli/open': ['cli/terminal', 'handlers/aws', 'handlers/domain', 'handlers/publish/events', 'handlers/publish/sweep', CONTRACT],
  'cli/label': ['handlers/aws', 'handlers/labels', CONTRACT],
  'cli/lists': ['cli/aws', 'cli/terminal', 'handlers/alerts', 'handlers/assess/rules', 'handlers/domain', CONTRACT],
  'cli/backtest': [
    'cli/backtest/history', 'cli/backtest/model', 'cli/backtest/rule-sets', 'handlers/assess', 'handlers/assess/facts', 'handlers/assess/rules',
    'handlers/domain', CONTRACT,
  ],
  'cli/backtest/report': ['cli/backtest', 'cli/backtest/rule-sets', 'cli/terminal', CONTRACT],
  'cli/backtest/history': [
    'cli/transactions', 'cli/terminal', 'handlers/assess/rules', 'handlers/aws', 'handlers/domain', 'handlers/providers/shared',
    'handlers/providers/shared/generated', 'handlers/publish/events', CONTRACT,
  ],
  'cli/backtest/rule-sets': ['cli/local/assembly', 'cli/terminal', 'handlers/assess/rules', CONTRACT],
  'cli/backtest/model': ['handlers/assess/rules', CONTRACT],
  'cli/erase': [
    'cli/dead-letters', 'cli/aws', 'cli/terminal', 'handlers/assess/rules', 'handlers/aws', 'handlers/domain', 'handlers/providers/shared',
    CONTRACT,
  ],
  'cli/doctor': [
    'cli/aws', 'cli/terminal', 'handlers/alerts', 'handlers/providers', 'handlers/providers/shared', SIMULATORS, SIMULATOR_REGISTRY, CONTRACT,
  ],
  'cli/cost': ['cli/aws', 'cli/terminal', CONTRACT],
  'cli/local': ['cli/local/assembly', 'cli/local/emulator', 'cli/aws', 'cli/terminal', 'handlers/providers/shared', SIMULATOR_REGISTRY, CONTRACT],
  'cli/local/assembly': ['cli/local/emulator'],
  'cli/local/emulator': ['cli/aws'],
  'cli/console': ['cli/console/model', 'cli/terminal'],
  'cli/console/system': [
    'cli/console', 'cli/console/model', 'cli/dead-letters', 'cli/find', 'cli/listen', 'cli/lists', 'cli/replay', 'cli/transactions', 'cli/aws',
    'cli/terminal', 'handlers/aws', 'handlers/domain', 'handlers/publish/events', CONTRACT,
  ],
  // The page runs in a browser. What it computes without one is in the folder after it.
  'cli/console/page': ['cli/console/model', 'cli/console/view'],
  'cli/console/view': ['cli/console/model'],
  'cli/console/model': [CONTRACT],
  'cli/aws': ['cli/terminal', 'handlers/aws', CONTRACT],
  'cli/terminal': [],

  // The helpers for users' tests.
  'testing': ['events', 'testing/generated', 'handlers/alerts', 'handlers/domain', SIMULATORS, SIMULATOR_REGISTRY, 'src/private', CONTRACT],
  'testing/generated': [],

  // The code for consumers of the events.
  'consumer': ['consumer/generated', 'events', 'handlers/aws', 'handlers/domain', CONTRACT],
  'consumer/generated': [],

  // The code that runs the system on one machine.
  'local': ['local/report', 'local/scenario', 'local/observe', 'local/emulator', 'cli/local', 'cli/local/emulator', 'src'],
  'local/report': ['local/scenario', 'local/observe', 'cli/local/assembly'],
  'local/scenario': ['local/observe', 'local/emulator', 'cli/local/emulator', PROVIDER_SAMPLES, SAMPLES, CONTRACT],
  'local/observe': ['local/emulator', 'cli/local/emulator', CONTRACT],
  'local/emulator': ['cli/local/assembly', 'cli/local/emulator', 'cli/aws'],
};

/** The folders that compute and do no I/O, each with the modules that it can import. `aws-lambda` declares types only. */
export const PURE_FOLDERS: { readonly [folder: string]: readonly string[] } = {
  'handlers/alerts': [],
  'handlers/assess/facts': [],
  'handlers/assess/rules': [],
  'handlers/domain': ['node:crypto', 'node:url'],
  'handlers/providers': [],
  [PROVIDERS]: ['fast-xml-parser', 'node:buffer', 'node:crypto', 'node:zlib'],
  'handlers/providers/shared/generated': ['ajv-formats/dist/formats', 'ajv/dist/runtime/ucs2length'],
  'handlers/providers/shared': ['aws-lambda', 'lossless-json', 'node:crypto'],
  [CONTRACT]: [GENERATED],
  [GENERATED]: [],
};

/**
 * The private files that use a public class at runtime: the default of `fraudRules` is `FraudRule.defaults()`.
 * Every other one imports the public files by `import type`, because they import the private ones.
 */
export const RUNTIME_IMPORTS_OF_PUBLIC_FILES: readonly string[] = ['src/private/settings/fraud-config.ts'];

/** Folders below src/, with the start of a path from them to the public files. */
const WAY_OUT_OF_PRIVATE: { readonly [folder: string]: string } = {
  'src/private': '\\.\\./',
  'src/private/*': '\\.\\./\\.\\./',
};

/** The code that is bundled for Lambda must not import the CDK. */
const CDK_FREE = 'handlers';
const CDK_PACKAGES = ['aws-cdk-lib', 'constructs'];

export const IMPORT_LIMITS: ImportLimits = { folders: FOLDER_IMPORTS, modules: PURE_FOLDERS, bannedPackages: { [CDK_FREE]: CDK_PACKAGES } };

/** A provider's folder has its code, its samples and its simulator. The patterns of all other folders follow from their names. */
const PATTERNS: { readonly [folder: string]: { readonly files: string; readonly code: string } } = {
  [PROVIDERS]: {
    files: 'handlers/providers/*/!(samples|sample-*|simulator).ts',
    code: 'handlers/providers/!(shared)/!(*.test|samples|sample-*|simulator).ts',
  },
  [PROVIDER_SAMPLES]: {
    files: 'handlers/providers/*/{samples,sample-*}.ts',
    code: 'handlers/providers/!(shared)/{samples,sample-*}.ts',
  },
  [PROVIDER_SIMULATORS]: {
    files: 'handlers/providers/*/simulator.ts',
    code: 'handlers/providers/!(shared)/simulator.ts',
  },
  [SIMULATOR_REGISTRY]: { files: 'handlers/providers/simulators.ts', code: 'handlers/providers/simulators.ts' },
  'cli/console/page': { files: 'cli/console/page/*.{ts,tsx}', code: 'cli/console/page/*.{ts,tsx}' },
  'handlers/providers': { files: 'handlers/providers/registry.ts', code: 'handlers/providers/!(*.test|simulators).ts' },
};

/** Imports between folders point one way. eslint reports the others, and `npx projen imports` prints all imports. */
export class ImportRules extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    project.addTask('imports', {
      description: 'Print which folder imports which, and fail on a cycle or a forbidden import',
      exec: 'node --import tsx projenrc/print-imports.ts',
    });
    project.eslint?.addRules({
      'import/no-restricted-paths': ['error', {
        zones: [
          ...Object.entries(FOLDER_IMPORTS).map(([folder, others]) => ({
            target: `./${PATTERNS[folder]?.code ?? `${folder}/!(*.test).ts`}`,
            from: './{handlers,src,cli,testing,consumer,local}/**',
            except: [folder, ...others].map((name) => `**/${PATTERNS[name]?.files ?? `${name}/*.ts`}`),
            message: `${folder} can import only ${others.length > 0 ? others.join(', ') : 'its own files'} (projenrc/import-rules.ts).`,
          })),
          {
            target: ['./handlers/**/!(*.test).ts', './src', './cli', './testing', './consumer', './local'],
            from: ['./benchmarks', './examples', './projenrc', './rosetta', './test'],
            message: 'Only tests, examples and tools can import this.',
          },
          {
            target: `./${CDK_FREE}`,
            from: CDK_PACKAGES.map((name) => `./node_modules/${name}`),
            message: 'The bundles must not import the CDK.',
          },
        ],
      }],
    });

    // `import/no-restricted-paths` does not distinguish types from values.
    for (const [folder, regex] of Object.entries(WAY_OUT_OF_PRIVATE)) {
      project.eslint?.addOverride({
        files: [`${folder}/*.ts`],
        excludedFiles: [...RUNTIME_IMPORTS_OF_PUBLIC_FILES],
        rules: {
          '@typescript-eslint/no-restricted-imports': ['error', {
            patterns: [{ regex: `^${regex}`, allowTypeImports: true, message: 'Private files import public ones by `import type` only.' }],
          }],
        },
      });
    }
  }
}
