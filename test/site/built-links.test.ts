import { brokenLinks } from '../../projenrc/site/built-links';

const REPOSITORY = 'https://github.com/o/r';
const PAGES = { 'index.html': '<h1 id="home">', 'guide/install.html': '<h1 id="install"><h2 id="a--b">', 'providers/index.html': '' };
const check = (html: string, file = 'guide/deploy.html') => brokenLinks(
  [...Object.entries({ ...PAGES, [file]: html })].map(([name, page]) => ({ file: name, html: page })),
  { base: '/site/', files: new Set([...Object.keys(PAGES), file, 'logo.svg']), repository: REPOSITORY, isInRepository: (path) => path === 'docs/a.md' },
);

test.each([
  '/site/', '/site/guide/install', './install#a--b', '../providers/', '/site/logo.svg', '#own', 'https://example.com/x', `${REPOSITORY}/blob/main/docs/a.md#any`, `${REPOSITORY}/issues`,
])('accepts the link %s', (link) => {
  expect(check(`<p id="own"><a class="x" href="${link}">`)).toEqual([]);
});

test.each([
  ['/site/nothing', 'the site has no such page'],
  ['./nothing', 'the site has no such page'],
  ['/guide/install', 'the link leads out of the site'],
  ['./install#c', 'the page has no such anchor'],
  ['#own', 'the page has no such anchor'],
  [`${REPOSITORY}/edit/main/docs/b.md`, 'the repository has no such file'],
])('reports the link %s', (link, problem) => {
  expect(check(`<a href="${link}">`)).toEqual([`guide/deploy.html: ${link}: ${problem}`]);
});

test('reports an image that does not exist', () => {
  expect(check('<img src="/site/a.png">')).toEqual(['guide/deploy.html: /site/a.png: the site has no such page']);
});

test('reports an anchor that a page has twice', () => {
  expect(check('<p id="a"><p id="a">')).toEqual(['guide/deploy.html: the anchor #a is there twice']);
});

test('resolves links from the address of an index page', () => {
  expect(check('<a href="../guide/install">', 'decisions/index.html')).toEqual([]);
});
