import { Component, type awscdk } from 'projen';

/** An example without a translation fails the packing, instead of being shown in TypeScript. */
const PACMAK = 'jsii-pacmak --rosetta-unknown-snippets fail';

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
      exec: `${PACMAK} --code-only --target python --target java --target dotnet --target go --outdir dist/code`,
    });
    for (const language of ['js', 'java', 'python', 'dotnet', 'go']) {
      project.tasks.tryFind(`package:${language}`)!.reset(`${PACMAK} -v --target ${language}`);
    }
    project.packageTask.reset();
    project.packageTask.spawn(project.tasks.tryFind('package:js')!);
    project.packageTask.spawn(generate);
  }
}
