import { payloadBytes, type Headers, type ProviderSamples, type SignedWebhook } from '../../../handlers/providers/shared/samples/provider-samples';

/** API Gateway accepts headers up to this total size (https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html). */
const MAX_HEADER_BYTES = 10_240;
/** Batches with more items than this are rejected unread. */
const MOST_ITEMS = 100;

/** A request that anyone can send, with its shape. */
export interface ForgedRequest {
  readonly shape: string;
  readonly webhook: SignedWebhook;
}

/** Requests that are as expensive as possible before the signature turns out to be wrong, with bodies of about `bytes`. */
export async function forgedRequests(samples: ProviderSamples, bytes: number): Promise<readonly ForgedRequest[]> {
  const secret = samples.otherSecret({ position: 9, difference: 2, character: 'x' });
  const bodies = Object.entries(hostileBodies(samples, bytes));
  const forged = await Promise.all(bodies.map(async ([shape, text]) => ({ shape, webhook: await samples.sign(Buffer.from(text), { secret }) })));
  const sample = await samples.sign(payloadBytes(samples.events[0].payload), { secret });
  return [
    ...forged,
    ...forged.map(({ shape, webhook: { body } }) => ({ shape: `${shape}, unsigned`, webhook: { body, headers: {} } })),
    { shape: 'many signatures', webhook: { body: forged[0].webhook.body, headers: manySignatures(sample.headers, samples.signatureHeaders) } },
    { shape: 'many headers', webhook: { body: forged[0].webhook.body, headers: { ...sample.headers, ...MANY_HEADERS } } },
  ];
}

const MANY_HEADERS: Headers = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`x-${index}`, 'a']));

function hostileBodies({ events }: ProviderSamples, bytes: number): Readonly<Record<string, string>> {
  const fill = (unit: string, open: string, close: string) => `${open}${Array(Math.floor((bytes - open.length - close.length) / (unit.length + 1))).fill(unit).join()}${close}`;
  const [{ payload }] = events;
  if (typeof payload === 'string') {
    // Base64 in a form makes the body up to twice as large.
    const length = bytes / 2;
    return {
      'many elements': `<notification>${'<a/>'.repeat(length / 4)}</notification>`,
      'deep nesting': '<a>'.repeat(length / 3),
      'a long text': `<notification><kind>${'x'.repeat(length)}</kind></notification>`,
      'many entities': `<notification><kind>${'&amp;'.repeat(length / 5)}</kind></notification>`,
    };
  }
  const [key, item] = events.flatMap((event) => Object.entries(event.payload)).flatMap(([name, value]: [string, unknown]) => Array.isArray(value) && typeof value[0] === 'object' ? [[name, value[0] as object] as const] : [])[0] ?? ['items', {}];
  const itemText = JSON.stringify(item);
  const many = (count: number) => {
    const padding = 'x'.repeat(Math.max(0, Math.floor(bytes / count) - itemText.length - 30));
    return JSON.stringify({ [key]: Array.from({ length: count }, (_, index) => withMember(item, padding + String(index))) });
  };
  return {
    'long text': JSON.stringify({ ...payload, padding: 'x'.repeat(bytes) }),
    'empty items': fill('{}', `{"${key}":[`, ']}'),
    'numbers': fill('1', `{"${key}":[`, ']}'),
    'one item of numbers': fill('1', `{"${key}":[[`, ']]}'),
    'items of the provider': many(Math.floor(bytes / (itemText.length + 30))),
    'as many items as are accepted': many(MOST_ITEMS),
    'escapes': `{"${key}":["${'\\u0041'.repeat(bytes / 6)}"]}`,
    'many members': `{"${key}":[{${Array.from({ length: bytes / 15 }, (_, index) => `"key${index}":1`).join()}}]}`,
    'colons': JSON.stringify({ ...payload, padding: ':'.repeat(bytes) }),
    'deep nesting': `{"${key}":[${'['.repeat(bytes / 2)}${']'.repeat(bytes / 2)}]}`,
  };
}

/** The item with one more value, so that no two items are equal. Adyen's item is in a wrapper. */
function withMember(item: object, value: string): object {
  const [wrapper, inner] = Object.entries(item)[0] ?? [];
  return typeof inner === 'object' && wrapper === 'NotificationRequestItem' ? { [wrapper]: { ...inner as object, merchantReference: value } } : { ...item, value };
}

/** The signature headers, each with its value as often as API Gateway accepts. */
function manySignatures(headers: Headers, names: readonly string[]): Headers {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => {
    const isSignature = names.some((signed) => signed.toLowerCase() === name.toLowerCase());
    return [name, isSignature ? Array(Math.floor(MAX_HEADER_BYTES / names.length / (value.length + 1))).fill(value).join(value.includes('v1,') ? ' ' : ',') : value];
  }));
}
