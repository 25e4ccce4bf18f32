import { Component, type awscdk } from 'projen';

/** A task that computes the cost of the system. A test recomputes it. */
export class CostModel extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    project.addTask('cost', {
      description: 'Recompute the cost of the system and write it to docs/cost.md and the README',
      exec: 'node --import tsx test/cost/main.ts',
    });
  }
}
