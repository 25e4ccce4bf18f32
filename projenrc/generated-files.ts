import { Component, type awscdk } from 'projen';

/**
 * What the library and the documentation must know about the handlers is
 * generated from their modules and committed: jsii compiles `src` alone. A test
 * fails if a generated file is out of date.
 */
export class GeneratedFiles extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    project.addTask('generate', {
      description: 'Regenerate the parts of the contract and of the documentation that follow from the handlers',
      exec: 'node --import tsx projenrc/generate/write-generated-files.ts',
    });
  }
}
