import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { declaredNames } from './support/declared-names';
import { templateOf } from './support/system';
import { fileGraph, findCycles, folderGraph, folderOf, forbiddenImports, readImports, sourceFiles, unusedLimits } from '../projenrc/import-graph';
import { FOLDER_IMPORTS, IMPORT_LIMITS, RUNTIME_IMPORTS_OF_PUBLIC_FILES } from '../projenrc/import-rules';
import { WebhookProvider } from '../src';

const ROOT = join(__dirname, '..');

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

const files = sourceFiles(ROOT, ['handlers', 'src', 'cli', 'testing', 'consumer', 'local']);
const imports = readImports(ROOT, files);

describe('the folders', () => {
  test('are those in the import rules', () => {
    expect([...new Set(files.map(folderOf))].sort()).toEqual(Object.keys(FOLDER_IMPORTS).sort());
  });

  test('import each other without a cycle', () => {
    expect(findCycles(folderGraph(imports))).toEqual([]);
  });

  test('are allowed to import each other without a cycle', () => {
    expect(findCycles(new Map(Object.entries(FOLDER_IMPORTS)))).toEqual([]);
  });

  test('import only what the rules allow', () => {
    expect(forbiddenImports(imports, IMPORT_LIMITS)).toEqual([]);
  });

  test('have no permission for an import that no file has', () => {
    expect(unusedLimits(imports, IMPORT_LIMITS)).toEqual([]);
  });
});

test('imports between files have no cycle', () => {
  expect(findCycles(fileGraph(imports))).toEqual([]);
});

describe('the handlers', () => {
  const own = imports.filter(({ from }) => from.startsWith('handlers/'));
  const importersOf = (file: string) => own.filter(({ to }) => to === file).map(({ from }) => from);
  const isAwsClient = (module: string) => module.startsWith('@aws-sdk/client-') || module === 'handlers/aws/aws-json-client.ts';

  /** The files that call AWS, each with the clients that it imports. */
  const callers = new Map(own.filter(({ to }) => isAwsClient(to))
    .map(({ from }) => [from, own.filter((each) => each.from === from && isAwsClient(each.to)).map(({ to }) => to)]));

  /** The files that decide which calls are made and when. The other files compute, or make one kind of call. */
  const ORCHESTRATORS = [
    'handlers/archive/archive.ts',
    'handlers/assess/assess.ts',
    'handlers/assess/fraud-rules.ts',
    'handlers/assess/function-scores.ts',
    'handlers/assess/judgments.ts',
    'handlers/assess/load-rule-context.ts',
    'handlers/ingest/contact-hashes.ts',
    'handlers/ingest/handler.ts',
    'handlers/ingest/transaction-writer.ts',
    'handlers/publish/handler.ts',
    'handlers/publish/publish.ts',
    'handlers/publish/sweep/open-measures.ts',
    'handlers/publish/sweep/sweep.ts',
    'handlers/reconcile/handler.ts',
  ];

  test('do not import the CDK', () => {
    expect(own.filter(({ to }) => /^(aws-cdk-lib|constructs)(\/|$)/.test(to))).toEqual([]);
  });

  test('do not import an entry point', () => {
    expect(own.filter(({ to }) => basename(to) === 'handler.ts')).toEqual([]);
  });

  test('call AWS through one client in each file that calls it', () => {
    expect(callers.size).toBeGreaterThan(0);
    expect([...callers].filter(([, clients]) => clients.length !== 1)).toEqual([]);
  });

  test('call AWS from orchestrators only', () => {
    const direct = [...callers.keys()].flatMap((caller) => importersOf(caller).filter((importer) => !callers.has(importer)));

    expect([...new Set(direct)].sort()).toEqual(ORCHESTRATORS);
  });

  test('share an AWS client only with files that call the same service', () => {
    const shared = own.filter(({ from, to }) => callers.has(from) && callers.has(to));

    expect(shared.filter(({ from, to }) => callers.get(from)![0] !== callers.get(to)![0])).toEqual([]);
  });
});

