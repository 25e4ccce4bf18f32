import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import type { SimulatedConsole } from './simulated-console';
import { ConsoleServer } from '../../../cli/console/console-server';
import { readPageFiles } from '../../../cli/console/page-files';
import { newToken } from '../../../cli/console/request-guard';
import { TransactionFeed } from '../../../cli/console/transaction-feed';

/** Debian's path, unless another one is set. */
const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--force-color-profile=srgb', '--font-render-hinting=none',
];

export async function startChromium(): Promise<Browser> {
  if (!existsSync(CHROMIUM)) {
    throw new Error(`Chromium is not at ${CHROMIUM}. Install it (Debian: \`apt-get install -y --no-install-recommends chromium\`), or set CHROMIUM_PATH.`);
  }
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/** A console that is served, and its address with the token. */
export interface ServedConsole {
  readonly url: string;
  readonly token: string;
  readonly port: number;
  readonly feed: TransactionFeed;
  stop(): Promise<void>;
}

export async function serveConsole(simulated: SimulatedConsole, { canWrite = false, port = 0 } = {}): Promise<ServedConsole> {
  const token = newToken();
  const feed = new TransactionFeed();
  const server = new ConsoleServer({ token, source: simulated, actions: canWrite ? simulated : undefined, feed, files: readPageFiles() });
  const bound = await server.listen(port);
  await simulated.watch((transactions) => feed.report(transactions));
  return { url: `http://127.0.0.1:${bound}/#token=${token}`, token, port: bound, feed, stop: async () => server.close() };
}

/** A page of the console, and what went wrong in it. */
export interface OpenedConsole {
  readonly page: Page;
  readonly problems: readonly string[];
  /** Requests that left this machine. */
  readonly foreignRequests: readonly string[];
}

export async function openConsole(browser: Browser, url: string, options: BrowserContextOptions = {}, now?: number): Promise<OpenedConsole> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 860 }, ...options });
  const page = await context.newPage();
  const problems: string[] = [];
  const foreignRequests: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('dialog', (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(new URL(url).origin)) {
      foreignRequests.push(request.url());
    }
  });
  if (now !== undefined) {
    await page.clock.setFixedTime(now);
  }
  await page.goto(url);
  return { page, problems, foreignRequests };
}
