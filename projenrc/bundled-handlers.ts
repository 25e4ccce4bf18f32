import { Component, type awscdk } from 'projen';

/**
 * Bundles the Lambda handlers before jsii compiles the library.
 *
 * The bundles are in `assets/<handler>/`, beside the committed
 * Dockerfile. Git ignores them and npm ships them, so that an app that installs
 * the package needs no bundler and no Docker build steps of its own.
 */
export class BundledHandlers extends Component {
  public readonly task;

  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    this.task = project.addTask('bundle', {
      description: 'Bundle the Lambda handlers into assets/',
      exec: 'node --import tsx projenrc/bundle-handlers.ts',
    });
    project.preCompileTask.spawn(this.task);
    project.testTask.prependSpawn(this.task);

    project.gitignore.addPatterns('/assets/*/*.js', '/assets/*/*.css', '/assets/.sources-hash', 'THIRD-PARTY-NOTICES');
    project.npmignore?.include('/assets/', '/schemas/', '/THIRD-PARTY-NOTICES');
    project.npmignore?.exclude('/handlers/', '/assets/.sources-hash');
    // The bundles contain what they import: the package itself has no dependencies.
    project.eslint?.allowDevDeps('handlers/**');
  }
}
