import { parse, stringify } from 'lossless-json';
import { jsonText, valueAt } from './json';
import type { WebhookRequest } from './webhook-request';

/**
 * Extracts the elements of the array under a key of a JSON body, or the objects
 * that they wrap. Each becomes a JSON text with unchanged numbers, because
 * `JSON.parse` would round identifiers beyond 2^53. Empty if the body has another
 * form.
 */
export function batchItems(body: Buffer, key: string, wrapper?: string): readonly Buffer[] {
  try {
    const items = valueAt(parse(jsonText(body), undefined, { onDuplicateKey: takeLast }), key);
    return Array.isArray(items) ? items.map((item: unknown) => Buffer.from(String(stringify(unwrapped(item, wrapper))))) : [];
  } catch {
    // Not JSON, or nested too deeply for the stack.
    return [];
  }
}

/** The items of a batch, each as its own request. Returns the request itself if it contains no items. */
export function splitBatch(request: WebhookRequest, key: string, wrapper?: string): readonly WebhookRequest[] {
  const items = batchItems(request.body, key, wrapper);
  return items.length === 0 ? [request] : items.map((body) => ({ ...request, body }));
}

/** Like `JSON.parse` and the providers' libraries, which use it. */
function takeLast({ newValue }: { readonly newValue: unknown }): unknown {
  return newValue;
}

function unwrapped(item: unknown, wrapper: string | undefined): unknown {
  return wrapper === undefined ? item : valueAt(item, wrapper) ?? item;
}
