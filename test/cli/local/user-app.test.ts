import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selectStacks } from '../../../cli/local/stack-selection';
import { findCdk, readUserApp } from '../../../cli/local/user-app';
import { UsageError } from '../../../cli/terminal/usage-error';

let folder: string;
const write = (name: string, content: unknown) => writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'user-app-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('readUserApp', () => {
  test('reads the command, the context and the cached look-ups', () => {
    write('cdk.json', { app: 'node app.js', context: { a: 1 }, profile: 'prod' });
    write('cdk.context.json', { looked: 'up' });

    expect(readUserApp(folder)).toEqual({ command: 'node app.js', context: { a: 1 }, lookups: { looked: 'up' } });
  });

  test('builds first, and lets --app replace the command', () => {
    write('cdk.json', { app: 'node app.js', build: 'tsc' });

    expect(readUserApp(folder, 'python3 app.py')).toEqual({ command: 'tsc && python3 app.py', context: {}, lookups: {} });
  });

  test('needs no cdk.json with --app', () => {
    expect(readUserApp(folder, 'node app.js').command).toBe('node app.js');
  });

  test.each<[string, unknown, string]>([
    ['no cdk.json', undefined, 'has no cdk.json. Run this command in the folder of your CDK app, or name its command with --app.'],
    ['no app in it', {}, 'names no `app`. Run this command'],
    ['no command in it', { app: ' ' }, 'names no `app`. Run this command'],
    ['no JSON in it', '{', 'is not JSON:'],
  ])('reports a folder with %s', (_, content, message) => {
    if (content !== undefined) {
      write('cdk.json', content);
    }

    expect(() => readUserApp(folder)).toThrow(UsageError);
    expect(() => readUserApp(folder)).toThrow(message);
  });
});

describe('findCdk', () => {
  test('prefers the one of the app', () => {
    mkdirSync(join(folder, 'node_modules/aws-cdk'), { recursive: true });
    write('node_modules/aws-cdk/package.json', { name: 'aws-cdk' });

    expect(findCdk(folder)).toEqual({ command: process.execPath, args: [join(folder, 'node_modules/aws-cdk/bin/cdk')] });
  });

  test('finds one on the PATH', () => {
    write('cdk', '#!/bin/sh\n');
    chmodSync(join(folder, 'cdk'), 0o755);

    expect(findCdk(folder, `/nonexistent::${folder}`)).toEqual({ command: join(folder, 'cdk'), args: [] });
    const { PATH } = process.env;
    process.env.PATH = folder;
    expect(findCdk(folder)).toEqual({ command: join(folder, 'cdk'), args: [] });
    process.env.PATH = PATH;
  });

  test('says how to install it', () => {
    expect(() => findCdk(folder, '')).toThrow(new UsageError("the AWS CDK's command line is not installed. Install it in your app: npm install --save-dev aws-cdk"));
  });
});

describe('selectStacks', () => {
  const stack = (name: string, path = name, region?: string) => ({ name, path, region, template: `${path}.json` });
  const all = [stack('Payments'), stack('Shop'), stack('Staged', 'Stage/Staged')];

  test.each([
    ['all', [], all],
    ['those with a name', ['Shop', 'Payments'], [all[0], all[1]]],
    ['those with a path', ['Stage/Staged', 'Payments'], [all[0], all[2]]],
  ])('selects %s', (_, names, expected) => {
    expect(selectStacks(all, names, ['Payments/System'])).toEqual(expected);
  });

  test('rejects an unknown name, and lists the stacks', () => {
    expect(() => selectStacks(all, ['Shops'], ['Payments/System'])).toThrow(new UsageError("the app has no stack 'Shops'. It has: Payments, Shop, Stage/Staged"));
  });

  test('rejects stacks that the one account cannot have together', () => {
    const twice = [stack('Payments', 'Dev/Payments', 'eu-west-1'), stack('Payments', 'Prod/Payments', 'eu-west-1')];

    expect(() => selectStacks(twice, [], ['Dev/Payments/System'])).toThrow("several stacks have the name 'Payments', and the emulator has one account");
    expect(selectStacks(twice, ['Dev/Payments'], ['Dev/Payments/System'])).toEqual([twice[0]]);
    expect(selectStacks([twice[0], { ...twice[1], region: 'us-east-1' }], [], ['Dev/Payments/System'])).toHaveLength(2);
  });

  test('rejects stacks without a webhook system', () => {
    expect(() => selectStacks(all, ['Shop'], ['Payments/System', 'ShopFront/System'])).toThrow('no WebhookProcessingSystem is in the stacks Shop');
    expect(() => selectStacks([], [], [])).toThrow('of the app, because it has none');
  });
});
