import { awscdk, javascript, release } from 'projen';
import { Benchmarks } from './projenrc/benchmarks';
import { BundledHandlers } from './projenrc/bundled-handlers';
import { CommandLineTool } from './projenrc/command-line-tool';
import { ConsumerCode } from './projenrc/consumer-code';
import { CostModel } from './projenrc/cost-model';
import { DocumentationChecks } from './projenrc/documentation-checks';
import { DocumentationSite } from './projenrc/documentation-site';
import { ExampleApps } from './projenrc/example-apps';
import { ExternalChecks } from './projenrc/external-checks';
import { FraudSimulation } from './projenrc/fraud-simulation';
import { GeneratedFiles } from './projenrc/generated-files';
import { ImportRules } from './projenrc/import-rules';
import { IntegSnapshots } from './projenrc/integ-snapshots';
import { LocalTask } from './projenrc/local-task';
import { PackageExports } from './projenrc/package-exports';
import { PackageTargets } from './projenrc/package-targets';
import { Pictures } from './projenrc/pictures';
import { ReleaseChecks } from './projenrc/release-checks';
import { ScaleModel } from './projenrc/scale-model';
import { TestSuites, WITHOUT_SLOW_SUITES } from './projenrc/test-suites';
import { TestingHelpers } from './projenrc/testing-helpers';
import { BROWSER, READ_ONLY, RELEASE_STEPS } from './projenrc/workflows/packaging-tools';
import { PULL_REQUEST_CHECKS } from './projenrc/workflows/pull-request-checks';
import { RepositoryWorkflows } from './projenrc/workflows/repository-workflows';

const repository = 'https://github.com/cdk-webhooks/cdk-webhook-processing-system';

/** The icon of the package at NuGet. */
const ICON = 'https://raw.githubusercontent.com/cdk-webhooks/cdk-webhook-processing-system/main/docs/icon.png';

