import { jsonText, parseJsonText, valueAt } from './json';
import type { WebhookRequest } from './webhook-request';

/** A member of a JSON object, or an element of an array. */
interface JsonPart {
  /** The name of a member, as it is written; absent for an element. */
  readonly name?: string;
  readonly text: string;
}

/**
 * Extracts the elements of the array under a key of a JSON body, or the objects
 * that they wrap. Each is the text that was sent: parsing and writing it again
 * would round identifiers beyond 2^53, and takes ten times as long. Equal elements
 * are extracted once. Empty if the body has another form.
 */
export function batchItems(body: Buffer, key: string, wrapper?: string): readonly Buffer[] {
  return itemsUpTo(Infinity, body, key, wrapper)!;
}

/** The items of a batch, each as its own request. Returns the request itself if it contains no items. */
export function splitBatch(request: WebhookRequest, key: string, wrapper?: string): readonly WebhookRequest[] {
  return requestsOf(batchItems(request.body, key, wrapper), request);
}

/**
 * The same for a batch that is split before its items are verified. Undefined if
 * there are more items than `maxItems`, so that an attacker cannot cause the work
 * of many items.
 */
export function splitUnverifiedBatch(
  request: WebhookRequest, { key, wrapper, maxItems }: { readonly key: string; readonly wrapper?: string; readonly maxItems: number },
): readonly WebhookRequest[] | undefined {
  const items = itemsUpTo(maxItems, request.body, key, wrapper);
  return items && requestsOf(items, request);
}

function requestsOf(items: readonly Buffer[], request: WebhookRequest): readonly WebhookRequest[] {
  return items.length === 0 ? [request] : items.map((body) => ({ ...request, body }));
}

/** Undefined if the array has more elements than `maxItems`. They are counted before their texts are extracted. */
function itemsUpTo(maxItems: number, body: Buffer, key: string, wrapper?: string): readonly Buffer[] | undefined {
  const json = jsonText(body);
  const elements = valueAt(parseJsonText(json), key);
  if (!Array.isArray(elements)) {
    return [];
  }
  if (elements.length > maxItems) {
    return undefined;
  }
  const items = partsOf(memberOf(json, key)!);
  const texts = items.map(({ text }) => wrapper === undefined ? text : memberOf(text, wrapper) ?? text);
  return [...new Set(texts)].map((text) => Buffer.from(text));
}

/** The text of a member of a JSON object, unless it is null. Uses the last of several with one name, as `JSON.parse` does. */
function memberOf(json: string, key: string): string | undefined {
  const members = json.trimStart().startsWith('{') ? partsOf(json) : [];
  const text = members.filter(({ name }) => unescaped(name!) === key).at(-1)?.text;
  return text === 'null' ? undefined : text;
}

function unescaped(name: string): string {
  return name.includes('\\') ? JSON.parse(name) as string : name.slice(1, -1);
}

/** The codes of the characters that give JSON its structure. */
const [QUOTE, BACKSLASH, OBJECT, ARRAY, COLON, COMMA, END_OF_OBJECT, END_OF_ARRAY] = [...'"\\{[:,}]'].map((character) => character.charCodeAt(0));

/** The parts of a JSON object or array, whose text must be valid. */
function partsOf(json: string): readonly JsonPart[] {
  const parts: JsonPart[] = [];
  let depth = 0;
  let start = 0;
  let name: string | undefined;
  for (let position = 0; position < json.length; position += 1) {
    const code = json.charCodeAt(position);
    if (code === QUOTE) {
      position = endOfText(json, position);
    } else if (code === OBJECT || code === ARRAY) {
      depth += 1;
      start = depth === 1 ? position + 1 : start;
    } else if (code === COLON && depth === 1) {
      name = json.slice(start, position).trim();
      start = position + 1;
    } else if (code === COMMA || code === END_OF_OBJECT || code === END_OF_ARRAY) {
      if (depth === 1) {
        parts.push({ name, text: json.slice(start, position).trim() });
        start = position + 1;
      }
      depth -= code === COMMA ? 0 : 1;
    }
  }
  // An empty object or array has no parts.
  return parts.filter(({ text }) => text !== '');
}

/** The position of the quotation mark that ends a text. */
function endOfText(json: string, start: number): number {
  let position = start + 1;
  for (let code = json.charCodeAt(position); code !== QUOTE; code = json.charCodeAt(position)) {
    position += code === BACKSLASH ? 2 : 1;
  }
  return position;
}
