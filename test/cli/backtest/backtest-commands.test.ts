import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { LINE } from './event-lines';
import { RandomNumbers } from './random-numbers';
import type { FraudConfig } from '../../../src/private/contract';
import { resolveFraudRules } from '../../../src/private/settings/fraud-config';
import { synthesize } from '../../support/system';
import { byEvent, charge, JANE, JOHN, world } from '../support/jane-and-john';
import { resetStack, resetSystem, settings, STACK, tool } from '../support/operated-system';

const folder = mkdtempSync(join(tmpdir(), 'backtest-'));
const fileOf = (name: string, content: string | Buffer | object) => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content));
  return path;
};
const linesOf = (lines: readonly object[]) => `${lines.map((line) => JSON.stringify(line)).join('\n')}\n\n`;
const RULES: FraudConfig = { tiers: { medium: 1, high: 2 }, review: 40, block: 80, rules: [{ rule: 'country-mismatch', score: 50 }] };

/** A shop of four months whose fraud is from abroad, and mostly for large amounts. */
const SHOP = (() => {
  const random = new RandomNumbers(3);
  return [...Array(1_000).keys()].map((index) => {
    const isFraud = random.chance(0.15);
    return {
      ...LINE,
      transaction_id: `pay_${index}`,
      customer_id: `c${random.below(250)}`,
      event_time: new Date(Date.parse('2026-01-01T00:00:00Z') + index * 10_368_000).toISOString(),
      amount_minor: Math.round(100 * random.amount(isFraud ? 150 : 100, 0.7)),
      country: 'DE',
      card_country: random.chance(isFraud ? 0.8 : 0.05) ? 'US' : 'DE',
      ...isFraud && { label: 'fraud' },
    };
  });
})();
const events = fileOf('shop.jsonl', linesOf(SHOP));
const packed = fileOf('shop.jsonl.gz', gzipSync(linesOf(SHOP)));
const rules = fileOf('rules.json', RULES);
const SHARE = ['--high-share', '0.5'];

/** The clients of a system whose detector has rules. */
const clients = (config: FraudConfig = RULES, relay = settings) => ({
  ...world.clients,
  lambda: {
    send: async ({ input: { FunctionName } }: { input: { FunctionName: string } }) => ({
      Environment: { Variables: FunctionName === 'event-relay' ? relay : { FRAUD_RULES: JSON.stringify(config) } },
    }),
  } as never,
});

beforeAll(async () => world.start());
afterAll(async () => world.stop());
beforeEach(async () => {
  await resetSystem();
  resetStack({ DetectorFunctionName: 'fraud-detector' });
});

