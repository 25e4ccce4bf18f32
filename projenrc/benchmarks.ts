import { Component, type awscdk } from 'projen';

/** Measurements. No test depends on a time, because times differ from machine to machine. */
export class Benchmarks extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    project.addTask('bench', {
      description: 'Measure the system side by side with its alternatives, and check the goals. Add --quick for less than three minutes',
      steps: [{ spawn: 'bundle' }, { exec: 'node --import tsx benchmarks/main.ts', receiveArgs: true }],
    });
    project.addTask('benchmark:forged-requests', {
      description: 'Measure the processor time of forged requests before they are rejected',
      exec: 'node --import tsx benchmarks/forged-requests.ts',
      receiveArgs: true,
    });

    // The benchmarks install other versions of Node there.
    project.gitignore.exclude('/.benchmarks/');
    project.npmignore?.exclude('/benchmarks/', '/.benchmarks/');
    if (project.eslint) {
      project.eslint.addLintPattern('benchmarks');
      project.eslint.allowDevDeps('benchmarks/**');
    }
  }
}
