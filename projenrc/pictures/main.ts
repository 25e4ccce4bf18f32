import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { draw, type Picture } from './browser';
import { dashboardPage, endOf, PAGE_WIDTH } from './dashboard-page';
import { alarmPage, mediumPage, verdictPage } from './message-page';
import { pictureSources } from './sources';
import { MetricWidget } from '../../src/private/contract';

const FOLDER = join(__dirname, '..', '..', 'docs', 'pictures');
/** The widgets at which the dashboard is cut into pictures, so that each can be read. */
const LAST_OF_FIRST_QUESTIONS = MetricWidget.FAILURES;
const LAST_OF_PAYMENTS = MetricWidget.PROGRESS;
const MESSAGE_WIDTH = 1_000;

async function main(): Promise<void> {
  const { sources, content } = await pictureSources();
  const dashboard = dashboardPage(content);
  const [firstEnd, paymentsEnd, end] = [LAST_OF_FIRST_QUESTIONS, LAST_OF_PAYMENTS, sources.dashboard.widgets.at(-1)!.properties.title]
    .map((title) => endOf(sources.dashboard, title));
  const pictures: Picture[] = [
    { file: 'dashboard.png', html: dashboard, width: PAGE_WIDTH, part: { from: 0, to: firstEnd } },
    { file: 'dashboard-payments.png', html: dashboard, width: PAGE_WIDTH, part: { from: firstEnd, to: paymentsEnd } },
    { file: 'dashboard-services.png', html: dashboard, width: PAGE_WIDTH, part: { from: paymentsEnd, to: end } },
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
