import { Component, type awscdk } from 'projen';

const RUNNER = 'integ-runner --directory test/integ --language typescript';
// tsx starts an app in a sixth of the time that ts-node takes.
const APP = '--app "node --import tsx {filePath}"';
// By default, the runner spreads the scenarios over three regions. List options come before other options, because they would consume the scenario names.
const ACCOUNT = '--parallel-regions "${INTEG_REGION:-us-east-1}" ${INTEG_PROFILE:+--profiles "$INTEG_PROFILE"}';

/**
 * Snapshots of whole templates for reviewers, and the same scenarios as real
 * deployments in an AWS account.
 */
export class IntegSnapshots extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    const check = project.addTask('integ', {
      description: 'Compare the synthesized scenarios with their snapshots',
      exec: `${RUNNER} ${APP} --max-workers 3`,
    });
    project.addTask('integ:update', {
      description: 'Synthesize the scenarios and update their snapshots',
      exec: `${RUNNER} ${APP} --max-workers 3 --update-on-failed --dry-run`,
    });
    project.addTask('integ:deploy', {
      description: 'Deploy the scenarios to an AWS account (INTEG_PROFILE, INTEG_REGION), run their assertions and destroy them',
      // Snapshots in git lack their assets, so the runner cannot deploy them first and then update them.
      exec: `${RUNNER} ${ACCOUNT} ${APP} --no-update-workflow --update-on-failed --force`,
      receiveArgs: true,
    });
    project.testTask.spawn(check);

    project.gitignore.addPatterns('**/*.snapshot/asset.*', 'cdk-integ.out.*');
    project.gitattributes.addAttributes('**/*.snapshot/**', 'linguist-generated');
  }
}
