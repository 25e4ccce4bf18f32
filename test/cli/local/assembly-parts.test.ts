import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnResource, DefaultStackSynthesizer, LegacyStackSynthesizer, Stack, Stage } from 'aws-cdk-lib';
import { DockerImageAsset } from 'aws-cdk-lib/aws-ecr-assets';
import { Code, Function as LambdaFunction, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { readTemplates, writeTemplates } from '../../../cli/local/assembly/assembly';
import { dropImages, runtimePackages } from '../../../cli/local/assembly/asset-manifests';
import { withCustomResourceTimeouts } from '../../../cli/local/assembly/custom-resource-timeouts';
import { moveToAccount } from '../../../cli/local/assembly/emulated-account';
import { readAssembly } from '../../../cli/local/assembly/manifest';
import { findSystemPaths } from '../../../cli/local/assembly/system-paths';

let folder: string;
let code: string;
const env = { account: '111122223333', region: 'eu-west-1' };
const appIn = () => new App({ outdir: folder, context: { 'aws:cdk:enable-asset-metadata': true } });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assembly-'));
  code = mkdtempSync(join(tmpdir(), 'code-'));
});
afterEach(() => {
  [folder, code].forEach((each) => rmSync(each, { recursive: true }));
});

describe('readAssembly', () => {
  test('lists stacks with their names, places and qualifiers, also those of stages', () => {
    const app = appIn();
    new Stack(app, 'Plain');
    new Stack(app, 'Placed', { env, stackName: 'placed-stack', synthesizer: new DefaultStackSynthesizer({ qualifier: 'shop' }) });
    new Stack(app, 'Old', { synthesizer: new LegacyStackSynthesizer() });
    new Stack(new Stage(app, 'Stage'), 'Inner');
    app.synth();

    const { stacks, assetManifests } = readAssembly(folder);
    expect(stacks).toEqual(expect.arrayContaining([
      { name: 'Plain', path: 'Plain', template: 'Plain.template.json' },
      { name: 'placed-stack', path: 'Placed', ...env, qualifier: 'shop', template: 'Placed.template.json' },
      { name: 'Old', path: 'Old', template: 'Old.template.json' },
      { name: 'Stage-Inner', path: 'Stage/Inner', template: 'assembly-Stage/StageInnerA05BA7B1.template.json' },
    ].map((stack) => expect.objectContaining({ ...stack, template: expect.stringContaining(stack.template.slice(0, 5)) }))));
    expect(stacks).toHaveLength(4);
    expect(assetManifests).toEqual(expect.arrayContaining(['Plain.assets.json', 'Placed.assets.json']));
  });

  test('reads the smallest manifest', () => {
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ artifacts: { A: { type: 'aws:cloudformation:stack', properties: { templateFile: 'A.json' } } } }));
    expect(readAssembly(folder).stacks).toEqual([{ name: 'A', path: 'A', template: 'A.json' }]);

    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ artifacts: { Tree: { type: 'cdk:tree' } } }));
    expect(readAssembly(folder)).toEqual({ stacks: [], assetManifests: [] });

    writeFileSync(join(folder, 'manifest.json'), '{}');
    expect(readAssembly(folder)).toEqual({ stacks: [], assetManifests: [] });
  });
});

describe('moveToAccount', () => {
  test('replaces the account in templates, manifests and names of files', () => {
    const app = appIn();
    const stack = new Stack(app, 'Main-111122223333', { env });
    new CfnResource(stack, 'Queue', { type: 'AWS::SQS::Queue', properties: { QueueName: 'orders-111122223333', Other: '91111222233334' } });
    new Stack(new Stage(app, 'Stage', { env }), 'Inner');
    app.synth();
    mkdirSync(join(folder, 'asset.1'));
    writeFileSync(join(folder, 'asset.1', 'x.json'), '"111122223333"');

    expect(moveToAccount(folder, '000000000000')).toEqual(['111122223333']);

    expect(readAssembly(folder).stacks.map(({ account }) => account)).toEqual(['000000000000', '000000000000']);
    expect(readTemplates(folder).get('Main-000000000000.template.json')!.Resources!.Queue.Properties).toEqual({ QueueName: 'orders-000000000000', Other: '91111222233334' });
    expect(readdirSync(folder).filter((name) => name.includes('111122223333'))).toEqual([]);
    expect(readFileSync(join(folder, 'asset.1', 'x.json'), 'utf8')).toBe('"111122223333"');
    expect(moveToAccount(folder, '000000000000')).toEqual([]);
  });

  test('keeps stacks that name no account', () => {
    const app = appIn();
    new Stack(app, 'Main');
    app.synth();

    expect(moveToAccount(folder, '000000000000')).toEqual([]);
  });
});

