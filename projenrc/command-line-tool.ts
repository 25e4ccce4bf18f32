import { Component, type awscdk } from 'projen';
import { TOOL_BUNDLE } from './handler-entries';

/** The names of the command. The second one is the package's, so that `npx` finds it before the package is installed. */
const COMMANDS = ['cdk-webhooks', 'cdk-webhook-processing-system'];

/** The command-line tool in `cli/`, which is bundled with the handlers. The package contains the bundle only. */
export class CommandLineTool extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    project.package.addBin(Object.fromEntries(COMMANDS.map((name) => [name, TOOL_BUNDLE])));
    // Yarn Plug'n'Play otherwise keeps the package in an archive, where Python and Docker find no files.
    project.package.addField('preferUnplugged', true);
    project.npmignore?.exclude('/cli/');
    if (project.eslint) {
      project.eslint.addLintPattern('cli');
      // The bundle contains what it imports.
      project.eslint.allowDevDeps('cli/**');
      project.eslint.addOverride({ files: ['cli/console/page/*'], parserOptions: { project: './cli/console/page/tsconfig.json' } } as never);
    }
  }
}
