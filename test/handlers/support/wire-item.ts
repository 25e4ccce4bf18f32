type WireValue = { readonly S?: string; readonly N?: string; readonly B?: string; readonly BOOL?: boolean };
/** An item in wire format, with bytes in base64. */
export type WireItem = Readonly<Record<string, WireValue>>;

/** The JSON of a request, with bytes in base64. */
export function toWire<Wire extends object>(request: object): Wire {
  return JSON.parse(JSON.stringify(request, function replaced(this: Record<string, unknown>, name: string, value: unknown) {
    const original = this[name];
    return original instanceof Uint8Array ? Buffer.from(original).toString('base64') : value;
  })) as Wire;
}

/** The SDK's form of a JSON response. */
export function fromWire<Sdk extends object>(answer: object): Sdk {
  return JSON.parse(JSON.stringify(answer), (name, value: unknown) => name === 'B' && typeof value === 'string' ? Buffer.from(value, 'base64') : value) as Sdk;
}
