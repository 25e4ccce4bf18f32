import { Component, type awscdk } from 'projen';

/**
 * `build` packs for npm and generates the sources of the other languages.
 *
 * Packing those needs Maven, .NET, Go and a Python toolchain, which
 * contributors do not need. Use the tasks `package:<language>` for that.
 */
export class PackageTargets extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    const generate = project.addTask('generate:languages', {
      description: 'Generate the Python, Java, .NET and Go sources into dist/code',
      exec: 'jsii-pacmak --code-only --target python --target java --target dotnet --target go --outdir dist/code',
    });
    project.packageTask.reset();
    project.packageTask.spawn(project.tasks.tryFind('package:js')!);
    project.packageTask.spawn(generate);
  }
}