/** The page of the console runs in a browser only. test/console/console-page.browser.test.ts runs it in Chromium, without a measure of coverage. */
const WITHOUT_BROWSER_CODE = ['!cli/console/page/**'];

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-webhook-processing-system',
  description: 'Payment webhooks on AWS in one construct: verified, stored once, routed by amount, checked for fraud, alerted and archived.',
  homepage: `${repository}#readme`,
  bugsUrl: `${repository}/issues`,
  keywords: ['aws', 'aws-cdk', 'cdk', 'webhook', 'webhooks', 'payments', 'stripe', 'standard-webhooks', 'eventbridge', 'stepfunctions', 'serverless'],
  license: 'Apache-2.0',
  author: 'The cdk-webhook-processing-system authors',
  authorAddress: repository,
  authorOrganization: true,
  repositoryUrl: `${repository}.git`,
  defaultReleaseBranch: 'main',

  cdkVersion: '2.257.0',
  constructsVersion: '10.5.1',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.0',
  minNodeVersion: '20.16.0',
  packageManager: javascript.NodePackageManager.NPM,
  projenrcTs: true,
  tsconfigDevFile: 'tsconfig.dev.json',
  sampleCode: false,

  github: true,
  githubOptions: { mergify: false, ...PULL_REQUEST_CHECKS },
  // A maintainer starts each release by hand.
  releaseTrigger: release.ReleaseTrigger.workflowDispatch(),
  // The first release is 1.0.0: docs/versioning.md applies from the first one.
  minMajorVersion: 1,
  releaseEnvironment: 'release',
  ...RELEASE_STEPS,
  npmTrustedPublishing: true,
  workflowNodeVersion: '20',
  buildWorkflowOptions: { permissions: READ_ONLY, mutableInstall: false, env: BROWSER },
  depsUpgradeOptions: { workflowOptions: { schedule: javascript.UpgradeDependenciesSchedule.WEEKLY, labels: ['dependencies'] } },
  // .github/ has them.
  pullRequestTemplate: false,

  // Discovery would generate a construct for each handler file.
  lambdaAutoDiscover: false,
  edgeLambdaAutoDiscover: false,
  singletonLambdaAutoDiscover: false,
  lambdaExtensionAutoDiscover: false,
  integrationTestAutoDiscover: false,

  eslintOptions: {
    dirs: ['src', 'handlers'],
    devdirs: ['test', 'examples', 'projenrc'],
    tsconfigPath: './tsconfig.dev.json',
    projectService: false,
  },
  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    // The threshold applies to the whole suite, not to a run of single files.
    extraCliOptions: ['--coverage', ...WITHOUT_SLOW_SUITES],
    passWithNoTests: false,
    jestConfig: {
      collectCoverage: false,
      // These packages have a copy in the format that Jest loads, which is not their main file.
      moduleNameMapper: { '^(d3-[a-z-]+|internmap)$': '<rootDir>/node_modules/$1/dist/$1.js' },
      // Some tests run the bundles.
      globalSetup: '<rootDir>/test/support/global-setup.ts',
      // V8 counts in every script that a test loads, the CDK too, which more than doubles the time. Istanbul counts in these files only.
      coverageProvider: 'babel',
      collectCoverageFrom: ['src/**/*.ts', 'handlers/**/*.ts', 'cli/**/*.ts', 'testing/**/*.ts', 'consumer/**/*.ts', '!cli/main.ts', ...WITHOUT_BROWSER_CODE, '!**/*.d.ts', '!**/*.test.ts', '!**/generated/*.ts', '!handlers/providers/*/sample*.ts', '!handlers/providers/shared/samples/*.ts'],
      coverageReporters: ['lcov', 'text-summary'],
      coverageThreshold: { statements: 100, branches: 100, functions: 100, lines: 100 },
      // On a busy machine, a synthesis takes seconds.
      testTimeout: 60_000,
      // The default is one less than the number of cores: a single worker on two cores.
      maxWorkers: '100%',
    },
  },

  publishToPypi: { distName: 'cdk-webhook-processing-system', module: 'cdk_webhook_processing_system', trustedPublishing: true },
  publishToMaven: {
    javaPackage: 'io.github.cdkwebhooks.processing',
    mavenGroupId: 'io.github.cdk-webhooks',
    mavenArtifactId: 'cdk-webhook-processing-system',
  },
  publishToNuget: { dotNetNamespace: 'CdkWebhooks', packageId: 'CdkWebhooks', iconUrl: ICON, trustedPublishing: true },
  publishToGo: { moduleName: 'github.com/cdk-webhooks/cdk-webhook-processing-system-go', packageName: 'webhooks' },

  devDeps: [
    'aws-cdk@2.1148.1',
    '@arethetypeswrong/cli@^0.18',
    // The Go module requires the installed version. This is the oldest one that the oldest supported CDK accepts.
    '@aws-cdk/cloud-assembly-schema@53.25.0',
    '@aws-cdk/cloudformation-diff@2.187.5',
    '@aws-cdk/integ-runner@2.197.10',
    '@aws-cdk/integ-tests-alpha@2.245.0-alpha.0',
    '@aws-sdk/client-api-gateway',
    '@aws-sdk/client-cloudformation',
    '@aws-sdk/client-cloudwatch',
    '@aws-sdk/client-cloudwatch-logs',
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/client-dynamodb-streams',
    '@aws-sdk/client-eventbridge',
    '@aws-sdk/client-lambda',
    '@aws-sdk/client-s3',
    '@aws-sdk/client-secrets-manager',
    '@aws-sdk/client-sfn',
    '@aws-sdk/client-sns',
    '@aws-sdk/client-sqs',
    '@aws-sdk/client-ssm',
    '@aws-sdk/client-sts',
    '@aws-sdk/core@^3',
    '@aws-sdk/lib-dynamodb@^3',
    '@adyen/api-library@^32',
    '@aws-lambda-powertools/logger@^2',
    '@aws-lambda-powertools/metrics@^2',
    '@cyclonedx/cyclonedx-library@^10',
    '@fontsource/open-sans@^5',
    '@jsii/spec@^1.140',
    '@paddle/paddle-node-sdk@^3',
    '@peculiar/x509@^2',
    '@sanity/webhook@^4',
    '@sendgrid/eventwebhook@^8',
    '@shopify/shopify-api@^13',
    '@smithy/core@^3',
    '@smithy/signature-v4@^5',
    '@smithy/types@^4',
    '@types/autocannon@^7',
    '@types/aws-lambda',
    'ajv',
    'ajv-formats',
    'ajv-formats-draft2019@^1.6',
    'asl-validator@^4',
    'autocannon@^8',
    'aws-sdk-client-mock@^4.1',
    'braintree@~3.40',
    'cdk-nag@3.0.2',
    'chart.js@^4',
    'chartjs-plugin-annotation@^3',
    'coinbase-commerce-node@^1',
    'cli-table3@^0.6',
    // Later ones need Node 22.
    'commander@^14',
    // Later ones need Node 22.
    'cspell@~9.8',
    'currency-codes',
    'd3-scale@^4',
    'd3-shape@^3',
    '@types/d3-scale@^4',
    '@types/d3-shape@^3',
    'discord-interactions@^4',
    'dynalite@^4',
    'esbuild@^0.28',
    'fast-check@^4',
    'fast-xml-parser@^5',
    'gocardless-nodejs@^10',
    'jsep@^1.6',
    'linkify-it@^5',
    '@types/linkify-it@^5',
    'lossless-json@^4',
    'markdown-it@^14',
    '@types/markdown-it@^14',
    // Later ones need Node 22.
    'markdownlint-cli2@~0.22',
    'ml-matrix@^6',
    'picocolors@^1',
    'playwright-core@^1',
    'preact@^11',
    'publint@^0.3',
    'pure-rand@^8',
    'razorpay@^2.9',
    'spdx-license-list@^6',
    'square@^46',
    'standardwebhooks',
    'stripe',
    // Later ones need Node 22.
    'svix@1.99.1',
    'tinybench@^6',
    'tsx@^4',
    'vitepress@1.6.4',
    // Later ones are ES modules, which Jest does not load.
    'wrap-ansi@^7',
    '@types/wrap-ansi@^3',
    'zod@^4',
  ],
});
project.package.addField('overrides', { 'unrs-resolver': '1.12.2' });
project.tryFindObjectFile('package.json')!.addOverride('jsii.targets.python.classifiers', [
  'Framework :: AWS CDK', 'Framework :: AWS CDK :: 2', 'Topic :: Office/Business :: Financial',
]);

