import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ruleSetOf } from '../handlers/assess/rule-set';
import { blocklistKey } from '../handlers/assess/rules/blocklist';
import { LIST_ENTRY_ATTRIBUTES, METRIC_NAMESPACE, Metric, NO_EVENT, RecordType, RESERVED_PREFIXES } from '../src/private/contract';
import { resolveFraudRules } from '../src/private/settings/fraud-config';

const ROOT = join(__dirname, '..');
const PAGES = [...readdirSync(ROOT), ...['docs', 'docs/decisions'].flatMap((folder) => readdirSync(join(ROOT, folder)).map((name) => `${folder}/${name}`))]
  .filter((page) => page.endsWith('.md'));

const read = (page: string) => readFileSync(join(ROOT, page), 'utf8');

/** The anchors of a page's headings. */
function anchorsOf(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.+)$/gm)]
    .map(([, heading]) => heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'));
}

/** The README is also shown outside of the repository, so its links to files are absolute. */
const REPOSITORY_FILE = /^https:\/\/(?:github\.com\/cdk-webhooks\/cdk-webhook-processing-system\/(?:blob|tree)|raw\.githubusercontent\.com\/cdk-webhooks\/cdk-webhook-processing-system)\/main\//;

test('the README has no relative links to files', () => {
  expect([...read('README.md').matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map(([, link]) => link)).toEqual([]);
});

/** The docstrings are a part of each package, and of its reference on the web. */
describe('the docstrings', () => {
  const docstrings = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.startsWith('private/'))
    .flatMap((file) => [...read(`src/${file}`).matchAll(/\/\*\*[^]*?\*\//g)].map(([text]) => text));

  test('name pages of the repository by absolute links only', () => {
    const withoutLinks = docstrings.map((text) => text.replace(/\[[^\]]*\]\(https:[^)]*\)|https:\S+/g, ''));

    expect(withoutLinks.filter((text) => /\b[\w-]+\.md\b/.test(text))).toEqual([]);
    expect(docstrings.flatMap((text) => [...text.matchAll(/\]\((?!https:)/g)])).toEqual([]);
  });

  test('have no broken links to the repository', () => {
    const links = docstrings.flatMap((text) => [...text.matchAll(/https:[^\s)#]+/g)].map(([link]) => link)).filter((link) => REPOSITORY_FILE.test(link));

    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((link) => !existsSync(join(ROOT, link.replace(REPOSITORY_FILE, ''))))).toEqual([]);
  });
});

test.each(PAGES)('%s has no broken links', (page) => {
  const links = [...read(page).matchAll(/\]\(([^)#\s]*)(?:#([^)\s]*))?\)/g)]
    .filter(([, path]) => REPOSITORY_FILE.test(path) || !/^https?:/.test(path))
    .map(([, path, anchor]) => ({
      target: REPOSITORY_FILE.test(path) ? path.replace(REPOSITORY_FILE, '') : path ? join(dirname(page), path) : page, anchor,
    }));

  const broken = links.filter(({ target, anchor }) => (
    !existsSync(join(ROOT, target)) || (anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).includes(anchor))
  ));

  expect(broken).toEqual([]);
});

test.each(PAGES)('%s names only tasks of the project that exist', (page) => {
  const { tasks } = JSON.parse(read('.projen/tasks.json')) as { tasks: object };
  const named = [...read(page).matchAll(/npx projen ([a-z][a-z:-]*)/g)].map(([, task]) => task);

  expect(named.filter((task) => !Object.hasOwn(tasks, task))).toEqual([]);
});

test('the page about the architecture lists the reserved provider names', () => {
  const names = RESERVED_PREFIXES.map((prefix) => `\`${prefix}\``);

  expect(read('docs/architecture.md')).toContain(`${names.slice(0, -1).join(', ')} or ${names.at(-1)}`);
});

describe('the page about fraud', () => {
  const page = read('docs/fraud.md');
  const [put, remove, ruleSet] = [...page.matchAll(/--(?:item|key) '(\{[^']+\})'/g)].map(([, json]) => JSON.parse(json));

  test('has commands that add and remove the entries that the detector reads', () => {
    const key = { transaction_id: { S: blocklistKey({ kind: 'customer', value: 'stripe:cus_123' }) }, timestamp: { S: NO_EVENT } };

    expect(put).toMatchObject({ ...key, record_type: { S: RecordType.BLOCKLIST_ENTRY }, reason: { S: expect.any(String) } });
    expect(Object.values((put as { expires_at: object }).expires_at)).toEqual([expect.stringMatching(/^\d{10}$/)]);
    expect(remove).toEqual(key);
  });

  test('writes exactly the attributes of an entry that operators are allowed to write', () => {
    expect(Object.keys(put).sort()).toEqual([...LIST_ENTRY_ATTRIBUTES].sort());
  });

  test('finds the rules behind a verdict', () => {
    expect(ruleSetOf(resolveFraudRules()).version).toMatch(/^[0-9a-f]+$/);
    expect(ruleSet).toEqual({ transaction_id: { S: `${RecordType.RULE_SET}:<version>` }, timestamp: { S: NO_EVENT } });
  });

  test('lists the keys of each kind of entry', () => {
    for (const entry of [
      { kind: 'country', value: 'KP' }, { kind: 'card', value: '411111' }, { kind: 'email-domain', value: 'example.com' },
      { kind: 'card-fingerprint', value: 'stripe:card_1234' }, { kind: 'email', value: 'bdf58d550c1c122a6cb5a2a766287184' },
    ] as const) {
      expect(page).toContain(`| \`${blocklistKey(entry)}\` |`);
    }
  });

  test('lists the default scores', () => {
    const section = page.slice(page.indexOf('<!-- tested: default scores -->'), page.indexOf('<!-- end: default scores -->'));
    const scores = [...section.matchAll(/^\| .+ \| (\d+) \|$/gm)].map(([, score]) => Number(score));

    expect(scores.sort()).toEqual(resolveFraudRules().rules.map(({ score }) => score).sort());
  });

  test('names the metrics', () => {
    for (const name of [Metric.ASSESSED, Metric.VERDICT, Metric.RULE_FIRED, Metric.ASSESSED_AMOUNT, Metric.VERDICT_LATENCY, METRIC_NAMESPACE]) {
      expect(page).toContain(`\`${name}\``);
    }
  });
});
