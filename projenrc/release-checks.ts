import { Component, type awscdk } from 'projen';

/** The version of https://github.com/rhysd/actionlint that checks the workflows. */
const ACTIONLINT = 'v1.7.12';

/** What must be true before a release, without one. */
export class ReleaseChecks extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    project.addTask('release:dry-run', {
      description: 'Pack for all languages and check the packages, as before a release (needs Python 3, Java 17 and Maven)',
      exec: 'node --import tsx projenrc/release/dry-run.ts',
    });
    project.addTask('test:workflows', {
      description: 'Check the GitHub workflows (needs Go)',
      exec: `go run github.com/rhysd/actionlint/cmd/actionlint@${ACTIONLINT}`,
    });
  }
}
