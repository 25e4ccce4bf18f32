import { Component, type awscdk } from 'projen';

const RUNNER = 'integ-runner --directory test/integ --language typescript';
// tsx starts an app in a sixth of the time that ts-node takes.
const APP = '--app "node --import tsx {filePath}"';
// The runner would spread the scenarios over three regions. Lists come before other options, or they would take the names of scenarios.
const ACCOUNT = '--parallel-regions "${INTEG_REGION:-us-east-1}" ${INTEG_PROFILE:+--profiles "$INTEG_PROFILE"}';

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
      description: 'Deploy the scenarios to an AWS account (INTEG_PROFILE, INTEG_REGION), run their assertions and destroy them',
      // Snapshots in git lack their assets: the runner cannot deploy them first and update them then.
      exec: `${RUNNER} ${ACCOUNT} ${APP} --no-update-workflow --update-on-failed --force`,
      receiveArgs: true,
    });
    project.testTask.spawn(check);

    project.gitignore.addPatterns('**/*.snapshot/asset.*', 'cdk-integ.out.*');
    project.gitattributes.addAttributes('**/*.snapshot/**', 'linguist-generated');
  }
}