// jsii warns of Node 20 at every start; it is the oldest version that this project supports.
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');
project.tasks.addEnvironment('JSII_DEPRECATED', 'quiet');
// Without a region, the SDK sends a request to the network to find one.
project.tasks.addEnvironment('AWS_REGION', 'us-east-1');
// tsx writes its cache to the machine's temporary folder and does not delete it.
project.tasks.addEnvironment('TSX_DISABLE_CACHE', '1');

// projen silences jsii's warning about names that are reserved words in other languages.
project.compileTask.reset('jsii --fail-on-warnings');
project.tasks.tryFind('watch')!.reset('jsii --watch --fail-on-warnings');

// The examples in the README and the docstrings must compile.
project.postCompileTask.exec('jsii-rosetta extract --strict --fail --cache .rosetta.cache .jsii');
project.postCompileTask.exec('node --import tsx projenrc/inherited-examples.ts');
// A provider's test is in its folder.
project.jest?.addTestMatch('<rootDir>/handlers/**/*.test.ts');

project.gitignore.addPatterns('.rosetta.cache', '.jsii.tabl.json');

// ts-jest transpiles each file by itself. Types are checked here, including those of tests, handlers and tools.
project.testTask.exec('tsc --noEmit --project tsconfig.dev.json');
project.testTask.exec('tsc --noEmit --project cli/console/page/tsconfig.json');

// `**/*.ts` does not match names that begin with a dot.
project.tsconfigDev.addInclude('.projenrc.ts');
// The example imports the package by its name, which is compiled only in a build.
project.tsconfigDev.file.addOverride('compilerOptions.paths', { 'cdk-webhook-processing-system': ['./src'] });
// The page of the console has its own configuration with the types of browsers.
project.tsconfigDev.addExclude('cli/console/page');
for (const generated of ['lib', 'dist', '.local', 'cdk.out']) {
  project.tsconfigDev.addExclude(generated);
}

project.npmignore?.exclude('/.ci/', '/docs/icon.*', '/.editorconfig', '/.nvmrc', '/.rosetta.cache', '/.vscode/', '/examples/', '/rosetta/');

new Benchmarks(project);
new BundledHandlers(project);
new CommandLineTool(project);
new ConsumerCode(project);
new CostModel(project);
new DocumentationChecks(project);
new DocumentationSite(project);
new GeneratedFiles(project);
new ImportRules(project);
new IntegSnapshots(project);
new LocalTask(project);
new ExternalChecks(project);
new ExampleApps(project);
new PackageExports(project);
new PackageTargets(project);
new Pictures(project);
new FraudSimulation(project);
new ReleaseChecks(project);
new RepositoryWorkflows(project);
new ScaleModel(project);
new TestingHelpers(project);
new TestSuites(project);

project.synth();
