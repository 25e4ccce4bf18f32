import { Progress, type Output } from '../../../local/report/progress';
import { styleFor } from '../../../local/report/style';

/** An output that keeps what is written. */
class Written implements Output {
  public text = '';

  constructor(public readonly isTTY: boolean, public readonly columns?: number) {}

  public write(text: string): void {
    this.text += text;
  }
}

const progressOn = (output: Output) => new Progress(output, styleFor(output, {}));
const REASON = 'amount 60,000.00 USD is over 10 times the median 5.00 USD of 5 earlier transactions of the customer';

describe('a line', () => {
  test('wraps between words on a narrow terminal, and keeps its indentation', () => {
    const output = new Written(true, 40);

    progressOn(output).line(`    ${REASON}`);

    const lines = output.text.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.every((line) => line.length <= 40)).toBe(true);
    expect(lines.slice(1).every((line) => /^ {6}\S/.test(line))).toBe(true);
    expect(lines.map((line) => line.trim()).join(' ')).toBe(REASON);
  });

  test('keeps its color on each of its lines', () => {
    const output = new Written(true, 40);
    const progress = progressOn(output);

    progress.line(progress.style.dim(`    ${REASON}`));

    // eslint-disable-next-line no-control-regex
    expect(output.text.trimEnd().split('\n').slice(1).every((line) => /^ {6}\u001b\[2m\S.*\u001b\[22m$/.test(line))).toBe(true);
  });

  test('does not wrap in a file', () => {
    const output = new Written(false);

    progressOn(output).line(`    ${REASON}`);

    expect(output.text).toBe(`    ${REASON}\n`);
  });
});

describe('a phase', () => {
  test('shows the elapsed time on a terminal', async () => {
    jest.useFakeTimers();
    const output = new Written(true, 80);

    const phase = progressOn(output).phase('Example app deployed', async () => new Promise((resolve) => setTimeout(resolve, 2500)));
    await jest.advanceTimersByTimeAsync(2500);
    await phase;
    jest.useRealTimers();

    expect(output.text).toContain('… Example app deployed, 2 s');
    expect(output.text).toMatch(/✓.* Example app deployed +2\.5 s\n$/);
  });

  test('that fails stops showing the time', async () => {
    jest.useFakeTimers();
    const output = new Written(true, 80);

    await expect(progressOn(output).phase('Emulator started', async () => Promise.reject(new Error('no port')))).rejects.toThrow('no port');
    const { text } = output;
    await jest.advanceTimersByTimeAsync(5000);
    jest.useRealTimers();

    expect(output.text).toBe(text);
  });

  test('that is pending is truncated to the width of the terminal, so that it can be cleared', () => {
    const output = new Written(true, 20);

    new Progress(output, styleFor({}, {})).pending('sending 10 of 48: a long name');

    expect(output.text).toBe('… sending 10 of 48:');
  });
});
