import { HANDLER_IMAGES } from './handler-images';
import { formatSize, type ReleaseCheck } from './package-row';
import { CONSUMER_BUNDLE, PAGE_BUNDLE, TESTING_BUNDLE, TOOL_BUNDLE } from '../handler-entries';

/** What the files of a package must satisfy. */
export interface ContentRules {
  readonly required: readonly string[];
  /** No file matches one of them. */
  readonly forbidden: readonly RegExp[];
  readonly maxBytes: number;
}

/** What apps do not need: sources, tests, examples, tools of the project, and the pictures of the documentation. */
const FORBIDDEN = [
  /(?<!\.d)\.tsx?$/, /\.test\.js$/, /^(?:src|test|examples|benchmarks|handlers|cli|local|projenrc|rosetta|node_modules|dist|\.[a-z]+)\//,
  /\.(?:png|map|snap|tgz)$/, /^(?:package-lock\.json|\.projenrc\.ts|tsconfig.*\.json)$/,
];

/** The package at npm, which the packages of the other languages contain. */
export const NPM_RULES: ContentRules = {
  required: [
    'package.json', 'README.md', 'LICENSE', 'CHANGELOG.md', 'THIRD-PARTY-NOTICES', 'API.md', '.jsii', 'lib/index.js', 'lib/index.d.ts',
    ...HANDLER_IMAGES.flatMap((folder) => [`${folder}/Dockerfile`, `${folder}/index.js`, `${folder}/THIRD-PARTY-NOTICES`]),
    TOOL_BUNDLE, PAGE_BUNDLE, 'assets/cli/console.css', 'assets/cli/requirements.txt',
    TESTING_BUNDLE, 'testing/index.d.ts', CONSUMER_BUNDLE, 'consumer/index.d.ts', 'events/index.js', 'events/index.d.ts',
    'schemas/transaction-received.schema.json', 'schemas/transaction-assessed.schema.json', 'schemas/transaction-blocked.schema.json',
  ],
  forbidden: FORBIDDEN,
  maxBytes: 4e6,
};

/** Checks the names and the size of a package's files. */
export function checkContent({ required, forbidden, maxBytes }: ContentRules, files: readonly string[], bytes: number): ReleaseCheck[] {
  const missing = required.filter((file) => !files.includes(file)).map((file) => `${file} is missing`);
  const unexpected = files.filter((file) => forbidden.some((pattern) => pattern.test(file))).map((file) => `${file} must not be in the package`);
  return [
    { name: 'content', failures: [...missing, ...unexpected] },
    { name: `at most ${formatSize(maxBytes)}`, failures: bytes > maxBytes ? [`the package has ${formatSize(bytes)}. Find out what grew, or raise the limit in projenrc/release/content-rules.ts.`] : [] },
  ];
}
