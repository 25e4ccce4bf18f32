/** The bytes of a body. The type is `Buffer` if the project has the types of Node.js, and otherwise the part of it that is a `Uint8Array`. */
export type BodyBytes = typeof globalThis extends { Buffer: { isBuffer(value: any): value is infer Bytes } }
  ? Bytes
  : Uint8Array & { toString(encoding?: string): string };
