import { Component, type awscdk } from 'projen';

/**
 * Test files that take long and that few changes affect, as patterns of their paths.
 * `npx projen test:full` runs them, and so does the build. The other tasks leave them out.
 */
export const SLOW_SUITES: readonly string[] = ['/test/simulation/', '/test/alarm-simulation/', '\\.hostile\\.test\\.ts$', '\\.browser\\.test\\.ts$'];

const IGNORED = ['/node_modules/', ...SLOW_SUITES].join('|');
/** Options for a run without the slow suites. */
export const WITHOUT_SLOW_SUITES: readonly string[] = ['--testPathIgnorePatterns', IGNORED];

/** The tasks that run the tests. Coverage is measured without the slow suites, so `npx projen test` has the threshold. */
export class TestSuites extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    project.addTask('test:unit', {
      description: 'Run the tests without the slow suites, coverage, lint and snapshots',
      steps: [{ execArgs: ['jest', ...WITHOUT_SLOW_SUITES, '--ci'], receiveArgs: true }],
    });
    const watch = project.tasks.tryFind('test:watch')!;
    watch.reset();
    watch.execArgs(['jest', '--watch', ...WITHOUT_SLOW_SUITES]);
    const full = project.addTask('test:full', {
      description: 'Run the task `test`, and then the slow suites',
      steps: [{ spawn: project.testTask.name }, { execArgs: ['jest', ...SLOW_SUITES, '--ci'] }],
    });
    project.addTask('test:faults', {
      description: 'Run the built handlers under injected faults, and fail if anything is lost. Add --size <n> for more, and --seed <n> to repeat a run',
      steps: [{ spawn: 'bundle' }, { exec: 'node --import tsx test/faults/main.ts', receiveArgs: true }],
    });
    project.addTask('test:soak', {
      description: 'Send many webhooks through the built handlers, and fail if the memory of a process grows. Add --webhooks 50000 for the whole soak',
      steps: [{ spawn: 'bundle' }, { exec: 'node --import tsx test/soak/main.ts', receiveArgs: true }],
    });
    // The global setup writes the bundles, and must not start the tests again.
    project.jest?.addWatchIgnorePattern('/assets/');
    // projen locks the build task.
    const step = project.buildTask.steps.findIndex(({ spawn }) => spawn === project.testTask.name);
    project.tryFindObjectFile('.projen/tasks.json')!.addOverride(`tasks.build.steps.${step}.spawn`, full.name);
  }
}
