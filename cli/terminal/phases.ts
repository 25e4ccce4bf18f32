import type { Terminal } from './console-terminal';

const LABEL_WIDTH = 32;
const TICK_MS = 1000;

/** Shows the phases of a long command: the current one with its time, and a line for each that has ended. */
export class Phases {
  private readonly clocks = new Set<NodeJS.Timeout>();

  constructor(private readonly terminal: Terminal) {}

  /** Runs a phase. `remark` adds a note on its result. `doing` replaces what is shown while it runs. */
  public async run<T>(label: string, work: (doing: (text: string) => void) => Promise<T>, remark: (result: T) => string = () => ''): Promise<T> {
    const started = Date.now();
    let current = label;
    const show = () => this.terminal.progress(`… ${current}, ${Math.round((Date.now() - started) / 1000)} s`);
    show();
    const clock = setInterval(show, TICK_MS);
    this.clocks.add(clock);
    try {
      const result = await work((text) => {
        current = text;
        show();
      });
      this.end('✓', label, started, remark(result));
      return result;
    } catch (error) {
      this.end('✗', label, started, '');
      throw error;
    } finally {
      clearInterval(clock);
    }
  }

  /** Stops showing the time of phases that were interrupted. */
  public close(): void {
    this.clocks.forEach(clearInterval);
  }

  private end(mark: string, label: string, started: number, remark: string): void {
    const seconds = `${((Date.now() - started) / 1000).toFixed(1)} s`;
    this.terminal.note(`${mark} ${label.padEnd(LABEL_WIDTH)}${seconds.padStart(7)}  ${remark}`.trimEnd());
  }
}
