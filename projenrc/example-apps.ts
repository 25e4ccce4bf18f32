import { Component, type awscdk } from 'projen';

/** The apps in examples/, which install the package like a user's. `npx projen test:languages` runs them, too. */
export class ExampleApps extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    const apps = project.addTask('test:languages:apps', {
      description: 'Synthesize the example app of each language with the packed package, and compare the templates (needs Python 3, Java 17, Maven, Go and mcs)',
      exec: 'test/languages/apps/run.sh',
    });
    project.tasks.tryFind('test:languages')!.spawn(apps);
    // A lock file belongs to an app, not to the example that it begins with.
    project.gitignore.addPatterns('/examples/*/package-lock.json', '/examples/*/go.sum');
    // The example imports the package by its name, which is compiled only in a build.
    project.tsconfigDev.file.addOverride('compilerOptions.paths', { 'cdk-webhook-processing-system': ['./src'] });
  }
}
