import { join } from 'node:path';
import { SiteLinks } from '../../projenrc/site/site-links';
import { REPOSITORY_URL } from '../../projenrc/site/site-url';

const ROOT = join(__dirname, '../..');
const PAGES = [
  { path: 'index.md', source: 'README.md', markdown: '# Home' },
  { path: 'guide/customize.md', source: 'README.md', markdown: '# Customize\n\n## Options' },
  { path: 'events.md', source: 'docs/events.md', markdown: '# The events\n\n## Versions' },
  { path: 'decisions/index.md', source: 'docs/decisions/README.md', markdown: '# Decisions' },
];
const links = new SiteLinks(ROOT, PAGES);
const rewrite = (markdown: string, source = 'docs/events.md') => links.rewrite({ path: 'page.md', source, markdown });

test.each([
  ['to another page', '[a](events.md#versions)', '[a](/events.md#versions)'],
  ['to a section of the same page', '[a](#versions)', '[a](/events.md#versions)'],
  ['to the heading of a page', '[a](../README.md#customize)', '[a](/guide/customize.md)'],
  ['to a section of the README that is on a page of its own', '[a](../README.md#options)', '[a](/guide/customize.md#options)'],
  ['to a page, with its address on GitHub', `[a](${REPOSITORY_URL}/blob/main/docs/events.md)`, '[a](/events.md)'],
  ['that names its file', '[docs/events.md](events.md) and [events.md](events.md)', '[The events](/events.md) and [The events](/events.md)'],
  ['to a folder with pages', '[a](decisions/)', '[a](/decisions/index.md)'],
  ['to a file of the repository', '[package.json](../package.json)', `[package.json](${REPOSITORY_URL}/blob/main/package.json)`],
  ['to a folder of the repository', '[a](../handlers/providers)', `[a](${REPOSITORY_URL}/tree/main/handlers/providers)`],
  ['to another site', '[a](https://example.com/docs/events.md#a)', '[a](https://example.com/docs/events.md#a)'],
  ['in code', '```md\n[a](events.md)\n```', '```md\n[a](events.md)\n```'],
])('leads a link %s', (_, markdown, expected) => {
  expect(rewrite(markdown)).toBe(expected);
});

test('leads pictures to their copies', () => {
  expect(rewrite('![a](architecture.svg)')).toBe('![a](/architecture.svg)');
  expect(rewrite(`![a](${REPOSITORY_URL.replace('github.com', 'raw.githubusercontent.com')}/main/docs/pictures/alarm.png)`)).toBe('![a](/pictures/alarm.png)');
});

test('rejects a link to a heading or a file that does not exist', () => {
  expect(() => rewrite('[a](#nothing)')).toThrow('docs/events.md has the link #nothing, and no heading has this anchor.');
  expect(() => rewrite('[a](nothing.md)')).toThrow('docs/events.md has the link nothing.md, and the file does not exist.');
});

test('leaves a generated page as it is', () => {
  expect(links.rewrite({ path: 'page.md', markdown: '[a](./B.md)' })).toBe('[a](./B.md)');
});
