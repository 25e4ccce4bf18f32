/** A server-sent event. */
export interface StreamEvent {
  readonly id?: string;
  readonly data: string;
}

/** Reads server-sent events from the parts of an answer, which can end anywhere. */
export class StreamParser {
  private rest = '';

  /** The events that are complete with this part. Comments are no events. */
  public push(part: string): StreamEvent[] {
    const blocks = (this.rest + part).split('\n\n');
    this.rest = blocks.pop()!;
    return blocks.flatMap((block) => {
      const fields = block.split('\n').map((line) => /^(id|data): ?(.*)$/.exec(line)).filter((match) => match !== null);
      const textOf = (name: string) => fields.filter(([, field]) => field === name).map(([, , value]) => value);
      const data = textOf('data');
      return data.length === 0 ? [] : [{ id: textOf('id').at(-1), data: data.join('\n') }];
    });
  }
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/** How long to wait before an attempt to connect again: after the first failure half a second, then twice as long each time. */
export function reconnectWait(failures: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, failures - 1));
}
