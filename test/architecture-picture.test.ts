import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { synthesize, theResource } from './support/system';
import { DetailType } from '../src/private/contract';
import { resolveThresholds } from '../src/private/settings/tier-config';

const ROOT = join(__dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const picture = read('docs/architecture.svg');
const [, style] = /<style>(.*)<\/style>/s.exec(picture)!;
const [lightStyle, darkStyle] = style.split('@media (prefers-color-scheme: dark)');
/** The texts that are drawn, without the title and the description. */
const texts = [...picture.matchAll(/<text\b[^>]*>(.*?)<\/text>/gs)].map(([, text]) => text.replace(/<[^>]+>/g, ''));

/** The images of the functions. The command-line tool is in a folder beside them. */
const handlers = readdirSync(join(ROOT, 'assets')).filter((name) => existsSync(join(ROOT, 'assets', name, 'Dockerfile')));

/** The width of a phone, and the smallest text that is legible on it, in pixels. */
const NARROW_SCREEN = 360;
const MIN_FONT_SIZE = 11;

const SUFFIX = 'test';
const { template } = synthesize({ environmentSuffix: SUFFIX });
const { template: templateWithKey } = synthesize((stack) => ({ environmentSuffix: SUFFIX, encryptionKey: new Key(stack, 'Key') }));

const withoutSuffix = (name: string) => name.replace(new RegExp(`-${SUFFIX}$`), '');

/** The names of the resources that send to the dead-letter queue. */
function senders(of: Template): string[] {
  const [queueId] = Object.keys(of.findResources('AWS::SQS::Queue'));
  const named = (type: string, property: string) => Object.values(of.findResources(type))
    .map(({ Properties }) => ({ name: withoutSuffix(String(Properties[property])), properties: JSON.stringify(Properties) }))
    .filter(({ properties }) => properties.includes(`"${queueId}"`))
    .map(({ name }) => name);
  return [
    ...named('AWS::Lambda::Function', 'FunctionName'),
    ...named('AWS::Events::Rule', 'Name'),
    ...named('AWS::Events::EventBus', 'Name'),
    ...named('AWS::StepFunctions::StateMachine', 'StateMachineName'),
  ].sort();
}

/** The names at the lines to the dead-letter queue. */
function drawnSenders(condition: (classes: string[]) => boolean = () => true): string[] {
  return [...picture.matchAll(/<path class="([^"]+)" data-from="([^"]+)"/g)]
    .filter(([, classes]) => condition(classes.split(' ')))
    .map(([, , from]) => from)
    .sort();
}

/** The colors of a part of the style, by selector and property. */
function colorsOf(rules: string): Map<string, string> {
  return new Map([...rules.matchAll(/([^{}]+)\{([^{}]+)\}/g)].flatMap(([, selectors, declarations]) => (
    selectors.split(',').flatMap((selector) => [...declarations.matchAll(/(fill|stroke): (#[0-9a-f]{6})/g)]
      .map(([, property, color]) => [`${selector.trim()} ${property}`, color] as const))
  )));
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16) / 255)
    .map((share) => share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

describe('the picture of the architecture', () => {
  test.each(handlers)('names the function %s', (handler) => {
    expect(texts).toContain(handler);
  });

  test.each([
    ['AWS::DynamoDB::GlobalTable', 'TableName'],
    ['AWS::Events::EventBus', 'Name'],
    ['AWS::StepFunctions::StateMachine', 'StateMachineName'],
    ['AWS::SNS::Topic', 'TopicName'],
    ['AWS::SQS::Queue', 'QueueName'],
  ])('names the %s', (type, property) => {
    const name = withoutSuffix(theResource(template, type).Properties[property]);

    expect(texts.join('\n')).toMatch(new RegExp(`\\b${name}\\b`));
  });

  test.each(Object.values(DetailType))('names the event %s', (detailType) => {
    expect(texts).toContain(detailType);
  });

  test('names the tiers with their default thresholds', () => {
    const { medium, high } = resolveThresholds();
    const [from, to] = [medium, high].map((amount) => amount.toLocaleString('en-US'));

    for (const [tier, amounts] of [['low', `below ${from}`], ['medium', `${from} to ${to}`], ['high', `above ${to}`]]) {
      expect(texts[texts.indexOf(tier) + 1]).toBe(amounts);
    }
  });

  test.each(['provider', 'REST API', 'S3 archive', 'stream', 'sweep', 'verdict', 'your rules', 'dead-letter queue'])('shows: %s', (text) => {
    expect(texts).toContain(text);
  });

  test('draws a line to the dead-letter queue from each sender', () => {
    expect(drawnSenders((classes) => !classes.includes('rare'))).toEqual(senders(template));
    expect(drawnSenders()).toEqual(senders(templateWithKey));
  });

  test('has no text that is too small on a phone', () => {
    const [, width] = /viewBox="0 0 (\d+) \d+"/.exec(picture)!;
    const sizes = [...picture.matchAll(/font-size[:=]\s*"?([\d.]+)(\w*)/g)];

    expect(sizes.length).toBeGreaterThan(0);
    for (const [, size, unit] of sizes) {
      expect(unit).toBe('px');
      expect(Number(size) * NARROW_SCREEN / Number(width)).toBeGreaterThanOrEqual(MIN_FONT_SIZE);
    }
  });

  test('is legible in light and in dark mode', () => {
    const [light, dark] = [lightStyle, darkStyle].map(colorsOf);

    expect([...dark.keys()].sort()).toEqual([...light.keys()].sort());
    for (const colors of [light, dark]) {
      for (const background of ['page', 'yours', 'function', 'data', 'routing', 'workflow', 'state', 'failures']) {
        for (const text of ['text', '.name']) {
          expect(contrast(colors.get(`${text} fill`)!, colors.get(`.${background} fill`)!)).toBeGreaterThanOrEqual(4.5);
        }
      }
      expect(contrast(colors.get('.verdict-text fill')!, colors.get('.page fill')!)).toBeGreaterThanOrEqual(4.5);
      for (const line of ['.flow', '.verdict', '.dead', '.box']) {
        expect(contrast(colors.get(`${line} stroke`)!, colors.get('.page fill')!)).toBeGreaterThanOrEqual(3);
      }
    }
  });

  test('has a title and a description, and no content that an image must not have', () => {
    expect(picture).toMatch(/<svg [^>]*role="img" aria-\w+="title description">\s*<title id="title">[^<]+<\/title>\s*<desc id="description">[^<]+<\/desc>/);
    expect(picture).not.toMatch(/<(?:foreignObject|script|image|use|a)\b|@import|@font-face|\bon\w+=|href=|url\((?!#)/);
  });

  test('has the same alternative text on each page', () => {
    const [inReadme, onPage] = ['README.md', 'docs/architecture.md']
      .map((page) => /!\[([^\]]+)\]\([^)]*architecture\.svg\)/.exec(read(page))![1]);

    expect(onPage).toBe(inReadme);
  });
});
