import { Component, type awscdk } from 'projen';

const RUNNER = 'integ-runner --directory test/integ --language typescript';
// tsx starts an app in a sixth of the time that ts-node takes.
const APP = '--app "node --import tsx {filePath}"';

/**
 * Snapshots of whole templates, which reviewers read, and the same stories as
 * real deployments for someone with an AWS account.
 */
export class IntegSnapshots extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    const check = project.addTask('integ', {
      description: 'Compare the synthesized stories with their snapshots',
      exec: `${RUNNER} ${APP} --max-workers 3`,
    });
    project.addTask('integ:update', {
      description: 'Synthesize the stories again and update their snapshots',
      exec: `${RUNNER} ${APP} --max-workers 3 --update-on-failed --dry-run`,
    });
    project.addTask('integ:deploy', {
      description: 'Deploy the stories to the current AWS account, run their assertions and destroy them',
      exec: `${RUNNER} ${APP} --update-on-failed --force`,
      receiveArgs: true,
    });
    project.testTask.spawn(check);

    project.gitignore.addPatterns('**/*.snapshot/asset.*', 'cdk-integ.out.*');
    project.gitattributes.addAttributes('**/*.snapshot/**', 'linguist-generated');
  }
}
