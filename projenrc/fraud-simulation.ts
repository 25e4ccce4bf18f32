import { Component, type awscdk } from 'projen';

/** A task that simulates shops and measures the default fraud rules. A test repeats a part of it. */
export class FraudSimulation extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    project.addTask('fraud', {
      description: 'Simulate months of three shops and print how well the default rules find fraud. Add --write to update the tables in docs/, or --events <file> to write the events of months',
      exec: 'node --import tsx test/simulation/main.ts',
      receiveArgs: true,
    });
  }
}
