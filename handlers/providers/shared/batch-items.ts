import { parse, stringify } from 'lossless-json';
import { valueAt } from './json';
import type { WebhookRequest } from './webhook-request';

/**
 * Takes the elements of the array under a key of a JSON body, or what is
 * wrapped in each, every one as its own JSON text with numbers as they were
 * sent: `JSON.parse` would round identifiers beyond 2^53. Empty where the body
 * is no such thing.
 */
export function batchItems(body: Buffer, key: string, wrapper?: string): readonly Buffer[] {
  try {
    const items = valueAt(parse(body.toString('utf8'), undefined, { onDuplicateKey: takeLast }), key);
    return Array.isArray(items) ? items.map((item: unknown) => Buffer.from(String(stringify(unwrapped(item, wrapper))))) : [];
  } catch {
    // No JSON, or nested more deeply than the stack.
    return [];
  }
}

/** The items of a batch, each as its own request. Returns the request itself if it contains no items. */
export function splitBatch(request: WebhookRequest, key: string, wrapper?: string): readonly WebhookRequest[] {
  const items = batchItems(request.body, key, wrapper);
  return items.length === 0 ? [request] : items.map((body) => ({ ...request, body }));
}

/** As `JSON.parse` does, and with it the providers' libraries. */
function takeLast({ newValue }: { readonly newValue: unknown }): unknown {
  return newValue;
}

function unwrapped(item: unknown, wrapper: string | undefined): unknown {
  return wrapper === undefined ? item : valueAt(item, wrapper) ?? item;
}
