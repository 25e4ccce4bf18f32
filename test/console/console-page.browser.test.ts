import type { Browser, Page } from 'playwright-core';
import { openConsole, startChromium } from './support/console-browser';
import { serveConsole, type ServedConsole } from './support/served-console';
import { BLOCKED_PAYMENT, CONSOLE_NOW, SimulatedConsole, simulatedTransactions } from './support/simulated-console';
import type { ConsoleTransaction } from '../../cli/console/model/console-transaction';

/** Runs the page of the console in Chromium, against its server and a simulated system. */
const PHONE = { viewport: { width: 375, height: 740 } };
const MANY = 10_000;

let browser: Browser;
let simulated: SimulatedConsole;
let served: ServedConsole;
let close: () => Promise<void> = async () => undefined;

beforeAll(async () => {
  browser = await startChromium();
});
afterAll(async () => browser.close());
beforeEach(async () => {
  simulated = new SimulatedConsole(simulatedTransactions(300));
});
afterEach(async () => {
  await close();
  await served.stop();
});

async function open(options: Parameters<typeof openConsole>[2] = {}, canWrite = false) {
  served = await serveConsole(simulated, { canWrite });
  const opened = await openConsole(browser, served.url, options, CONSOLE_NOW);
  close = async () => opened.page.context().close();
  await opened.page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
  return opened;
}

const rows = (page: Page) => page.locator('.grid [role=option]');
const search = (page: Page) => page.getByRole('searchbox');
const view = async (page: Page, name: string) => page.getByRole('navigation').getByRole('link', { name }).click();
const panel = (page: Page) => page.locator('aside.panel');
const overflow = async (page: Page) => page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
const arriving = (overrides: Partial<ConsoleTransaction> = {}): ConsoleTransaction => ({
  ...BLOCKED_PAYMENT,
  transactionId: 'stripe:pi_new',
  timestamp: '2026-03-04T14:19:59.000Z#evt_new',
  eventId: 'evt_new',
  receivedAt: '2026-03-04T14:19:59.500Z',
  reference: 'order-new',
  verdict: undefined,
  score: undefined,
  reasons: undefined,
  assessedAt: undefined,
  closedAt: undefined,
  ...overrides,
});

describe('transactions', () => {
  test('appear as they arrive, and change as they travel', async () => {
    const { page, problems, foreignRequests } = await open();
    await rows(page).first().waitFor();

    served.feed.report([arriving()]);
    await rows(page).filter({ hasText: 'order-new' }).filter({ hasText: 'in progress' }).waitFor();
    served.feed.report([arriving({ verdict: 'review', score: 50, reasons: ['velocity'] })]);
    await rows(page).filter({ hasText: 'order-new' }).filter({ hasText: 'review' }).waitFor();

    expect(await rows(page).first().textContent()).toContain('order-new');
    expect(problems).toEqual([]);
    expect(foreignRequests).toEqual([]);
  });

  test('do not move what somebody reads', async () => {
    const { page } = await open();
    await page.locator('.grid').evaluate((grid) => { grid.scrollTop = 3_800; });
    await page.locator('#row-100').waitFor();
    const top = async () => page.evaluate<string>(`(() => {
      const box = document.querySelector('.grid').getBoundingClientRect();
      return document.elementFromPoint(box.left + 400, box.top + 60).closest('[role=option]').textContent;
    })()`);
    const before = await top();

    served.feed.report([arriving()]);
    await page.locator('.total').filter({ hasText: '301' }).waitFor();

    expect((await top()).slice(8, 40)).toBe(before.slice(8, 40));
  });

  test.each([
    ['provider', 'mollie', 'mollie'], ['tier', 'high', 'high'], ['kind', 'refunded', 'refunded'], ['verdict', 'block', 'block'], ['label', 'fraud', 'fraud'], ['state', 'stored only', 'stored only'],
  ])('are filtered by %s', async (name, value, text) => {
    const { page } = await open();
    await page.getByLabel(name, { exact: true }).selectOption(value);
    await page.locator('.total').filter({ hasText: 'of 300' }).waitFor();

    const texts = await rows(page).allTextContents();
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.filter((row) => !row.includes(text))).toEqual([]);
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.locator('.total').filter({ hasText: /^300$/ }).waitFor();
  });

  test.each([
    ['payment', 'pi_3NxGTo2eZvKYlo2C'], ['reference', 'ORDER-10477'], ['customer', 'cus_PqR7aJ2nQ4'], ['event', 'evt_1NxGTo2eZvKYlo2C'], ['amount', '61250.00'],
  ])('are found by their %s', async (_, text) => {
    const { page } = await open();
    await search(page).fill(text);
    await page.locator('.total').filter({ hasText: 'of 300' }).waitFor();

    expect((await rows(page).allTextContents()).join('\n')).toContain('61,250.00');
    expect(await rows(page).count()).toBeLessThan(4);
  });

  test('that are not found have a hint how to find older ones', async () => {
    const { page } = await open();
    await search(page).fill('nothing-like-this');

    await page.getByText("npx cdk-webhooks find 'nothing-like-this'").waitFor();
  });

  test('that do not exist have a hint how to send one', async () => {
    simulated = new SimulatedConsole([]);
    const { page } = await open();

    await page.getByText('npx cdk-webhooks send stripe', { exact: true }).waitFor();
  });
});

