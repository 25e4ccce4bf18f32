import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY_URL, SITE_URL } from '../../projenrc/site/site-url';

const ROOT = join(__dirname, '../..');

test('the README links the site', () => {
  expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain(`(${SITE_URL})`);
});

test('the repository is that of the package', () => {
  const { repository } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { repository: { url: string } };

  expect(repository.url).toBe(`${REPOSITORY_URL}.git`);
});
