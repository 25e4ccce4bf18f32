import { Component, type awscdk } from 'projen';

/** A task that simulates the system under load. A test repeats it. */
export class ScaleModel extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    project.addTask('scale', {
      description: 'Simulate the system under load and write the results to docs/scale.md',
      exec: 'node --import tsx test/scale/main.ts',
    });
  }
}
