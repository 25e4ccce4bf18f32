import type { HandlerName } from '../src/private/contract';

/** The entry point of each function, in the folder of its use case. */
export const HANDLER_ENTRIES: { readonly [handler in HandlerName]: string } = {
  'webhook-validator': 'handlers/ingest/handler.ts',
  'event-relay': 'handlers/publish/handler.ts',
  'fraud-detector': 'handlers/assess/handler.ts',
  'transaction-archival': 'handlers/archive/handler.ts',
};
