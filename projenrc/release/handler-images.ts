import { dirname } from 'node:path';
import type { HandlerName } from '../../src/private/contract';
import { bundlePathOf, HANDLER_ENTRIES } from '../handler-entries';

/** The folder of each image of the functions. */
export const HANDLER_IMAGES: readonly string[] = [
  ...new Set((Object.keys(HANDLER_ENTRIES) as HandlerName[]).map((handler) => dirname(bundlePathOf(handler)))),
];