describe('the assets', () => {
  const write = (name: string, text: string) => {
    mkdirSync(join(code, name, '..'), { recursive: true });
    writeFileSync(join(code, name), text);
  };
  const packagesOf = (build: (stack: Stack) => unknown) => {
    const app = appIn();
    build(new Stack(app, 'Main'));
    app.synth();
    return runtimePackages(folder, readTemplates(folder));
  };
  const fn = (stack: Stack) => new LambdaFunction(stack, 'Fn', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromAsset(code) });

  test('lists the packages of the runtime that functions load', () => {
    write('index.js', 'const a = require("@aws-sdk/client-s3"); require(\'@aws-sdk/lib-dynamodb/dist-cjs\'); require("@aws-sdk/signature-v4-crt")');
    write('other.mjs', 'import{A}from"@aws-sdk/client-sqs";await import("@aws-sdk/client-sns");import "@aws-sdk/client-ssm"');
    write('readme.txt', 'require("@aws-sdk/client-text")');
    write('own.cjs', 'require("@aws-sdk/client-own"); require("./@aws-sdk/x"); "@aws-sdk/client-named"');
    write('node_modules/@aws-sdk/client-own/index.js', 'require("@aws-sdk/client-nested")');

    expect(packagesOf(fn)).toEqual(['@aws-sdk/client-s3', '@aws-sdk/client-sns', '@aws-sdk/client-sqs', '@aws-sdk/client-ssm', '@aws-sdk/lib-dynamodb']);
  });

  test('reads layers too, and no other assets', () => {
    write('index.js', 'require("@aws-sdk/client-s3")');

    expect(packagesOf((stack) => new LayerVersion(stack, 'Layer', { code: Code.fromAsset(code) }))).toEqual(['@aws-sdk/client-s3']);
    rmSync(folder, { recursive: true });
    expect(packagesOf((stack) => {
      new Asset(stack, 'Asset', { path: code });
      new CfnResource(stack, 'Fn', { type: 'AWS::Lambda::Function' });
    })).toEqual([]);
  });

  test('ignores code that is not in a folder', () => {
    write('code.zip', 'PK');

    expect(packagesOf((stack) => new LambdaFunction(stack, 'Fn', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromAsset(join(code, 'code.zip')) }))).toEqual([]);
  });

  test('have no images any more', () => {
    write('Dockerfile', 'FROM scratch');
    const app = appIn();
    new DockerImageAsset(new Stack(app, 'Main'), 'Image', { directory: code });
    new Stack(app, 'Other');
    app.synth();

    expect(dropImages(folder)).toBe(1);
    expect(dropImages(folder)).toBe(0);
    expect(JSON.parse(readFileSync(join(folder, 'Main.assets.json'), 'utf8'))).toMatchObject({ dockerImages: {}, files: expect.anything() });
  });

  test('can have no files', () => {
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ artifacts: { A: { type: 'cdk:asset-manifest', properties: { file: 'A.json' } } } }));
    writeFileSync(join(folder, 'A.json'), '{}');

    expect([dropImages(folder), runtimePackages(folder, new Map([['A', {}]]))]).toEqual([0, []]);
  });
});

describe('findSystemPaths', () => {
  test('finds the systems anywhere in the tree', () => {
    const node = (path: string, fqn?: string, children?: object) => ({ id: path, path, constructInfo: fqn && { fqn }, children });
    const system = 'cdk-webhook-processing-system.WebhookProcessingSystem';
    writeFileSync(join(folder, 'tree.json'), JSON.stringify({
      tree: node('', 'aws-cdk-lib.App', { A: node('A', 'aws-cdk-lib.Stack', { P: node('A/P', system, { X: node('A/P/X') }) }), B: node('B', undefined, { Q: node('B/Q', system) }) }),
    }));

    expect(findSystemPaths(folder)).toEqual(['A/P', 'B/Q']);
  });

  test('finds none without a tree', () => {
    expect(findSystemPaths(folder)).toEqual([]);
  });
});

test('withCustomResourceTimeouts limits custom resources without a timeout of their own', () => {
  expect(withCustomResourceTimeouts({
    Outputs: {},
    Resources: {
      A: { Type: 'Custom::A' }, B: { Type: 'AWS::CloudFormation::CustomResource', Properties: { ServiceTimeout: 5 } }, C: { Type: 'AWS::SQS::Queue' },
    },
  })).toEqual({
    Outputs: {},
    Resources: {
      A: { Type: 'Custom::A', Properties: { ServiceTimeout: 60 } },
      B: { Type: 'AWS::CloudFormation::CustomResource', Properties: { ServiceTimeout: 5 } },
      C: { Type: 'AWS::SQS::Queue' },
    },
  });
  expect(withCustomResourceTimeouts({})).toEqual({ Resources: {} });
});

test('readTemplates and writeTemplates read and write the templates of an assembly', () => {
  const app = appIn();
  new Stack(app, 'Main');
  app.synth();

  writeTemplates(folder, new Map([['Main.template.json', { Resources: {} }]]));

  expect([...readTemplates(folder)]).toEqual([['Main.template.json', { Resources: {} }]]);
});
