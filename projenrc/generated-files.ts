import { Component, type awscdk } from 'projen';

/**
 * Generates the parts of the library and the documentation that depend on the
 * handlers. They are committed, because jsii compiles only `src`. A test fails
 * if a generated file is out of date.
 */
export class GeneratedFiles extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    project.addTask('generate', {
      description: 'Regenerate the parts of the contract and of the documentation that depend on the handlers',
      exec: 'node --import tsx projenrc/generate/write-generated-files.ts',
    });
  }
}
