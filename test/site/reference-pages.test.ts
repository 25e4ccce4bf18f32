import { typePage } from '../../projenrc/site/reference-pages';

const LANGUAGES = '**TypeScript** · [Go](../go/Rule.md)';

test('the page of a type has headings with the anchors that its links name', () => {
  const markdown = [
    ' Rule <a name="Rule" id=""></a>', '', 'A rule.', '', '# Static Functions <a name="Static Functions" id="Static Functions"></a>', '', '---', '',
    '## `score`<sup>Required</sup> <a name="score" id="property-score"></a>', '', '```yaml', '---', '```',
  ].join('\n');

  expect(typePage(markdown, LANGUAGES)).toBe([
    '# Rule', '', LANGUAGES, '', '', 'A rule.', '', '## Static Functions {:#static-functions:}', '', '',
    '### `score` <Badge type="info" text="required" /> {:#property-score:}', '', '```yaml', '---', '```',
  ].join('\n'));
});

test('an example begins at the left', () => {
  expect(typePage(' Rule <a name="Rule" id=""></a>\n```python\n  a(\n    b)\n\n```\n', '')).toContain('```python\na(\n  b)\n\n```\n');
});
