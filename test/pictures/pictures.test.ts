import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { picturesOf } from '../../projenrc/pictures/picture-list';
import { hashOf, PICTURES_FOLDER, RECORD_FILE, recordOf } from '../../projenrc/pictures/record';
import { pictureSources } from '../../projenrc/pictures/sources';

const ROOT = join(__dirname, '..', '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const MAX_BYTES = 300 * 1_024;
const URL = 'https://raw.githubusercontent.com/cdk-webhooks/cdk-webhook-processing-system/main/docs/pictures/';

/** test/benchmarks/performance-page.test.ts checks these. */
const PERFORMANCE_CHART = /^performance-.*\.svg$/;
/** Drawn by `npx projen pictures:console`, from the page itself. */
const CONSOLE_PICTURE = /^console-.*\.png$/;

const { files, ...recorded } = JSON.parse(read(`docs/pictures/${RECORD_FILE}`));
const drawn = Object.keys(files);
let current: ReturnType<typeof recordOf>;

beforeAll(async () => {
  const { sources, content } = await pictureSources();
  current = recordOf(sources, picturesOf(sources, content));
});

const consolePictures = readdirSync(PICTURES_FOLDER).filter((file) => CONSOLE_PICTURE.test(file));

describe('the pictures are up to date: if not, run `npx projen pictures`, and look at them', () => {
  test('show the dashboard of the template', () => {
    expect(JSON.stringify(current.sources.dashboard) === JSON.stringify(recorded.sources.dashboard)).toBe(true);
  });

  test('show the current alerts', () => {
    expect(current.sources.alerts).toEqual(recorded.sources.alerts);
  });

  test('show the current states of the alarms', () => {
    expect(current.sources.alarms).toEqual(recorded.sources.alarms);
  });

  test('are drawn from the current pages', () => {
    expect(current.pages).toEqual(recorded.pages);
  });

  test.each(drawn)('%s is the one that was drawn, and small', (file) => {
    const png = readFileSync(join(PICTURES_FOLDER, file));

    expect(hashOf(png) === files[file]).toBe(true);
    expect(png.length).toBeLessThan(MAX_BYTES);
  });

  test('are all that the folder contains', () => {
    const others = readdirSync(PICTURES_FOLDER).filter((file) => !CONSOLE_PICTURE.test(file) && !PERFORMANCE_CHART.test(file));

    expect(others.sort()).toEqual([...drawn, RECORD_FILE].sort());
  });
});

describe('the documentation', () => {
  const pages = ['README.md', 'docs/runbook.md', 'docs/fraud.md', 'docs/command-line.md'].map(read).join('\n');
  const shown = [...pages.matchAll(/!\[([^\]]*)\]\(([^)]*\/pictures\/[^)]+)\)/g)].map(([, alternative, link]) => ({ alternative, link }));

  test('shows each picture, with an absolute link, because npm does not have them', () => {
    expect([...new Set(shown.map(({ link }) => link))].sort()).toEqual([...drawn, ...consolePictures].map((file) => `${URL}${file}`).sort());
    expect(read('.npmignore').split('\n')).toContain('/docs/pictures/');
  });

  test('describes each picture for those who cannot see it', () => {
    expect(shown.filter(({ alternative }) => alternative.length < 60)).toEqual([]);
  });

  test('has pictures that exist', () => {
    expect(shown.filter(({ link }) => !existsSync(join(PICTURES_FOLDER, link.slice(URL.length))))).toEqual([]);
  });
});

test('the pictures of the console are small', () => {
  expect(consolePictures).toHaveLength(4);
  expect(consolePictures.filter((file) => readFileSync(join(PICTURES_FOLDER, file)).length > MAX_BYTES)).toEqual([]);
});

describe('the simulated day', () => {
  test('has exactly the alarms of its incident', () => {
    const firing = Object.entries(current.sources.alarms).filter(([, state]) => state === 'ALARM').map(([name]) => name);

    expect(firing).toEqual(['webhooks-mostly-rejected-adyen-prod']);
  });
});
