import { isPlaceholder, verificationBy } from '../../../../handlers/providers/shared/secret-text';

const PLACEHOLDERS = [
  '', ' ', '""', "''", '{}', '[]', 'CHANGEME', 'change-me', 'Change me', 'changeit', 'REPLACE_ME', 'your-secret', 'placeholder', 'TODO', 'tbd', 'xxx',
  'whsec_xxx', 'whsec_…', 'whsec_...',
];
const GENUINE = ['a-secret', 'xx', 'todo-list', 'change', 'whsec_', "it's 'quoted'", 'ends ', ' starts', '[12345678]', '{"a": 1}', '"quoted"', '1234'];

test.each(PLACEHOLDERS)('%j is a placeholder, which never verifies', (secret) => {
  expect(isPlaceholder(secret)).toBe(true);
  expect(verificationBy([secret], () => true)).toBe('secret_unusable');
});

test.each(GENUINE)('%j verifies what it signed', (secret) => {
  expect(verificationBy([secret], (usable) => usable.includes(secret))).toBe('authentic');
  expect(verificationBy(['CHANGEME', secret], (usable) => usable.includes(secret), false)).toBe('timestamp_out_of_tolerance');
});

test.each(["'quoted'", '"quoted"', 'ends ', '\tstarts', '{"key": "value"}'])('%j counts as not set if it does not verify', (secret) => {
  expect(verificationBy([secret], () => false)).toBe('secret_unusable');
  expect(verificationBy([secret, 'CHANGEME'], () => false)).toBe('secret_unusable');
  expect(verificationBy([secret, 'another'], () => false)).toBe('signature_mismatch');
});

test.each(['a-secret', '[12345678]', '{open'])('%j is a secret that does not match', (secret) => {
  expect(verificationBy([secret], () => false)).toBe('signature_mismatch');
});