describe('a backtest of a file', () => {
  test('shows the measures, the tiers, the rules and the baselines', async () => {
    const { code, printed } = await tool(['backtest', '--events', events, ...SHARE, '--rules', rules]);

    expect(code).toBe(0);
    expect(printed).toContain('1,000 payments from 2026-01-01 to 2026-04-30');
    expect(printed).toMatch(/^precision +0\.\d{3}$/m);
    expect(printed).toMatch(/^rules, by tier +payments/m);
    expect(printed).toMatch(/^country-mismatch +50 /m);
    expect(printed).toMatch(/^amount threshold, if all payments were assessed +\d+ /m);
    expect(printed).toMatch(/^logistic regression +\d+ /m);
  });

  test('prints the same as JSON, from a packed file', async () => {
    const { printed } = await tool(['backtest', '--events', packed, ...SHARE, '--rules', rules, '--json']);
    const { ruleSets: [{ name, measures, byRule }], equalAlerts, hasRegression } = JSON.parse(printed) as any;

    expect({ name, review: measures.payments, rule: byRule[0].rule }).toEqual({ name: 'rules', review: 1_000, rule: RULES.rules[0] });
    expect(equalAlerts.assessed.ways.map((way: any) => way.name)).toEqual(['rules', 'amount threshold', 'logistic regression']);
    expect(equalAlerts.assessed.ways[0]).not.toHaveProperty('curve');
    expect(hasRegression).toBe(true);
  });

  test.each(['chart.svg', 'chart.html'])('writes %s', async (name) => {
    const path = join(folder, name);

    const { noted } = await tool(['backtest', '--events', events, ...SHARE, '--rules', rules, '--chart', path]);

    expect(noted).toContain(`The chart is in ${path}.`);
    const chart = readFileSync(path, 'utf8');
    expect(chart.startsWith(name.endsWith('.svg') ? '<svg ' : '<!doctype html>')).toBe(true);
    expect(chart).toContain('Share of assessed payments that are alerted');
    expect(chart).toMatch(/<desc id="chart-text">rules: \d+\.\d % of the fraud with alerts about \d+\.\d % of the payments/);
  });

  test('measures a part of the time, with the earlier payments as history', async () => {
    const { printed } = await tool(['backtest', '--events', events, ...SHARE, '--rules', rules, '--from', '2026-02-01', '--to', '2026-03-01']);

    expect(printed).toContain('233 payments from 2026-02-01 to 2026-02-28');
  });

  test('uses the given thresholds, or the default ones', async () => {
    const assessed = async (...args: string[]) => {
      const { printed } = await tool(['backtest', '--events', events, '--rules', rules, '--json', ...args]);
      const { tiers, ruleSets: [{ measures }] } = JSON.parse(printed) as any;
      return { ...tiers, assessed: measures.assessed };
    };

    expect(await assessed('--high', '200', '--medium', '50')).toEqual({ medium: 50, high: 200, assessed: expect.any(Number) as number });
    expect(await assessed('--high', '200')).toMatchObject({ medium: 20, high: 200 });
    expect(await assessed()).toEqual({ medium: 1_000, high: 10_000, assessed: 0 });
  });

  test('shows which rules are left out, and that there is too little fraud', async () => {
    const scored = fileOf('scored.json', { ...RULES, rules: [...RULES.rules, { rule: 'scored-by', score: 9, functionArn: 'arn', timeoutMillis: 1, onFailure: 0 }] });
    const none = fileOf('no-rules.json', { ...RULES, rules: [] });
    const few = fileOf('few.jsonl', linesOf(SHOP.slice(0, 20).map(({ label, ...line }) => line)));

    const { printed } = await tool(['backtest', '--events', few, ...SHARE, '--rules', scored]);

    expect(printed).toContain('Rules, rules left out: 1 of the kind scored-by.');
    expect((await tool(['backtest', '--events', few, ...SHARE, '--rules', none])).printed).not.toContain('by rule');
    expect(printed).toContain('The earlier part has too little fraud to learn a regression from.');
  });

  test('returns 4 without a payment', async () => {
    const { code, noted } = await tool(['backtest', '--events', fileOf('none.jsonl', `${JSON.stringify({ ...LINE, kind: 'authorized' })}${'\n'.repeat(10_000)}`), '--rules', rules]);

    expect(code).toBe(4);
    expect(noted).toContain('There are no payments in this time.');
  });

  test.each([
    ['no rules', ['--events', events], 'pass the rules with --rules, or the system with --stack'],
    ['a chart of another kind', ['--events', events, '--rules', rules, '--chart', 'chart.png'], '--chart must end with .svg or .html'],
    ['a chart in a folder that does not exist, before it reads the events', ['--events', join(folder, 'missing.jsonl'), '--rules', rules, '--chart', join(folder, 'missing', 'c.svg')], "c.svg' (ENOENT)"],
    ['times in the wrong order', ['--events', events, '--rules', rules, '--from', '2026-02-01', '--to', '2026-02-01'], '--from must be before --to'],
    ['two kinds of thresholds', ['--events', events, '--rules', rules, '--high', '5', '--high-share', '0.1'], '--high and --high-share must not both be set'],
    ['thresholds for a system', ['--rules', rules, '--high', '5'], 'need --events'],
    ['a time', ['--from', 'yesterday'], 'It must be a day in UTC'],
    ['an amount', ['--high', '0'], 'It must be an amount above 0'],
    ['a share', ['--high-share', '1'], 'It must be a share above 0 and below 1'],
    ['a file that does not exist', ['--events', join(folder, 'missing.jsonl'), '--rules', rules], 'missing.jsonl\' (ENOENT)'],
    ['a file that is not packed', ['--events', fileOf('plain.gz', 'text'), '--rules', rules], 'plain.gz\' (Z_DATA_ERROR)'],
    ['a line that is not JSON', ['--events', fileOf('text.jsonl', '{}\u0007'), '--rules', rules], 'text.jsonl, line 1: must be a JSON object.'],
    ['a line that is not an object', ['--events', fileOf('list.jsonl', `${JSON.stringify(LINE)}\n[]`), '--rules', rules], 'list.jsonl, line 2: must be a JSON object.'],
    ['a field', ['--events', fileOf('field.jsonl', linesOf([{ ...LINE, currency: 'euro' }])), '--rules', rules], 'field.jsonl, line 1: `currency` must be a currency code'],
    ['rules that do not exist', ['--events', events, '--rules', join(folder, 'missing.json')], 'cannot be read (ENOENT)'],
    ['rules that are not JSON', ['--events', events, '--rules', fileOf('text.json', 'text')], 'cannot be read (it is not JSON)'],
    ['rules that are a number', ['--events', events, '--rules', fileOf('number.json', '5')], 'has no rules'],
    ['rules that are null', ['--events', events, '--rules', fileOf('null.json', 'null')], 'has no rules'],
    ['rules without rules', ['--events', events, '--rules', fileOf('empty.json', '[]')], 'has no rules'],
    ['rules of a future version', ['--events', events, '--rules', fileOf('future.json', { ...RULES, rules: [{ rule: 'oracle' }] })], 'has the rule \'oracle\''],
    ['rules that contain nothing', ['--events', events, '--rules', fileOf('nothing.json', { ...RULES, rules: [null] })], 'has the rule \'undefined\''],
    ['a scorecard with a fact that is nothing', ['--events', events, '--rules', fileOf('no-fact.json', { version: 1, reviewScore: 40, facts: [null] })], 'must have `intervals` for each fact'],
    ['a scorecard without intervals', ['--events', events, '--rules', fileOf('no-intervals.json', { version: 1, reviewScore: 40, facts: [{ fact: 'newCard' }] })], 'must have `intervals` for each fact'],
    ['a scorecard of a future version', ['--events', events, '--rules', fileOf('version.json', { version: 2, facts: [] })], 'must have the version 1'],
    ['a scorecard with an unknown fact', ['--events', events, '--rules', fileOf('fact.json', { version: 1, reviewScore: 40, facts: [{ fact: 'x', intervals: [] }] })], 'has the fact \'x\''],
    ['a template without a system', ['--events', events, '--rules', fileOf('t.json', { Resources: { Other: { Type: 'X' } } })], 'has no fraud detector'],
  ])('rejects %s', async (_, args, message) => {
    const { code, noted } = await tool(['backtest', ...args]);

    expect(noted).toContain(message);
    expect(code).toBe(2);
  });

  test('stops when it is interrupted', async () => {
    const interruption = new AbortController();
    interruption.abort();

    expect((await tool(['backtest', '--events', events, '--rules', rules], { signal: interruption.signal })).code).toBe(130);
  });
});

