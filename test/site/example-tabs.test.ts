import { addExampleTabs } from '../../projenrc/site/example-tabs';

const ORIGINAL = '```json\n{}\n```\n\n```typescript\nnew A();\n\nrun();\n```\n';
const PYTHON = { name: 'Python', markdown: '```json\n{}\n```\n\n```python\nA()\n\nrun()\n```\n' };

test('shows an example in each language', () => {
  expect(addExampleTabs('Text\n\n```ts twice\nnew A();\n\nrun();\n```\n', ORIGINAL, [PYTHON])).toBe(
    'Text\n\n::: code-group\n```ts [TypeScript]\nnew A();\n\nrun();\n```\n```python [Python]\nA()\n\nrun()\n```\n:::\n');
});

test('keeps the indent of an example in a list', () => {
  expect(addExampleTabs('1. Do:\n\n   ```ts\n   new A();\n\n   run();\n   ```\n', ORIGINAL, [PYTHON])).toBe(
    '1. Do:\n\n   ::: code-group\n   ```ts [TypeScript]\n   new A();\n\n   run();\n   ```\n   ```python [Python]\n   A()\n\n   run()\n   ```\n   :::\n');
});

test('leaves examples that are not translated', () => {
  const page = '```ts\nother();\n```\n\n```sh\nls\n```\n';

  expect(addExampleTabs(page, ORIGINAL, [PYTHON])).toBe(page);
});
