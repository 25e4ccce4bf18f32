import { Component, type awscdk } from 'projen';

const TYPESCRIPT = ['.projenrc.ts', ...['src', 'handlers', 'cli', 'testing', 'consumer', 'local', 'projenrc', 'test', 'benchmarks', 'examples'].map((folder) => `${folder}/**/*.ts`)];
const MARKDOWN = ['*.md', 'docs/**/*.md', 'handlers/**/*.md', 'examples/**/*.md'];
/** Generated from the docstrings, which are checked themselves. */
const GENERATED = '!API.md';

/** Checks the spelling of code and documentation, and the form of the Markdown. `npx projen test` runs both. */
export class DocumentationChecks extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    const spelling = project.addTask('test:spelling', {
      description: 'Check the spelling in US English. Add names to projenrc/project-words.txt',
      exec: `cspell --no-progress --no-summary ${quoted([...TYPESCRIPT, ...MARKDOWN])} --exclude API.md`,
    });
    const markdown = project.addTask('test:markdown', {
      description: 'Check the form of the Markdown',
      exec: `markdownlint-cli2 ${quoted([...MARKDOWN, GENERATED])}`,
    });
    project.testTask.spawn(spelling);
    project.testTask.spawn(markdown);

    project.npmignore?.exclude('/.cspell.yaml', '/.markdownlint-cli2.yaml');
  }
}

function quoted(patterns: readonly string[]): string {
  return patterns.map((pattern) => `'${pattern}'`).join(' ');
}
