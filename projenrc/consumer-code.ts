import { Component, type awscdk } from 'projen';

/** The code for consumers of the events in `consumer/`. The package contains its bundle and its declaration. */
export class ConsumerCode extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    project.npmignore?.exclude('/consumer/*.ts', '/consumer/generated/');
    project.npmignore?.include('/consumer/index.d.ts');
    if (project.eslint) {
      project.eslint.addLintPattern('consumer');
      // The bundle contains what it imports.
      project.eslint.allowDevDeps('consumer/**');
    }
  }
}