describe('the rules of a backtest', () => {
  const reviewOf = async (path: string, ...args: string[]) => {
    const { printed, noted } = await tool(['backtest', '--events', events, ...SHARE, '--rules', path, '--json', ...args]);
    return noted === '' ? (JSON.parse(printed) as any).ruleSets[0] : noted;
  };
  const detector = (variables: object) => ({ Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: variables } } });

  test('are those of a synthesized template', async () => {
    const template = fileOf('system.template.json', synthesize({ fraudReviewScore: 41 }).template.toJSON());

    expect(await reviewOf(template)).toMatchObject({ review: 41, byRule: resolveFraudRules().rules.map((rule) => ({ rule: { rule: rule.rule } })) });
  });

  test('can be in a cloud assembly, in a parameter and around references', async () => {
    const assembly = mkdtempSync(join(folder, 'cdk.out-'));
    writeFileSync(join(assembly, 'manifest.json'), JSON.stringify({
      artifacts: Object.fromEntries(['p.json', 'empty.json'].map((templateFile) => [templateFile, { type: 'aws:cloudformation:stack', properties: { templateFile } }])),
    }));
    writeFileSync(join(assembly, 'empty.json'), '{}');
    writeFileSync(join(assembly, 'p.json'), JSON.stringify({
      Resources: {
        SystemFraudDetectorParameter: { Type: 'AWS::SSM::Parameter', Properties: { Value: { 'Fn::Join': ['', [JSON.stringify(RULES), { Ref: 'Nothing' }]] } } },
        SystemFraudDetectorFunction: detector({ FRAUD_RULES_PARAMETER: { Ref: 'SystemFraudDetectorParameter' } }),
        OtherFraudDetectorFunction: detector({ FRAUD_RULES: JSON.stringify({ ...RULES, review: 33 }) }),
      },
    }));

    expect(await reviewOf(assembly, '--system', 'Other')).toMatchObject({ review: 33 });
    expect(await reviewOf(assembly)).toContain('has the systems System, Other. Choose one with --system.');
    expect(await reviewOf(assembly, '--system', 'System')).toContain('has rules that cannot be read');
  });

  test('can be a scorecard, with or without a score for a block', async () => {
    const facts = [{ fact: 'countryMismatch', intervals: [{ from: 1, points: 60 }], missing: 5 }, { fact: 'amountToHigh', intervals: [{ from: 2, points: 30 }] }];
    const card = (more: object) => fileOf('card.json', { version: 1, facts, reviewScore: 40, ...more });

    expect(await reviewOf(card({ blockScore: 90 }))).toMatchObject({ review: 40, block: 90 });
    expect(await reviewOf(card({}))).toMatchObject({ review: 40, block: 91, measures: { blocked: 0 } });
  });
});

