import type { Style } from './style';

const LABEL_WIDTH = 30;

/** Where the progress is written: a terminal, or a file or pipe. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Tells what is going on, a line a phase. */
export class Progress {
  constructor(public readonly output: Output, public readonly style: Style) {}

  public line(text = ''): void {
    this.output.write(`${text}\n`);
  }

  /** Runs a phase and says how long it took; `remark` adds what is worth knowing of its result. */
  public async phase<T>(label: string, work: () => Promise<T>, remark: (result: T) => string = () => ''): Promise<T> {
    const started = Date.now();
    this.pending(label);
    try {
      const result = await work();
      this.settle(this.style.good('✓'), label, started, remark(result));
      return result;
    } catch (error) {
      this.settle(this.style.bad('✗'), label, started);
      throw error;
    }
  }

  /** On a terminal, what is being waited for stands in the last line until it is over. */
  public pending(label: string): void {
    if (this.output.isTTY) {
      this.output.write(this.style.dim(`… ${label}`));
    }
  }

  public clearPending(): void {
    if (this.output.isTTY) {
      this.output.write('\r\x1b[K');
    }
  }

  private settle(mark: string, label: string, started: number, remark = ''): void {
    this.clearPending();
    const seconds = `${((Date.now() - started) / 1000).toFixed(1)} s`;
    this.line(`${mark} ${label.padEnd(LABEL_WIDTH)}${seconds.padStart(8)}${remark && `  ${this.style.dim(remark)}`}`);
  }
}