describe('a name', () => {
  // A declaration repeats the names of what it declares.
  const named = sourceFiles(ROOT, ['handlers', 'src', 'cli', 'testing', 'consumer', 'local', 'projenrc']).filter((file) => !file.endsWith('.d.ts'));

  /** The duplicates, with their places. */
  const repeated = (places: ReadonlyArray<readonly [name: string, place: string]>) => {
    const byName = new Map<string, string[]>();
    places.forEach(([name, place]) => byName.set(name, [...byName.get(name) ?? [], place]));
    return [...byName].filter(([, all]) => all.length > 1);
  };

  test('of a file is used once, apart from entry points, indexes, samples and simulators', () => {
    const places = named.map((file) => [basename(file), dirname(file)] as const);

    expect(repeated(places).map(([name]) => name).sort()).toEqual(['handler.ts', 'index.ts', 'main.ts', 'samples.ts', 'simulator.ts']);
  });

  /** The names in a simulator are those of its provider's objects, and nothing imports them. */
  test('of a function, class or type is used once, apart from entry points, the outcomes in samples, and simulators', () => {
    const places = named.filter((file) => basename(file) !== 'simulator.ts').flatMap((file) => declaredNames(read(file)).map((name) => [name, file] as const));

    expect(places.length).toBeGreaterThan(500);
    expect(repeated(places).filter(([name]) => name !== 'handler' && name !== 'outcome')).toEqual([]);
  });
});

test('the page about the architecture lists what each folder can import', () => {
  const rows = [...read('docs/architecture.md').matchAll(/^\| `([^`]+)` \| (`[^|]+`|-) \|$/gm)]
    .map(([, folder, others]) => [folder, [...others.matchAll(/`([^`]+)`/g)].map(([, name]) => name)]);

  expect(Object.fromEntries(rows)).toEqual(FOLDER_IMPORTS);
});

test('the private files that are allowed to import a public one at runtime do so', () => {
  const isPublic = (file: string) => file.startsWith('src/') && !file.startsWith('src/private/');
  const importers = imports.filter(({ from, to }) => from.startsWith('src/private/') && isPublic(to)).map(({ from }) => from);

  expect(RUNTIME_IMPORTS_OF_PUBLIC_FILES.filter((file) => !importers.includes(file))).toEqual([]);
});

describe('the runbook', () => {
  const apiKey = Secret.fromSecretNameV2(new Stack(), 'ApiKey', 'api-key');
  const everyAlarm = () => templateOf({
    environmentSuffix: 'test',
    alertEmails: ['a@example.com'],
    providers: [WebhookProvider.stripe({ expectWebhooksEvery: Duration.days(1), reconciliation: { apiKey } })],
  });
  const alarmsOf = (template: Template) => ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm']
    .flatMap((type) => Object.values(template.findResources(type)).map(({ Properties }) => Properties));
  const headings = [...read('docs/runbook.md').matchAll(/^## `webhooks-(.+)-<suffix>`$/gm)].map(([, name]) => name);

  test('has exactly one heading for each alarm', () => {
    const alarms = alarmsOf(everyAlarm()).map(({ AlarmName }) => /^webhooks-(.+)-test$/.exec(AlarmName)![1].replace('-stripe', '-<provider>'));

    expect([...headings].sort()).toEqual([...alarms].sort());
  });

  test('is linked from each alarm, at its entry', () => {
    const links = alarmsOf(everyAlarm())
      .map(({ AlarmDescription }) => /\. Runbook: https:\/\/github\.com\/.*\/docs\/runbook\.md#webhooks-(.+)-suffix$/.exec(AlarmDescription)?.[1]);

    expect(headings.map((heading) => heading.replace('<provider>', 'provider')).sort()).toEqual([...links].sort());
  });
});