describe('a backtest of a system', () => {
  test('reads its archive, its labels, its thresholds and its rules', async () => {
    await world.receive(charge('high', JANE, { amount: 2_500_000 }));
    await world.receive(charge('low', JOHN));
    await world.receive(charge('declined', JANE, { type: 'charge.failed' }));
    await world.archiveChanges();
    await world.update(await byEvent('evt_high'), { label: { S: 'fraud' }, labeled_at: { S: '2026-12-24T00:00:00.000Z' } });
    await world.archiveChanges();

    const { code, printed } = await tool(['backtest', ...STACK, '--rules', rules, '--json'], { clients: clients() });
    const { tiers, ruleSets } = JSON.parse(printed) as any;

    expect(code).toBe(0);
    expect(tiers).toEqual({ medium: 1000, high: 10000 });
    expect(ruleSets).toMatchObject(['current rules', 'changed rules'].map((name) => ({ name, measures: { payments: 2, fraud: 1, assessed: 1, alerts: 1 } })));
  });

  test('assesses what the relay routes to the workflow', async () => {
    await world.receive(charge('low', JOHN));
    await world.archiveChanges();
    const relay = { ...settings, ASSESSMENT_SCOPE: JSON.stringify({ below: 'all' }) };

    const { printed } = await tool(['backtest', ...STACK], { clients: clients(RULES, relay) });

    expect(printed).toContain('Assessed: 1 payments (all)');
  });

  test('shows how many items cannot be read', async () => {
    await world.receive(charge('high', JANE, { amount: 2_500_000 }));
    await world.receive(charge('low', JOHN));
    await world.update(await byEvent('evt_low'), { kind: { S: 'unknown' } });
    await world.archiveChanges();

    const { noted, printed } = await tool(['backtest', ...STACK], { clients: clients() });

    expect(noted).toContain('warning: archived items that cannot be read and are not in the result: 1');
    expect(printed).toContain('(the high tier)');
  });

  test('applies its rules and thresholds to a file of events', async () => {
    const { printed } = await tool(['backtest', '--events', events, ...STACK, '--json'], { clients: clients() });
    const { tiers, ruleSets: [{ name }] } = JSON.parse(printed) as any;

    expect({ name, ...tiers }).toEqual({ name: 'current rules', medium: 1000, high: 10000 });
  });
});

