import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export type StopSignal = (typeof SIGNALS)[number];

/** What delivers signals: the process. */
export interface SignalSource {
  on(signal: StopSignal, listener: () => void): unknown;
  off(signal: StopSignal, listener: () => void): unknown;
}

/** The signals that end a local system. While it is open, they do not end the process, so that nothing interrupts the cleanup. */
export class StopSignals {
  public readonly first: Promise<StopSignal>;
  private readonly listeners: ReadonlyArray<readonly [StopSignal, () => void]>;

  constructor(private readonly source: SignalSource) {
    let receive: (signal: StopSignal) => void;
    this.first = new Promise((resolve) => {
      receive = resolve;
    });
    this.listeners = SIGNALS.map((signal) => [signal, () => receive(signal)]);
    this.listeners.forEach(([signal, listener]) => source.on(signal, listener));
  }

  public close(): void {
    this.listeners.forEach(([signal, listener]) => this.source.off(signal, listener));
  }
}

/** The exit code that a shell reports for a signal. */
export function exitCodeOfSignal(signal: StopSignal): number {
  return 128 + constants.signals[signal];
}
