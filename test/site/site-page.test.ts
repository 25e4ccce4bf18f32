import { headingAnchors, markdownLines, splitSections, pageTitle, withoutContents } from '../../projenrc/site/site-page';

const PAGE = '# Title\n\nIntro.\n\n## `one-<suffix>`\n\n```sh\n## a comment\n```\n\n### Part\n\n## Two: A & B\n\n### Part\n';

test('splits a page at its headings of the second level, not at comments in code', () => {
  expect(splitSections(PAGE)).toEqual({
    intro: '# Title\n\nIntro.\n',
    sections: [
      { title: '`one-<suffix>`', markdown: '# `one-<suffix>`\n\n```sh\n## a comment\n```\n\n## Part\n' },
      { title: 'Two: A & B', markdown: '# Two: A & B\n\n## Part\n' },
    ],
  });
});

test('gives headings the anchors of GitHub', () => {
  expect(headingAnchors(PAGE)).toEqual(['title', 'one-suffix', 'part', 'two-a--b', 'part-1']);
});

test('distinguishes code from text, also in a list and with a longer fence', () => {
  const page = ['1. Step', '   ```sh', '   code', '   ```', '````md', '```', 'code', '````', 'text'];

  expect(markdownLines(page.join('\n')).filter(({ isCode }) => !isCode).map(({ line }) => line)).toEqual(['1. Step', 'text']);
});

test('removes the list of headings at the beginning of a page only', () => {
  const list = '- [A](#a)\n- [B](#b)\n- [C](#c)\n';

  expect(withoutContents(`# Title\n\n${list}\n## A\n\n${list}`)).toBe(`# Title\n\n\n## A\n\n${list}`);
});

test('rejects a page without a heading', () => {
  expect(pageTitle({ path: 'a.md', markdown: '# The `a` page\n' })).toBe('The a page');
  expect(() => pageTitle({ path: 'a.md', markdown: 'text' })).toThrow('The page a.md of the site has no heading.');
});
