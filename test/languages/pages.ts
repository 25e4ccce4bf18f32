import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { type ExampleLocations, type ToSource, inBody } from './example-source';
import { PAGES } from './paths';

interface PageLanguage {
  /** The name behind the fence of a block. */
  readonly fence: string;
  readonly folder: string;
  readonly extension: string;
  readonly toSource: ToSource;
}

const PAGE_LANGUAGES: readonly PageLanguage[] = [
  { fence: 'ts', folder: 'typescript', extension: '.ts', toSource: typescriptSource },
  { fence: 'python', folder: 'python', extension: '.py', toSource: (example) => example },
];

/** Writes the examples of the documentation, one file each. Returns where each is from, by file. */
export function writePages(pages: string): ExampleLocations {
  const locations = new Map<string, string>();
  for (const { fence, folder, extension, toSource } of PAGE_LANGUAGES) {
    mkdirSync(`${PAGES}/${folder}`, { recursive: true });
    for (const page of readdirSync(pages).filter((name) => name.endsWith('.md'))) {
      for (const { example, line } of blocksOf(readFileSync(`${pages}/${page}`, 'utf8'), fence)) {
        const file = `${PAGES}/${folder}/${page.replace(/\W/g, '-')}-${line}${extension}`;
        writeFileSync(file, toSource(example, locations.size));
        locations.set(file, `the example in ${pages}/${page}, line ${line}`);
      }
    }
  }
  return locations;
}

/** The fenced blocks of a language. Those in lists are indented. */
function blocksOf(text: string, fence: string): { example: string; line: number }[] {
  return [...text.matchAll(new RegExp(`^( *)\`\`\`${fence}\\n([^]*?)^\\1\`\`\`$`, 'gm'))].map(({ 1: indent, 2: block, index }) => ({
    example: block.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    line: text.slice(0, index).split('\n').length,
  }));
}

/** An example about the construct is in the body of a stack that has the system `payments`. It does not show the imports of this package. */
function typescriptSource(example: string): string {
  if (!/\b(?:this|payments)\b/.test(example)) {
    return example;
  }
  const used = typesOfPackage().filter((name) => new RegExp(`\\b${name}\\b`).test(example));
  const names = [...new Set([...used, 'WebhookProcessingSystem'])].join(', ');
  return inBody(
    `import * as cdk from 'aws-cdk-lib'; import { ${names} } from 'cdk-webhook-processing-system'; `,
    'class Example extends cdk.Stack { example(payments: WebhookProcessingSystem) { ', example, '\n}}',
  );
}

function typesOfPackage(): string[] {
  const { types } = JSON.parse(readFileSync('.jsii', 'utf8')) as { types: { [fqn: string]: { name: string } } };
  return Object.values(types).map(({ name }) => name);
}
