import { Component, type awscdk } from 'projen';

/** A model of what the system costs. A test recomputes it. */
export class CostModel extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    project.addTask('cost', {
      description: 'Recompute what the system costs and write it into docs/cost.md and the README',
      exec: 'node --import tsx test/cost/main.ts',
    });
  }
}
