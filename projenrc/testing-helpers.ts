import { Component, type awscdk } from 'projen';

/**
 * The helpers for users' tests in `testing/`, which are bundled with the handlers. The package contains the bundle and
 * the declarations.
 */
export class TestingHelpers extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    project.npmignore?.exclude('/testing/**/*.ts');
    project.npmignore?.include('/testing/**/*.d.ts');
    if (project.eslint) {
      project.eslint.addLintPattern('testing');
      // The bundle contains what it imports.
      project.eslint.allowDevDeps('testing/**');
    }
  }
}
