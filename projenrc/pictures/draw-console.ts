import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { PICTURES_FOLDER } from './record';
import { openConsole, startChromium } from '../../test/console/support/console-browser';
import { serveConsole } from '../../test/console/support/served-console';
import { BLOCKED_PAYMENT, CONSOLE_NOW, SimulatedConsole, simulatedTransactions } from '../../test/console/support/simulated-console';

interface ConsolePicture {
  readonly file: string;
  readonly options: BrowserContextOptions;
  readonly prepare?: (page: Page) => Promise<void>;
}

const PHONE: BrowserContextOptions = { viewport: { width: 375, height: 720 }, deviceScaleFactor: 2 };

const PICTURES: readonly ConsolePicture[] = [
  { file: 'console-overview.png', options: {} },
  { file: 'console-transaction.png', options: {}, prepare: openBlockedPayment },
  { file: 'console-dark.png', options: { colorScheme: 'dark' }, prepare: openBlockedPayment },
  { file: 'console-phone.png', options: PHONE },
];

async function openBlockedPayment(page: Page): Promise<void> {
  await page.locator('.grid [role=option]').filter({ hasText: BLOCKED_PAYMENT.amount }).click();
  await page.locator('aside.panel').getByText('Other events').waitFor();
}

async function drawConsole(): Promise<void> {
  const simulated = new SimulatedConsole(simulatedTransactions(400));
  const served = await serveConsole(simulated, { canWrite: true });
  const browser = await startChromium();
  try {
    for (const { file, options, prepare } of PICTURES) {
      const { page } = await openConsole(browser, served.url, { ...options, reducedMotion: 'reduce' }, CONSOLE_NOW);
      await page.locator('.grid [role=option]').first().waitFor();
      await page.getByRole('link', { name: 'Alarms' }).getByText('1').waitFor();
      await prepare?.(page);
      const png = await page.screenshot();
      writeFileSync(join(PICTURES_FOLDER, file), png);
      process.stdout.write(`docs/pictures/${file}: ${Math.ceil(png.length / 1024)} KB\n`);
      await page.context().close();
    }
  } finally {
    await browser.close();
    await served.stop();
  }
}

drawConsole().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
