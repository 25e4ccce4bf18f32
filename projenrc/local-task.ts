import { Component, type awscdk } from 'projen';

/**
 * `npx projen local`: the whole system on one machine, with an emulator
 * instead of an AWS account.
 */
export class LocalTask extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    project.addTask('local', {
      description: 'Deploy the example app on this machine, send it webhooks and show what each did',
      steps: [{ exec: 'node local/require-node.cjs' }, { spawn: 'bundle' }, { exec: 'node --import tsx local/main.ts', receiveArgs: true }],
    });

    project.gitignore.addPatterns('.local/', '.webhooks/');
    project.npmignore?.exclude('/local/', '/.local/', '/.webhooks/');
    if (project.eslint) {
      project.eslint.addLintPattern('local');
      project.eslint.allowDevDeps('local/**');
    }
  }
}
