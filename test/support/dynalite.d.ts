declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** A DynamoDB in memory. The options set the time to create, change and delete a table. */
  export default function dynalite(options: {
    readonly createTableMs: number;
    readonly updateTableMs: number;
    readonly deleteTableMs: number;
  }): Server;
}

/** The effect of an operation on the given storage. */
declare module 'dynalite/actions/*' {
  export default function action(storage: object, request: object, callback: (error: Error | null, result?: object) => void): void;
}

/** The types of an operation's request, and its specific checks. */
declare module 'dynalite/validations/*' {
  export const types: object;
  export const custom: (request: object, storage: object) => string | undefined;
}

/** The checks of a request, which also parse its expressions. */
declare module 'dynalite/validations' {
  export function checkTypes(request: object, types: object): object;
  export function checkValidations(request: object, types: object, custom: object, storage: object): void;
}
