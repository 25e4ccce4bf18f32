import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { headingAnchor, splitSections, type SitePage } from './site-page';

/** The files of the repository's root that are pages of the site, and their places on it. */
const ROOT_PAGES: Readonly<Record<string, string>> = {
  'CHANGELOG.md': 'changelog.md',
  'CONTRIBUTING.md': 'contributing.md',
  'SECURITY.md': 'security-policy.md',
  'CODE_OF_CONDUCT.md': 'code-of-conduct.md',
};

/** The pages that come from the Markdown files of the repository. */
export function repositoryPages(root: string): SitePage[] {
  const read = (file: string) => readFileSync(join(root, file), 'utf8');
  const page = (file: string, path: string): SitePage => ({ path, markdown: read(file), source: file, editedFile: file });
  const markdownIn = (folder: string) => readdirSync(join(root, folder)).filter((name) => name.endsWith('.md')).sort();

  return [
    ...guidePages(read('README.md')),
    ...markdownIn('docs').filter((name) => name !== 'providers.md').map((name) => page(`docs/${name}`, name)),
    ...providerPages(read('docs/providers.md'), (file) => existsSync(join(root, file))),
    decisionIndex(markdownIn('docs/decisions').map((name) => ({ name, markdown: read(`docs/decisions/${name}`) }))),
    ...markdownIn('docs/decisions').map((name) => page(`docs/decisions/${name}`, `decisions/${name}`)),
    ...Object.entries(ROOT_PAGES).map(([file, path]) => page(file, path)),
  ];
}

/** A line with the picture of a registry, which the page would load from another site. */
const BADGE = /^\[!\[.*\n/gm;

/** The home page and one page for each section of the README. */
export function guidePages(readme: string): SitePage[] {
  const source = 'README.md';
  const { intro, sections } = splitSections(readme);
  const pages = sections.filter(({ title }) => title !== 'Contents' && title !== 'Contribute')
    .map(({ title, markdown }): SitePage => ({ path: `guide/${headingAnchor(title)}.md`, markdown, source, editedFile: source }));
  return [{ path: 'index.md', markdown: intro.replace(BADGE, ''), source, editedFile: source }, ...pages];
}

/** The page about all providers, and one page for each. A section of a provider has a table of its facts. */
export function providerPages(markdown: string, exists: (file: string) => boolean): SitePage[] {
  const source = 'docs/providers.md';
  const start = markdown.indexOf('<!-- generated: providers -->');
  const end = markdown.indexOf('<!-- end: providers -->');
  if (start < 0 || end < start) {
    throw new Error(`${source} has no section between "<!-- generated: providers -->" and "<!-- end: providers -->".`);
  }
  const pages = splitSections(markdown.slice(start, end)).sections.map(({ title, markdown: section }): SitePage => {
    const name = title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    const file = [name, name.replace('any-', '')].map((folder) => `handlers/providers/${folder}/README.md`).find(exists);
    return { path: `providers/${name}.md`, markdown: section, source, editedFile: file };
  });
  return [{ path: 'providers/index.md', markdown: markdown.slice(0, start) + markdown.slice(end), source, editedFile: source }, ...pages];
}

/** A list of the decisions, in their order. */
export function decisionIndex(decisions: ReadonlyArray<{ readonly name: string; readonly markdown: string }>): SitePage {
  const items = decisions.map(({ name, markdown }) => `- [${/^# (.+)$/m.exec(markdown)![1].replace('.', '\\.')}](${name})`);
  return {
    path: 'decisions/index.md',
    markdown: `# Decisions\n\nEach page describes one decision: why the system is built this way, and what it costs.\n\n${items.join('\n')}\n`,
    source: 'docs/decisions/README.md',
  };
}
