import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedFiles } from '../projenrc/generate';
import { markdownSection } from '../projenrc/generate/generated-file';

test.each(generatedFiles())('$path is up to date: if not, run `npx projen generate`', ({ path, render }) => {
  const file = join(__dirname, '..', path);
  const current = existsSync(file) ? readFileSync(file, 'utf8') : '';

  expect(current).toBe(render(current));
});

describe('a generated section', () => {
  const { render } = markdownSection('page.md', 'part', 'new');

  test('replaces only the text between its marks', () => {
    const page = 'before\n<!-- generated: part -->\n\nold\n\n<!-- end: part -->\nafter\n';

    expect(render(page)).toBe('before\n<!-- generated: part -->\n\nnew\n\n<!-- end: part -->\nafter\n');
  });

  test('reports a page that lacks its marks', () => {
    expect(() => render('page')).toThrow('page.md has no section between "<!-- generated: part -->" and "<!-- end: part -->"');
  });
});
