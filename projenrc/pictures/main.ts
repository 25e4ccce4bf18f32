import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { draw, type Picture } from './browser';
import { dashboardPage, pageHeight, PAGE_WIDTH } from './dashboard-page';
import { alarmPage, mediumPage, verdictPage } from './message-page';
import { pictureSources } from './sources';

const FOLDER = join(__dirname, '..', '..', 'docs', 'pictures');
/** The rows of the dashboard that answer the first questions of an operator. */
const FIRST_ROWS = 23;
const MESSAGE_WIDTH = 1_000;

async function main(): Promise<void> {
  const { sources, content } = await pictureSources();
  const dashboard = dashboardPage(content);
  const pictures: Picture[] = [
    { file: 'dashboard.png', html: dashboard, width: PAGE_WIDTH, height: pageHeight(FIRST_ROWS) },
    { file: 'dashboard-complete.png', html: dashboard, width: PAGE_WIDTH },
    { file: 'alert-high-value.png', html: verdictPage(sources.alerts), width: MESSAGE_WIDTH },
    { file: 'alert-medium-value.png', html: mediumPage(sources.alerts), width: MESSAGE_WIDTH },
    { file: 'alarm.png', html: alarmPage(sources.alerts), width: MESSAGE_WIDTH },
  ];
  mkdirSync(FOLDER, { recursive: true });
  const hashes: { [file: string]: string } = {};
  for (const { file, png } of await draw(pictures)) {
    writeFileSync(join(FOLDER, file), png);
    hashes[file] = createHash('sha256').update(png).digest('hex');
    process.stdout.write(`docs/pictures/${file}: ${Math.ceil(png.length / 1024)} KB\n`);
  }
  writeFileSync(join(FOLDER, 'pictures.json'), `${JSON.stringify({ pictures: hashes, sources }, undefined, 2)}\n`);
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
