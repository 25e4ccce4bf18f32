import { Component, type awscdk } from 'projen';

/**
 * Checks by third-party tools that need more than Node. CI runs them, and
 * `npx projen test` does not.
 */
export class ExternalChecks extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    const cases = 'test/event-ruler/target/cases.json';
    project.addTask('test:ruler', {
      description: "Compare the rules of the three tiers with AWS's own event matcher (needs Java 17 and Maven)",
      steps: [
        { exec: 'mkdir -p test/event-ruler/target' },
        { exec: `node --import tsx test/event-ruler/cases.ts > ${cases}` },
        { exec: `mvn --quiet --batch-mode -Dstyle.color=never --file test/event-ruler/pom.xml compile exec:java -Dexec.args="$PWD/${cases}"` },
      ],
    });
    project.addTask('test:rights', {
      description: 'Run the built handlers with the rights of their roles, on an emulator (needs Python 3)',
      steps: [{ spawn: 'bundle' }, { exec: 'test/rights/run.sh', receiveArgs: true }],
    });
    project.addTask('test:compatibility', {
      description: 'Use the packed package with the oldest and the newest CDK, and with several versions of Node, TypeScript and package managers',
      exec: 'node --import tsx test/compatibility/main.ts',
      receiveArgs: true,
    });
    project.addTask('test:toolkit', {
      description: 'Install the packed package in a CDK app, run the app on this machine and type the commands of the tool (needs Python 3)',
      exec: 'test/toolkit/run.sh',
    });
    project.addTask('test:cfn-lint', {
      description: 'Lint the templates of the scenarios (needs Python 3)',
      exec: 'test/cfn-lint/run.sh',
      receiveArgs: true,
    });
    project.addTask('test:checkov', {
      description: 'Check the templates of the scenarios with checkov: each finding needs a reason (needs Python 3)',
      exec: 'test/checkov/run.sh',
      receiveArgs: true,
    });
    project.addTask('test:languages', {
      description: 'Run or compile every example in the languages that readers see it in (needs Python 3, Java 17, Maven and Go)',
      exec: 'test/languages/run.sh',
    });
    project.gitignore.addPatterns('/test/event-ruler/target/');
  }
}
