import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of the page. */
export interface PageFile {
  readonly type: string;
  readonly content: string | Buffer;
}

/** The names of the page's bundle, which is beside that of the tool. */
export const PAGE_SCRIPT = 'console.js';
export const PAGE_STYLE = 'console.css';

const PAGE = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Webhooks console</title>
<link rel="icon" type="image/svg+xml" href="/favicon.svg">
<link rel="stylesheet" href="/${PAGE_STYLE}">
</head>
<body>
<noscript>The console needs JavaScript.</noscript>
<div id="app"></div>
<script type="module" src="/${PAGE_SCRIPT}"></script>
</body>
</html>
`;

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1f5fbf"/>
<path d="M7 16h6l3-7 3 14 3-7h3" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/></svg>
`;

/** The folder with the page's bundle: that of the tool, or from the sources, `assets/cli`. */
function bundleFolder(): string {
  return [__dirname, join(__dirname, '..', '..', 'assets', 'cli')].find((folder) => existsSync(join(folder, PAGE_SCRIPT)))!;
}

/** The files of the page, by their paths. They contain no data and no token, so everybody on this machine can read them. */
export function readPageFiles(): ReadonlyMap<string, PageFile> {
  const folder = bundleFolder();
  return new Map<string, PageFile>([
    ['/', { type: 'text/html; charset=utf-8', content: PAGE }],
    ['/favicon.svg', { type: 'image/svg+xml', content: ICON }],
    [`/${PAGE_SCRIPT}`, { type: 'text/javascript; charset=utf-8', content: readFileSync(join(folder, PAGE_SCRIPT)) }],
    [`/${PAGE_STYLE}`, { type: 'text/css; charset=utf-8', content: readFileSync(join(folder, PAGE_STYLE)) }],
  ]);
}
