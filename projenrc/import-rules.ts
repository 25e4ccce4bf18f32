import { Component, type awscdk } from 'projen';

/** What the folders of handlers/ may import beside themselves and the contract: use cases on top, what they share below. */
export const HANDLER_IMPORTS: { readonly [folder: string]: readonly string[] } = {
  ingest: ['providers', 'domain', 'aws'],
  publish: ['alerts', 'domain', 'aws'],
  assess: ['alerts', 'domain', 'aws'],
  archive: ['aws'],
  providers: ['domain'],
  alerts: ['domain'],
  domain: [],
  aws: [],
};

const CONTRACT = './private/contract';

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

/** Imports between folders point one way: eslint reports those that do not. */
export class ImportRules extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    project.eslint?.addRules({
      'import/no-restricted-paths': ['error', {
        zones: [
          ...Object.entries(HANDLER_IMPORTS).map(([folder, others]) => ({
            target: `./handlers/${folder}`,
            from: './handlers',
            except: [folder, ...others].map((name) => `./${name}`),
            message: `handlers/${folder} may import only ${[...others, 'the contract'].join(', ')}.`,
          })),
          { target: './handlers', from: './src', except: [CONTRACT], message: 'The handlers know the library by its contract only.' },
          { target: './handlers', from: './node_modules/aws-cdk-lib', message: 'The bundles must stay free of the CDK.' },
          { target: './src', from: './handlers', message: 'jsii compiles src alone: what both need is in the contract.' },
          { target: './src/private/contract', from: './src', except: [CONTRACT], message: 'The contract is bundled into the handlers.' },
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