describe('one transaction', () => {
  async function openBlocked(canWrite = false) {
    const opened = await open({}, canWrite);
    await search(opened.page).fill(BLOCKED_PAYMENT.eventId);
    await rows(opened.page).first().click();
    await panel(opened.page).getByText('Other events').waitFor();
    return opened;
  }

  test('shows its steps, reasons and links', async () => {
    const { page } = await openBlocked();
    const text = await panel(page).textContent();

    expect(text).toContain('3 cards of the customer within 7 days');
    expect(text).toContain('+1.2 s');
    const links = await panel(page).getByRole('link').evaluateAll((all) => all.map((link) => [link.textContent, link.getAttribute('href'), link.getAttribute('rel')]));
    expect(links).toEqual([
      ['Dashboard of the provider', BLOCKED_PAYMENT.paymentUrl, 'noopener noreferrer'],
      ['Item in DynamoDB', expect.stringContaining('console.aws.amazon.com'), 'noopener noreferrer'],
      ['Execution', expect.stringContaining('console.aws.amazon.com'), 'noopener noreferrer'],
    ]);
  });

  test('shows what is known about the risk, and its label', async () => {
    const { page } = await openBlocked();

    await panel(page).getByText('fraud by jane 2026-03-04 14:19:52').waitFor();
    const facts = await panel(page).locator('.facts div').evaluateAll((divs) => divs.map((row) => Array.from(row.children, ({ textContent }) => textContent)));
    expect(facts).toEqual(expect.arrayContaining([
      ['Card country', 'NG'], ['Card fingerprint', 'stripe:hQ7xV2mKd81LwPzT'], ['Risk score', '71'], ['Risk level', 'elevated'], ['3-D Secure', 'failed'],
    ]));
  });

  test('shows no label after somebody removed it', async () => {
    const { label, labeledBy, labeledAt, ...unlabeled } = BLOCKED_PAYMENT;
    const { page } = await openBlocked();
    await panel(page).getByRole('heading', { name: 'Label' }).waitFor();

    simulated.life = async () => ({ transaction: unlabeled, others: [], links: [], gaps: [] });
    await panel(page).getByRole('button', { name: 'Close' }).click();
    await rows(page).first().click();

    await panel(page).getByRole('heading', { name: 'Label' }).waitFor({ state: 'detached' });
  });

  test('shows its body only if somebody asks for it', async () => {
    const { page } = await openBlocked();
    expect(simulated.calls).toEqual([]);

    await page.getByRole('button', { name: 'Show the body' }).click();
    await page.locator('pre.body').waitFor();

    expect(await page.locator('pre.body').textContent()).toContain('  "object": "event",\n');
    expect(simulated.calls).toEqual(['body']);
  });

  test('is replayed after a question', async () => {
    const { page } = await openBlocked(true);
    await panel(page).getByRole('button', { name: 'Replay' }).click();
    expect(simulated.calls).toEqual([]);
    await panel(page).getByRole('group').getByRole('button', { name: 'Replay' }).click();
    await page.getByText('Published again').first().waitFor();

    expect(simulated.calls).toEqual([`replay ${BLOCKED_PAYMENT.transactionId}`]);
  });

  test('shows why a replay failed', async () => {
    const { page } = await openBlocked(true);
    simulated.failure = new Error('the bus does not answer');
    await panel(page).getByRole('button', { name: 'Replay' }).click();
    await panel(page).getByRole('group').getByRole('button', { name: 'Replay' }).click();

    await panel(page).getByText('the bus does not answer').first().waitFor();
  });
});

