import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { libraryLines } from '../projenrc/api-surface/library-lines';
import { changedIdentifiers, mergeSurface, unnotedChanges } from '../projenrc/api-surface/surface-lines';
import { logicalIdLines, physicalNameLines } from '../projenrc/api-surface/template-lines';
import { apiSurfaceFiles } from '../projenrc/generate/render-api-surface';

const ROOT = join(__dirname, '..');
const CHANGELOG = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8');

describe('the public API', () => {
  test.each(apiSurfaceFiles())('each change or removal in $path is in the changelog', ({ path, render }) => {
    const file = join(ROOT, path);
    const current = existsSync(file) ? readFileSync(file, 'utf8') : '';

    const remedies = unnotedChanges(render(current), CHANGELOG).map((identifier) => (
      `"${identifier}" was changed or removed. Name \`${identifier}\` below "### Changed" or "### Removed" of CHANGELOG.md, and run \`npx projen generate\`. `
      + `If no release contains the name, delete it from ${path} instead: docs/versioning.md.`
    ));

    expect(remedies).toEqual([]);
  });

  test.each(apiSurfaceFiles())('$path has the lines of the sources', ({ render }) => {
    expect(render('').split('\n').length).toBeGreaterThan(10);
  });
});

describe('a file of the surface', () => {
  const lines = (...identifiers: string[]) => identifiers.map((identifier) => ({ identifier, promise: 'string' }));

  test('has its lines in order, each once', () => {
    expect(mergeSurface('', lines('b', 'a', 'b'))).toBe('a: string\nb: string\n');
  });

  test('keeps a line that the sources no longer have', () => {
    expect(mergeSurface('a: string\nb: string\n', lines('b'))).toBe('b: string\n- a: string\n');
  });

  test('keeps the old line of a changed promise', () => {
    const changed = mergeSurface('a: number\n', lines('a'));

    expect(changed).toBe('a: string\n- a: number\n');
    expect(changedIdentifiers(changed)).toEqual(['a']);
  });

  test('loses the mark of a line that returns', () => {
    expect(mergeSurface('- a: string\n', lines('a'))).toBe('a: string\n');
  });

  test('does not change when it is rendered again', () => {
    const once = mergeSurface('a: string\nx:y: number\n', lines('b'));

    expect(mergeSurface(once, lines('b'))).toBe(once);
    expect(changedIdentifiers(once)).toEqual(['a', 'x:y']);
  });
});

describe('a change of the surface', () => {
  const changelog = (heading: string, entry: string) => `# Changelog\n\n## Unreleased\n\n### Added\n\n- \`a\`\n\n### ${heading}\n\n- ${entry}\n\n## 1.0.0\n\n### Fixed\n\n- \`a\`\n`;

  test.each(['Changed', 'Removed'])('is noted below "%s"', (heading) => {
    expect(unnotedChanges('- a: string\n', changelog(heading, 'The field `a`.'))).toEqual([]);
  });

  test('is not noted by an entry below another heading', () => {
    expect(unnotedChanges('- a: string\n', changelog('Fixed', '`a`'))).toEqual(['a']);
  });

  test('is not noted by a part of a word, or without code marks', () => {
    expect(unnotedChanges('- a: string\n', changelog('Changed', '`ab` and a'))).toEqual(['a']);
  });

  test('needs a note for each time', () => {
    expect(unnotedChanges('- a: number\n- a: string\n', changelog('Changed', '`a`'))).toEqual(['a']);
    expect(unnotedChanges('- a: number\n- a: string\n', changelog('Changed', '`a`, again `a`'))).toEqual([]);
  });

  test('is noted at the end of the changelog', () => {
    expect(unnotedChanges('- a: string\n', '## 1.0.0\n\n### Removed\n\n- `a`')).toEqual([]);
  });

  test('that adds a line needs no note', () => {
    expect(unnotedChanges('a: string\n', '')).toEqual([]);
  });
});

describe('the lines of the library', () => {
  const entry = (level: string, title: string, anchor: string, code?: string) => (
    `${level} ${title} <a name="x" id="cdk-webhook-processing-system.${anchor}"></a>\n\n${code === undefined ? 'Text.' : `\`\`\`typescript\n${code}\n\`\`\``}\n\n`
  );

  test('are the types, the constructors and the members', () => {
    const reference = [
      entry('###', 'Tier', 'Tier'),
      entry('####', 'Initializers', 'Tier.Initializer', 'import { Tier } from \'cdk-webhook-processing-system\'\n\nnew Tier(id: string)'),
      entry('#####', '`name`<sup>Required</sup>', 'Tier.property.name', 'public readonly name: string;'),
      entry('#####', '`text`<sup>Optional</sup>', 'Tier.property.text', 'public readonly text: string;'),
      entry('#####', '`HIGH`', 'Tier.HIGH'),
      entry('####', 'Initializer', 'TierProps.Initializer', 'const props: TierProps = { ... }'),
    ].join('');

    expect(libraryLines(reference)).toEqual([
      { identifier: 'Tier', promise: 'exists' },
      { identifier: 'Tier.new', promise: 'new Tier(id: string)' },
      { identifier: 'Tier.name', promise: 'public readonly name: string; (required)' },
      { identifier: 'Tier.text', promise: 'public readonly text: string;' },
      { identifier: 'Tier.HIGH', promise: 'exists' },
    ]);
  });
});

describe('the lines of a template', () => {
  const template = {
    Resources: {
      PaymentsTable1: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { TableName: 'transactions-everything' } },
      PaymentsRole1: { Type: 'AWS::IAM::Role', Properties: { RoleName: { 'Fn::Join': ['', ['role-everything-', { Ref: 'AWS::Region' }]] } } },
      PaymentsRule1: { Type: 'AWS::Events::Rule', Properties: { Name: 'high-everything' } },
      PaymentsPolicy1: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'policy-everything', Name: 'everything' } },
      OwnTable1: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { TableName: 'other' } },
    },
    Outputs: { PaymentsTableName1: {}, ExportsOutputRef1: {} },
  };

  test('are the ids of the stateful resources and of the outputs of the system', () => {
    expect(logicalIdLines(template, 'Payments', 'here')).toEqual([
      { identifier: 'PaymentsTable1', promise: 'AWS::DynamoDB::GlobalTable here' }, { identifier: 'PaymentsTableName1', promise: 'output here' },
    ]);
  });

  test('are the names with the suffix', () => {
    expect(physicalNameLines(template, 'everything')).toEqual([
      { identifier: 'transactions-<suffix>', promise: 'AWS::DynamoDB::GlobalTable TableName' },
      { identifier: 'role-<suffix>-<AWS::Region>', promise: 'AWS::IAM::Role RoleName' },
      { identifier: 'high-<suffix>', promise: 'AWS::Events::Rule Name' },
    ]);
  });
});
