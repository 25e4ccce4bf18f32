import wrapAnsi from 'wrap-ansi';
import type { Style } from './style';

const LABEL_WIDTH = 30;
/** Codes of colors can come before spaces. */
const LEADING_SPACES = /^(?:\u001b\[\d+m)*( *)/;
const BREAK = /\n((?:\u001b\[\d+m)*) */g;

/** The output for the progress: a terminal, a file or a pipe. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Shows the progress, one line for each phase. */
export class Progress {
  constructor(public readonly output: Output, public readonly style: Style) {}

  /** Writes a line. On a narrow terminal, it wraps between words. */
  public line(text = ''): void {
    this.output.write(`${this.wrapped(text)}\n`);
  }

  /** Runs a phase and shows how long it took. `remark` adds a note on its result. */
  public async phase<T>(label: string, work: () => Promise<T>, remark: (result: T) => string = () => ''): Promise<T> {
    const started = Date.now();
    this.pending(label);
    const clock = setInterval(() => {
      this.clearPending();
      this.pending(`${label}, ${Math.round((Date.now() - started) / 1000)} s`);
    }, 1000);
    try {
      const result = await work();
      this.settle(this.style.good('✓'), label, started, remark(result));
      return result;
    } catch (error) {
      this.settle(this.style.bad('✗'), label, started);
      throw error;
    } finally {
      clearInterval(clock);
    }
  }

  /** On a terminal, shows the current step in the last line until it ends. */
  public pending(label: string): void {
    if (this.output.isTTY) {
      this.output.write(this.style.dim(`… ${label}`.slice(0, (this.output.columns ?? Infinity) - 1)));
    }
  }

  public clearPending(): void {
    if (this.output.isTTY) {
      this.output.write('\r\x1b[K');
    }
  }

  private wrapped(text: string): string {
    const [, indent] = LEADING_SPACES.exec(text)!;
    const continued = `${indent}  `;
    return this.output.isTTY && this.output.columns
      ? wrapAnsi(text, this.output.columns - continued.length, { trim: false }).replace(BREAK, `\n${continued}$1`)
      : text;
  }

  private settle(mark: string, label: string, started: number, remark = ''): void {
    this.clearPending();
    const seconds = `${((Date.now() - started) / 1000).toFixed(1)} s`;
    this.line(`${mark} ${label.padEnd(LABEL_WIDTH)}${seconds.padStart(8)}${remark && `  ${this.style.dim(remark)}`}`);
  }
}
