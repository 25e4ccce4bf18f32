import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCHEME_NAMES } from '../../handlers/providers/registry';
import { guidePages, providerPages, repositoryPages } from '../../projenrc/site/repository-pages';
import { SiteLinks } from '../../projenrc/site/site-links';
import { topicSidebar } from '../../projenrc/site/site-sidebar';

const ROOT = join(__dirname, '../..');
const pages = repositoryPages(ROOT);

test('the site has each section of the README but its contents and how to contribute', () => {
  const sections = [...readFileSync(join(ROOT, 'README.md'), 'utf8').matchAll(/^## (.+)$/gm)].map(([, title]) => title);
  const guide = pages.filter(({ path }) => path.startsWith('guide/')).map(({ markdown }) => /^# (.+)/.exec(markdown)![1]);

  expect(['Contents', ...guide, 'Contribute']).toEqual(sections);
});

test('the site has a page for each provider, which the README in its folder changes', () => {
  const edited = pages.filter(({ path }) => path.startsWith('providers/') && path !== 'providers/index.md').map(({ editedFile }) => editedFile);

  expect(edited).toEqual(SCHEME_NAMES.map((name) => `handlers/providers/${name}/README.md`));
});

test('all pages have different paths, and a file that can be edited exists', () => {
  expect(new Set(pages.map(({ path }) => path.toLowerCase())).size).toBe(pages.length);
  expect(pages.filter(({ editedFile }) => editedFile !== undefined && !existsSync(join(ROOT, editedFile)))).toEqual([]);
});

test('all links of the pages lead to a page of the site or to a file of the repository', () => {
  const links = new SiteLinks(ROOT, [...pages, { path: 'reference/typescript/index.md', markdown: '# Reference', source: 'API.md' }]);

  expect(() => pages.forEach((page) => links.rewrite(page))).not.toThrow();
});

test('the sidebar lists each page once', () => {
  const listed = topicSidebar(pages).flatMap(({ items }) => items!).map(({ link }) => link);

  expect(new Set(listed).size).toBe(listed.length);
  expect(listed.length).toBe(pages.length - 1);
});

test('the sidebar lists pages that no topic names with those about the project', () => {
  const [first, ...others] = topicSidebar([{ path: 'new.md', markdown: '# New page' }]).reverse();

  expect(first).toMatchObject({ text: 'Project', items: [{ text: 'New page', link: '/new' }] });
  expect(others.flatMap(({ items }) => items)).toEqual([]);
});

test('rejects a page about providers without its marks', () => {
  expect(() => providerPages('# Providers', () => true)).toThrow('docs/providers.md has no section between');
});

test('leaves the badges of the README out of the home page, because they are on other sites', () => {
  const [home] = guidePages('# Title\n\n[![npm](https://badges.example/npm)](https://npm.example)\n[![PyPI](https://badges.example/pypi)](https://pypi.example)\n\nIntro.\n\n## Part\n');

  expect(home.markdown).toBe('# Title\n\n\nIntro.\n');
});
