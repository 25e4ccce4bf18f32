import { join } from 'node:path';
import { codeOf, type HandlerName } from '../src/private/contract';

/** The entry point of each function, in the folder of its use case. */
export const HANDLER_ENTRIES: { readonly [handler in HandlerName]: string } = {
  'webhook-validator': 'handlers/ingest/handler.ts',
  'event-relay': 'handlers/publish/handler.ts',
  'fraud-detector': 'handlers/assess/handler.ts',
  'transaction-archival': 'handlers/archive/handler.ts',
  'webhook-reconciler': 'handlers/reconcile/handler.ts',
};

/** The entry point of the command-line tool, and its bundle, which the package's `bin` names. */
export const TOOL_ENTRY = 'cli/main.ts';
export const TOOL_BUNDLE = 'assets/cli/cdk-webhooks.js';

/** The entry point of the helpers for users' tests, and their bundle, which the package's `exports` names. */
export const TESTING_ENTRY = 'testing/main.ts';
export const TESTING_BUNDLE = 'assets/testing/index.js';

/** The code for consumers of the events, which the package's subpath `consumer` names, and its bundle. */
export const CONSUMER_ENTRY = 'consumer/main.ts';
export const CONSUMER_BUNDLE = 'assets/consumer/index.js';

/** The script and the style sheet of the page of the console, and its bundle beside that of the tool. */
export const PAGE_ENTRY = 'cli/console/page/main.tsx';
export const PAGE_STYLE_SHEET = 'cli/console/page/console.css';
export const PAGE_BUNDLE = 'assets/cli/console.js';

/** The path of a function's bundle, from the root of the project. */
export function bundlePathOf(handler: HandlerName): string {
  const { image, bundle } = codeOf(handler);
  return join('assets', image, `${bundle}.js`);
}
