import { Component, type awscdk } from 'projen';

/** The compiled package, whose documentation is the reference of each language. */
const COMPILED = '[ -f .jsii.tabl.json ] && [ -z "$(find src README.md package.json -newer .jsii.tabl.json)" ]';

/** The documentation site: pages from README.md, docs/ and the API, built by VitePress into `.site/html`. */
export class DocumentationSite extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    const assemble = project.addTask('docs:assemble', {
      description: 'Write the pages of the documentation site to .site/pages',
      steps: [
        { exec: `(${COMPILED}) || (jsii && jsii-rosetta extract --strict --fail --cache .rosetta.cache .jsii)` },
        { exec: 'node --import tsx projenrc/site/assemble-site.ts' },
      ],
    });
    const site = project.addTask('docs:site', {
      description: 'Build the documentation site in .site/html, and check its links',
      steps: [
        { spawn: assemble.name },
        { exec: 'vitepress build projenrc/site' },
        { exec: 'node --import tsx projenrc/site/check-links.ts' },
      ],
    });
    project.addTask('docs:serve', {
      description: 'Show the documentation site on this machine while you write',
      steps: [{ spawn: assemble.name }, { exec: 'vitepress dev projenrc/site', receiveArgs: true }],
    });
    project.addTask('test:site', {
      description: 'Build the documentation site, and open its pages in a browser (needs Chromium)',
      steps: [{ spawn: site.name }, { exec: 'node --import tsx test/site/check-pages.ts' }],
    });
    project.gitignore.addPatterns('/.site/');
    project.npmignore?.exclude('/.site/');
    project.tsconfigDev.addExclude('.site');
  }
}
