import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openBrowser } from '../../cli/console/open-browser';

const URL = 'http://127.0.0.1:1/#token=a&b;c$(d)';
const folder = mkdtempSync(join(tmpdir(), 'open-browser-'));
const path = process.env.PATH;

beforeAll(() => {
  for (const name of ['open', 'xdg-open']) {
    writeFileSync(join(folder, name), `#!/bin/sh\nprintf %s "$1" > '${folder}/${name}.part' && mv '${folder}/${name}.part' '${folder}/${name}.out'\n`);
    chmodSync(join(folder, name), 0o755);
  }
});
beforeEach(() => {
  process.env.PATH = `${folder}${delimiter}${path}`;
});
afterAll(() => {
  process.env.PATH = path;
  rmSync(folder, { recursive: true });
});

test.each([['darwin', 'open'], ['linux', 'xdg-open']])('the address is opened on %s, and no shell reads it', async (platform, name) => {
  expect(await openBrowser(URL, platform)).toBe(true);

  const written = join(folder, `${name}.out`);
  while (!existsSync(written)) {
    await sleep(10);
  }
  expect(readFileSync(written, 'utf8')).toBe(URL);
});

test('a machine without a browser is no failure', async () => {
  process.env.PATH = '/nowhere';

  expect(await openBrowser(URL)).toBe(false);
});
