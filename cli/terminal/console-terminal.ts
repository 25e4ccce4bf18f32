import { createInterface } from 'node:readline/promises';
import { Interruption } from './interruption';

/** The part of a stream that the tool uses. */
export interface TextOutput {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** What a command shows and asks. Results go to the standard output; progress and questions go to the standard error. */
export interface Terminal {
  /** Whether a person can answer. */
  readonly interactive: boolean;
  /** Whether a terminal shows the results, which can then have colors. */
  readonly colored?: boolean;
  /** A line of the result. */
  print(line: string): void;
  /** A line that stays, about the progress. */
  note(line: string): void;
  /** Text that the next one replaces. Only a terminal shows it. */
  progress(text: string): void;
  ask(question: string): Promise<string>;
}

const CLEAR_LINE = '\r\u001b[K';
const DEFAULT_COLUMNS = 80;

export class ConsoleTerminal implements Terminal {
  private pending = false;

  constructor(
    // Access makes the standard input non-blocking.
    private readonly input: () => NodeJS.ReadableStream & { readonly isTTY?: boolean },
    private readonly output: TextOutput,
    private readonly error: TextOutput,
    private readonly signal?: AbortSignal,
  ) {}

  get interactive(): boolean {
    return this.input().isTTY === true && this.error.isTTY === true;
  }

  get colored(): boolean {
    return this.output.isTTY === true;
  }

  print(line: string): void {
    this.clear();
    this.output.write(`${line}\n`);
  }

  note(line: string): void {
    this.clear();
    this.error.write(`${line}\n`);
  }

  progress(text: string): void {
    if (this.error.isTTY) {
      this.clear();
      this.error.write(text.slice(0, (this.error.columns ?? DEFAULT_COLUMNS) - 1));
      this.pending = true;
    }
  }

  async ask(question: string): Promise<string> {
    this.clear();
    const lines = createInterface({ input: this.input(), output: this.error as NodeJS.WritableStream });
    try {
      return await lines.question(question, { signal: this.signal });
    } catch {
      // Ctrl-C at a question is no signal.
      throw new Interruption();
    } finally {
      lines.close();
    }
  }

  private clear(): void {
    if (this.pending) {
      this.error.write(CLEAR_LINE);
      this.pending = false;
    }
  }
}
