import type { Change, ProviderSamples, SignedWebhook } from './provider-samples';

export const HEX = '0123456789abcdef';
export const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Replaces one character by another, or by the next one if they are the same. */
export function changed(text: string, position: number, replacement: string): string {
  const index = position % text.length;
  const other = text[index] === replacement ? String.fromCharCode(replacement.charCodeAt(0) + 1) : replacement;
  return text.slice(0, index) + other + text.slice(index + 1);
}

/** Changes some bits of one byte. */
export function changedByte(bytes: Buffer, position: number, difference: number): Buffer {
  const copy = Buffer.from(bytes);
  const index = position % copy.length;
  copy[index] = (copy[index] + difference) % 256;
  return copy;
}

/** Another character at a position of a text. */
export function otherCharacter(text: string, { position, character }: Change): string {
  return changed(text, position, typeof character === 'string' ? character : character(text[position % text.length]));
}

/** A secret that is any text. */
export function otherText(secret: string): ProviderSamples['otherSecret'] {
  return (change) => otherCharacter(secret, change);
}

/** Another character of an alphabet where each character has a different meaning. */
export function otherCode(text: string, { position, difference }: Change, alphabet: string): string {
  const index = position % text.length;
  const code = (alphabet.indexOf(text[index]) + 1 + difference % (alphabet.length - 1)) % alphabet.length;
  return text.slice(0, index) + alphabet[code] + text.slice(index + 1);
}

/** A secret that is a JSON object, with one change in one of these fields. */
export function otherField(secret: object, ...names: string[]): ProviderSamples['otherSecret'] {
  const fields = secret as Readonly<Record<string, string>>;
  return (change) => {
    const name = names[change.difference % names.length];
    return JSON.stringify({ ...fields, [name]: otherCharacter(fields[name], change) });
  };
}

/** One change in the body, and one in each of these headers. */
export function alteredIn(...names: string[]): ProviderSamples['altered'] {
  return (webhook, change) => [
    ...webhook.body.length > 0 ? [{ ...webhook, body: changedByte(webhook.body, change.position, change.difference) }] : [],
    ...names.map((name) => withHeader(webhook, name, otherCharacter(webhook.headers[name], change))),
  ];
}

/** A webhook with another value of one header. */
export function withHeader(webhook: SignedWebhook, name: string, value: string): SignedWebhook {
  return { ...webhook, headers: { ...webhook.headers, [name]: value } };
}
