import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  lambdaNodeVersion, NODE_VERSIONS, OLDEST_CDK, OLDEST_CONSTRUCTS, OLDEST_NODE, OLDEST_TYPESCRIPT, ROOT, TYPESCRIPT_VERSIONS,
} from './supported-versions';

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const [, versions] = /^\| tool \| supported versions \|\n\|[-|]+\n((?:\|.*\n)+)/m.exec(read('README.md'))!;
const minor = (version: string) => version.split('.').slice(0, 2).join('.');

test('the README lists the versions that the package requires and that the matrix covers', () => {
  expect(versions.trim().split('\n')).toEqual([
    `| aws-cdk-lib | ${OLDEST_CDK} or later |`,
    `| constructs | ${OLDEST_CONSTRUCTS} or later |`,
    `| Node.js | ${minor(OLDEST_NODE)} or later; tested with ${minor(OLDEST_NODE)}, ${NODE_VERSIONS.slice(1, -1).join(', ')} and ${NODE_VERSIONS.at(-1)} |`,
    `| TypeScript | ${OLDEST_TYPESCRIPT} or later, also without \`skipLibCheck\`; CommonJS and ES modules |`,
    '| package managers | npm, pnpm, and Yarn with Plug\'n\'Play |',
  ]);
});

test.each(['README.md', 'CONTRIBUTING.md'])('%s names no other oldest version of Node.js', (page) => {
  const named = [...read(page).matchAll(/Node\.js (\d+(?:\.\d+)*) or later/g)].map(([, version]) => version);

  expect(named).not.toEqual([]);
  expect(new Set(named)).toEqual(new Set([minor(OLDEST_NODE)]));
});

test('the matrix begins with the oldest versions', () => {
  expect(NODE_VERSIONS[0]).toBe(OLDEST_NODE);
  expect(TYPESCRIPT_VERSIONS[0]).toBe(OLDEST_TYPESCRIPT);
});

test('all functions run on a version of Node.js that the matrix covers', () => {
  const runtimes = [...read('src/props/handler-code.ts').matchAll(/Runtime\.NODEJS_(\d+)_X/g)].map(([, version]) => version);

  expect(runtimes).toEqual([lambdaNodeVersion()]);
  expect(NODE_VERSIONS).toContain(lambdaNodeVersion());
});