describe('a console without --write', () => {
  test('has no button that changes something, in any view', async () => {
    const { page } = await open();
    await rows(page).first().click();
    await panel(page).getByText('Facts').waitFor();
    const names = async () => (await page.getByRole('button').allTextContents()).join();
    expect(await names()).not.toMatch(/replay|redrive|block|remove/i);
    await page.keyboard.press('Escape');

    await view(page, 'Dead letters');
    await page.getByText('States.Timeout in the state').waitFor();
    expect(await names()).not.toMatch(/redrive/i);
    await view(page, 'Blocklist');
    await page.getByText('chargeback of order-9981').waitFor();
    expect(await names()).not.toMatch(/block|remove/i);
    expect(await page.getByRole('form').count()).toBe(0);
  });
});

describe('the other views', () => {
  test('list, show and redrive dead letters', async () => {
    const { page } = await open({}, true);
    await view(page, 'Dead letters');
    await page.locator('.card').filter({ hasText: 'event-relay' }).getByText('Message').click();
    await page.locator('.card pre:visible').waitFor();

    await page.locator('.card').filter({ hasText: 'event-relay' }).getByRole('button', { name: 'Redrive' }).click();
    await page.getByRole('group').getByRole('button', { name: 'Redrive' }).click();
    await page.locator('.card').filter({ hasText: 'event-relay' }).waitFor({ state: 'detached' });

    expect(simulated.calls).toEqual(['redrive letter-2']);
    expect(await page.locator('.card').filter({ hasText: 'aws.s3' }).getByRole('button').count()).toBe(0);
  });

  test('add and remove entries of the blocklist', async () => {
    const { page } = await open({}, true);
    await view(page, 'Blocklist');
    await page.getByLabel('Kind').selectOption('country');
    await page.getByLabel('Value').fill('KP');
    await page.getByRole('button', { name: 'Block' }).click();
    await page.getByRole('cell', { name: 'KP' }).waitFor();
    await page.getByRole('row').filter({ hasText: 'KP' }).getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('group').getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('cell', { name: 'KP' }).waitFor({ state: 'detached' });

    expect(simulated.calls).toEqual(['block country KP', 'unblock country KP']);
  });

  test('show the alarms that fire first, with their runbook', async () => {
    const { page } = await open();
    await view(page, 'Alarms');

    expect(await page.locator('.alarm').first().textContent()).toContain('webhooks-mostly-rejected-adyen-prod');
    expect(await page.getByRole('link', { name: 'Runbook' }).first().getAttribute('href')).toMatch(/^https:\/\/github\.com\//);
  });
});

describe('hostile texts', () => {
  const MARKUP = '<img src=x onerror="window.hacked = true">';
  const SCRIPT = '</script><script>window.hacked = true</script>';
  const hostile = arriving({
    transactionId: `stripe:${MARKUP}`,
    eventId: SCRIPT,
    reference: `${MARKUP}\u001b[31m\u202egnp.exe`,
    customerId: `${SCRIPT}\u0000`,
    status: 'javascript:window.hacked=true',
    providerEvent: '"><svg onload=window.hacked=true>',
    verdict: 'block',
    score: 90,
    reasons: [MARKUP, SCRIPT],
    currency: '<b>',
    country: "' onmouseover='x",
  });

  test('do nothing, and are shown as text', async () => {
    simulated = new SimulatedConsole([hostile]);
    simulated.bodyText = `{"a":"${SCRIPT.replaceAll('"', '\\"')}","b":"${MARKUP.replaceAll('"', '\\"')}\u202e"}`;
    simulated.letters = [{ ...simulated.letters[0], error: MARKUP, text: SCRIPT, transactionId: MARKUP, origin: SCRIPT }];
    simulated.entries = [{ kind: 'customer', value: `stripe:${MARKUP}`, reason: SCRIPT }];
    const { page, problems } = await open({}, true);
    await rows(page).first().click();
    await page.getByRole('button', { name: 'Show the body' }).click();
    await page.locator('pre.body').waitFor();

    expect(await panel(page).textContent()).toContain(MARKUP);
    expect(await page.locator('pre.body').textContent()).toContain('</script>');
    const reference = await rows(page).first().locator('.reference').textContent();
    expect(reference).toContain('␛[31m⟨U+202E⟩gnp.exe');
    await page.keyboard.press('Escape');
    await view(page, 'Dead letters');
    await page.locator('.card').first().waitFor();
    await view(page, 'Blocklist');
    await page.getByRole('cell').first().waitFor();
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(await page.locator('img, #app script, #app b, svg[onload]').count()).toBe(0);
    expect(problems).toEqual([]);
  });

  test('cannot run a script, even if one were in the page', async () => {
    const { page } = await open();
    const outcome = await page.evaluate<string>(`(() => {
      try {
        document.getElementById('app').innerHTML = '<img src=x onerror="window.hacked = true">';
      } catch ({ name }) {
        return name;
      }
    })()`);
    await page.evaluate(`(() => {
      const script = document.createElement('script');
      try {
        script.append('window.hacked = true');
        document.body.append(script);
      } catch {}
    })()`);

    expect(outcome).toBe('TypeError');
    expect(await page.evaluate('window.hacked')).toBeUndefined();
  });
});

describe('the token', () => {
  test('leaves the address, and is enough for a reload', async () => {
    const { page } = await open();

    expect(page.url()).toBe(`http://127.0.0.1:${served.port}/`);
    await page.reload();
    await rows(page).first().waitFor();
  });

  test('is necessary', async () => {
    served = await serveConsole(simulated);
    const { page } = await openConsole(browser, `http://127.0.0.1:${served.port}/`);
    close = async () => page.context().close();

    await page.getByText('Open the console with its token').waitFor();
    await page.goto(`http://127.0.0.1:${served.port}/#token=wrong`);
    await page.reload();
    await page.getByText('Open the console with its token').waitFor();
    expect(await rows(page).count()).toBe(0);
  });

  test('is in no cookie, which every server of this machine would get', async () => {
    const { page } = await open();

    expect(await page.context().cookies()).toEqual([]);
  });
});

describe('the keyboard', () => {
  test('searches, moves, opens and closes', async () => {
    const { page } = await open();
    await rows(page).first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('order-104');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    const active = page.locator('[aria-selected=true]');
    expect(await active.getAttribute('aria-posinset')).toBe('1');
    expect(await page.locator('.grid').getAttribute('aria-activedescendant')).toBe('row-0');
    const text = await active.locator('.cell-amount').textContent();

    await page.keyboard.press('Enter');
    await panel(page).waitFor();
    expect(await panel(page).evaluate((element) => element.matches(':focus'))).toBe(true);
    expect(await panel(page).locator('h2').textContent()).toBe(text);
    await page.keyboard.press('Escape');
    await panel(page).waitFor({ state: 'detached' });
    expect(await page.locator('.grid').evaluate((element) => element.matches(':focus'))).toBe(true);

    await page.keyboard.press('/');
    await page.keyboard.press('Escape');
    expect(await search(page).inputValue()).toBe('');
  });

  test('reaches the last row and the first one', async () => {
    const { page } = await open();
    await rows(page).first().waitFor();
    await page.locator('.grid').focus();
    await page.keyboard.press('End');
    await page.locator('[aria-selected=true][aria-posinset="300"]').waitFor();
    await page.keyboard.press('PageUp');
    await page.keyboard.press('Home');
    await page.locator('[aria-selected=true][aria-posinset="1"]').waitFor();
  });

  test('reaches everything in order, with a visible focus', async () => {
    const { page } = await open({}, true);
    await rows(page).first().waitFor();
    const reached: string[] = [];
    for (let index = 0; index < 14; index++) {
      await page.keyboard.press('Tab');
      reached.push(await page.evaluate<string>(`(() => {
        const { activeElement: element } = document;
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        const name = element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent;
        return [element.tagName, name.trim().slice(0, 18), outlineStyle !== 'none' && outlineWidth !== '0px'].join(' ');
      })()`));
    }

    expect(reached.map((each) => each.split(' ')[0])).toEqual(['A', 'A', 'A', 'A', 'A', 'INPUT', 'SELECT', 'SELECT', 'SELECT', 'SELECT', 'SELECT', 'SELECT', 'DIV', expect.any(String)]);
    expect(reached.slice(0, 13).filter((each) => !each.endsWith('true'))).toEqual([]);
  });
});

describe('on a phone', () => {
  test('nothing is wider than the screen, in any view', async () => {
    const { page } = await open(PHONE, true);
    await rows(page).first().waitFor();
    expect(await overflow(page)).toBe(0);
    await page.getByRole('button', { name: 'Filters' }).click();
    await page.getByLabel('tier', { exact: true }).selectOption('high');
    expect(await overflow(page)).toBe(0);

    await rows(page).first().click();
    await page.getByRole('button', { name: 'Show the body' }).click();
    await page.locator('pre.body').waitFor();
    expect(await overflow(page)).toBe(0);
    expect(await panel(page).evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    await page.getByRole('button', { name: 'Close' }).click();

    for (const name of ['Dead letters', 'Blocklist', 'Alarms']) {
      await view(page, name);
      await page.locator('.card, .table, .alarm').first().waitFor();
      expect(await overflow(page)).toBe(0);
    }
  });
});

describe('colors', () => {
  /** Runs in the page. The smallest contrast of texts with what is behind them (WCAG 2.2, 1.4.3). */
  const LOW_CONTRASTS = `(() => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    const rgb = (color, base = [255, 255, 255]) => {
      canvas.fillStyle = 'rgb(' + base.join(',') + ')'; canvas.fillRect(0, 0, 1, 1);
      canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const alpha = (color) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); return canvas.getImageData(0, 0, 1, 1).data[3]; };
    const light = (color) => color.map((part) => part / 255).map((part) => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
      .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
    const behind = (element) => {
      for (let each = element; each; each = each.parentElement) {
        const { backgroundColor } = getComputedStyle(each);
        if (alpha(backgroundColor) > 250) return rgb(backgroundColor);
      }
      return rgb(getComputedStyle(document.body).backgroundColor);
    };
    return [...document.querySelectorAll('#app *')].filter((element) => element.getClientRects().length > 0 && !element.closest('.only-read, .skip')
      && [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '')).map((element) => {
      const back = behind(element);
      const [a, b] = [light(rgb(getComputedStyle(element).color, back)), light(back)].sort((x, y) => y - x);
      return { text: element.textContent.slice(0, 30), class: element.className, contrast: (a + 0.05) / (b + 0.05) };
    }).filter(({ contrast }) => contrast < 4.5);
  })()`;

  test.each(['light', 'dark'] as const)('have enough contrast in %s', async (colorScheme) => {
    const { page } = await open({ colorScheme }, true);
    await search(page).fill(BLOCKED_PAYMENT.eventId);
    await rows(page).first().click();
    await panel(page).getByText('Other events').waitFor();
    expect(await page.evaluate(LOW_CONTRASTS)).toEqual([]);
    await page.keyboard.press('Escape');
    await search(page).fill('');
    for (const name of ['Transactions', 'Dead letters', 'Blocklist', 'Alarms']) {
      await view(page, name);
      await page.locator('.card, .table, .alarm, .grid').first().waitFor();
      expect(await page.evaluate(LOW_CONTRASTS)).toEqual([]);
    }
  });

  test('follow the setting of the machine', async () => {
    const { page } = await open({ colorScheme: 'dark' });

    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(20, 23, 28)');
  });
});

test('a page connects again, and misses nothing', async () => {
  const { page } = await open();
  await rows(page).first().waitFor();
  const { port } = served;
  await served.stop();
  await page.getByRole('status').filter({ hasText: 'Reconnecting' }).waitFor();
  // Another start has another token: the page then asks for it.
  served = await serveConsole(simulated, { port });

  await page.getByText('Open the console with its token').waitFor();
});

describe(`${MANY} transactions`, () => {
  test('are scrolled and filtered with few rows in the page', async () => {
    simulated = new SimulatedConsole(simulatedTransactions(MANY));
    served = await serveConsole(simulated);
    const opened = await openConsole(browser, 'about:blank');
    const { page } = opened;
    close = async () => page.context().close();
    await page.addInitScript(`window.longTasks = []; new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => window.longTasks.push(Math.round(duration))))
      .observe({ type: 'longtask', buffered: true });`);
    await page.goto(served.url);
    await page.locator('.total').filter({ hasText: '10,000' }).waitFor();
    const loading = await page.evaluate<number[]>('window.longTasks.splice(0)');

    for (let step = 1; step <= 60; step++) {
      await page.locator('.grid').evaluate((grid, top) => { grid.scrollTop = top; }, step * 6_000);
      await page.evaluate('new Promise((resolve) => requestAnimationFrame(resolve))');
      expect(await rows(page).count()).toBeLessThan(60);
    }
    await page.keyboard.press('End');
    const scrolling = await page.evaluate<number[]>('window.longTasks.splice(0)');

    await search(page).pressSequentially('order-104');
    await page.getByLabel('tier', { exact: true }).selectOption('high');
    await page.locator('.total').filter({ hasText: ' of ' }).waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    const filtering = await page.evaluate<number[]>('window.longTasks.splice(0)');

    for (let index = 0; index < 50; index++) {
      served.feed.report([arriving({ eventId: `evt_${index}`, timestamp: `t#${index}` })]);
      await page.evaluate('new Promise((resolve) => setTimeout(resolve, 20))');
    }
    const arrivingTasks = await page.evaluate<number[]>('window.longTasks.splice(0)');

    expect(await page.locator('#app *').count()).toBeLessThan(3_000);
    expect(await page.locator('.total').textContent()).toBe('10,000');
    expect(served.feed.size).toBeLessThanOrEqual(MANY);
    process.stdout.write(`long tasks in ms: loading ${JSON.stringify(loading)}, scrolling ${JSON.stringify(scrolling)}, filtering ${JSON.stringify(filtering)}, arriving ${JSON.stringify(arrivingTasks)}\n`);
  });
});
