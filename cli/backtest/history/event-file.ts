import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { InvalidLine, paymentEventOf } from './event-line';
import type { PaymentEvent } from './payment-event';
import { UsageError } from '../../terminal/usage-error';
import { visibleText } from '../../terminal/visible-text';

/** How often the progress is reported, in lines. */
const LINES_STEP = 10_000;

/** Reads a file with an event in each line, as JSON. A file that ends with `.gz` is unpacked. */
export async function readEventFile(file: string, signal: AbortSignal, onRead: (lines: number) => void): Promise<PaymentEvent[]> {
  const events: PaymentEvent[] = [];
  const content = createReadStream(file, { signal });
  const input = file.endsWith('.gz') ? content.compose(createGunzip()) : content;
  let number = 0;
  try {
    for await (const line of createInterface({ input: input as NodeJS.ReadableStream, crlfDelay: Infinity })) {
      number++;
      if (line.trim() !== '') {
        events.push(...[paymentEventOf(objectIn(line), number) ?? []].flat());
      }
      if (number % LINES_STEP === 0) {
        onRead(number);
      }
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof InvalidLine) {
      throw new UsageError(visibleText(`${file}, line ${number}: ${error.message}.`));
    }
    throw new UsageError(visibleText(`--events must be a file that can be read, got '${file}' (${String((error as NodeJS.ErrnoException).code)}).`));
  }
  return events;
}

function objectIn(line: string): { readonly [field: string]: unknown } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    value = undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InvalidLine('must be a JSON object');
  }
  return value as { readonly [field: string]: unknown };
}
