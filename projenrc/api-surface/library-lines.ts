import type { SurfaceLine } from './surface-lines';

const PREFIX = 'cdk-webhook-processing-system.';
/** A heading with the anchor of a type, an initializer or a member, and the declaration below it, if there is one. */
const ENTRY = /^#{3,5} ([^\n]*?) id="([^"]+)"><\/a>\n(?:\n```typescript\n([^]*?)\n```)?/gm;

/** Every public type, initializer, member and parameter in API.md, which jsii's assembly is rendered to. */
export function libraryLines(reference: string): SurfaceLine[] {
  return [...reference.matchAll(ENTRY)]
    .filter(([, , anchor]) => anchor.startsWith(PREFIX))
    .map(([, heading, anchor, code]) => ({ identifier: identifierOf(anchor), promise: promiseOf(code, heading.includes('<sup>Required</sup>')) }))
    // An interface has no constructor.
    .filter(({ promise }) => !promise.startsWith('const '));
}

function identifierOf(anchor: string): string {
  return anchor.slice(PREFIX.length).replace('.property.', '.').replace('.parameter.', '#').replace('.Initializer', '.new');
}

/** The declaration without the import above it, or for a type or a value of an enum, that it exists. */
function promiseOf(code: string | undefined, required: boolean): string {
  const declaration = code?.split('\n').filter((line) => line !== '' && !line.startsWith('import ')).join(' ').replace(/\s+/g, ' ');
  return `${declaration ?? 'exists'}${required ? ' (required)' : ''}`;
}
