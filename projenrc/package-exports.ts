import { Component, type awscdk } from 'projen';
import { CONSUMER_BUNDLE, TESTING_BUNDLE } from './handler-entries';

/** A module of the package. jsii needs `types` and `default` in each: https://github.com/aws/jsii/issues/4259. */
interface ExportedModule {
  readonly types: string;
  readonly default: string;
}

/** What can be imported from the package. */
const EXPORTS: { readonly [subpath: string]: string | ExportedModule } = {
  '.': { types: './lib/index.d.ts', default: './lib/index.js' },
  './events': { types: './events/index.d.ts', default: './events/index.js' },
  './consumer': { types: './consumer/index.d.ts', default: `./${CONSUMER_BUNDLE}` },
  './testing': { types: './testing/index.d.ts', default: `./${TESTING_BUNDLE}` },
  // Modules without an extension, as before the package had `exports`.
  './lib': { types: './lib/index.d.ts', default: './lib/index.js' },
  './lib/*.d.ts': './lib/*.d.ts',
  './lib/*.js': { types: './lib/*.d.ts', default: './lib/*.js' },
  './lib/*': { types: './lib/*.d.ts', default: './lib/*.js' },
  // jsii reads them.
  './.jsii': './.jsii',
  './package.json': './package.json',
  // The schemas, the bundles of the functions, and every other file by its name.
  './schemas/*': './schemas/*',
  './assets/*': './assets/*',
  './*': './*',
};

/** The `exports` of the package: an ES module cannot import the folder of a subpath without them. */
export class PackageExports extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    project.package.addField('exports', EXPORTS);
  }
}