describe('a fit', () => {
  test('shows the points, the comparison and the code, and writes a file that a backtest reads', async () => {
    const output = fileOf('fitted.json', 'an earlier scorecard');

    const { code, printed, noted } = await tool(['fit', '--events', events, ...SHARE, '--rules', rules, '--output', output]);
    const { printed: measured } = await tool(['backtest', '--events', events, ...SHARE, '--rules', output, '--json']);

    expect(code).toBe(0);
    expect(noted).toContain(`The scorecard is in ${output}.`);
    expect(printed).toMatch(/^countryMismatch +yes: \d+ +0$/m);
    expect(printed).toMatch(/^current rules +\d/m);
    expect(printed).toMatch(/\{ fact: FraudFact\.COUNTRY_MISMATCH, intervals: \[\{ minimum: 1, points: \d+ \}\] \},/);
    expect(JSON.parse(readFileSync(output, 'utf8'))).toMatchObject({ version: 1, reviewScore: 40 });
    expect((JSON.parse(measured) as any).ruleSets[0]).toMatchObject({ review: 40 });
  });

  test('uses a number of alerts and prints JSON', async () => {
    const { printed } = await tool(['fit', '--events', events, ...SHARE, '--alerts-per-1000', '200', '--block-precision', '0.05', '--learn', '0.6', '--json']);
    const { scorecard, learned, comparison } = JSON.parse(printed) as any;

    expect(scorecard.blockScore).toBeGreaterThan(40);
    expect(learned.alerts).toBeGreaterThan(10);
    expect(comparison.ways.map((way: any) => way.name)).toEqual(['scorecard', 'amount threshold', 'logistic regression']);
  });

  test('proposes no block if no number of points is precise enough', async () => {
    const chance = fileOf('chance.jsonl', linesOf(SHOP.map(({ label, ...line }, index) => ({ ...line, ...index % 7 === 0 && { label: 'fraud' } }))));

    const { printed } = await tool(['fit', '--events', chance, ...SHARE, '--rules', rules, '--learn', '0.6']);

    expect(printed).toContain('Block: no number of points is precise enough. Only review.');
    expect(printed).not.toContain('fraudBlockScore');
  });

  test('learns from a system', async () => {
    const { code, noted } = await tool(['fit', ...STACK], { clients: clients() });

    expect(code).toBe(2);
    expect(noted).toContain('got 0 and 0. With fewer, the points would be mostly chance.');
  });

  test.each([
    ['no number of alerts', ['--events', events], 'pass the number of alerts with --alerts-per-1000'],
    ['too little fraud', ['--events', fileOf('little.jsonl', linesOf(SHOP.slice(0, 100))), ...SHARE, '--rules', rules], 'needs at least 30 assessed payments labeled as fraud'],
    ['rules without an alert', ['--events', events, ...SHARE, '--rules', fileOf('quiet.json', { ...RULES, rules: [] })], 'the rules give no alert'],
    ['a rate', ['--events', events, '--alerts-per-1000', '0'], 'It must be a number above 0'],
  ])('rejects %s', async (_, args, message) => {
    const { code, noted } = await tool(['fit', ...args]);

    expect(noted).toContain(message);
    expect(code).toBe(2);
  });
});
