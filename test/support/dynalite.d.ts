declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** A DynamoDB in memory; the options say how long a table takes to come and go. */
  export default function dynalite(options: {
    readonly createTableMs: number;
    readonly updateTableMs: number;
    readonly deleteTableMs: number;
  }): Server;
}
