type WireValue = { readonly S?: string; readonly N?: string; readonly B?: string; readonly BOOL?: boolean };
/** An item as it goes over the wire: bytes are base64. */
export type WireItem = Readonly<Record<string, WireValue>>;

/** The JSON of a request; the SDK adds nothing to it but the bytes' base64. */
export function toWire<Wire extends object>(request: object): Wire {
  return JSON.parse(JSON.stringify(request, function replaced(this: Record<string, unknown>, name: string, value: unknown) {
    const original = this[name];
    return original instanceof Uint8Array ? Buffer.from(original).toString('base64') : value;
  })) as Wire;
}

/** What the SDK makes of the JSON of an answer. */
export function fromWire<Sdk extends object>(answer: object): Sdk {
  return JSON.parse(JSON.stringify(answer), (name, value: unknown) => name === 'B' && typeof value === 'string' ? Buffer.from(value, 'base64') : value) as Sdk;
}
