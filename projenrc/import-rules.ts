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
  }
}
