import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brokenLinks, type BuiltPage } from './built-links';
import { REPOSITORY_URL, SITE_BASE } from './site-url';

/** Fails if a link of the built site leads nowhere: to no page, to no anchor, or to no file of the repository. */
function checkLinks(root: string): void {
  const folder = join(root, '.site/html');
  const files = (readdirSync(folder, { recursive: true }) as string[]).filter((file) => statSync(join(folder, file)).isFile());
  const pages = files.filter((file) => file.endsWith('.html')).map((file): BuiltPage => ({ file, html: readFileSync(join(folder, file), 'utf8') }));
  const broken = brokenLinks(pages, {
    base: SITE_BASE, files: new Set(files), repository: REPOSITORY_URL, isInRepository: (file) => existsSync(join(root, file)),
  });

  broken.forEach((line) => console.error(line));
  console.log(`${pages.length} pages, ${broken.length} broken links`);
  process.exitCode = broken.length === 0 ? 0 : 1;
}

checkLinks(join(__dirname, '../..'));
