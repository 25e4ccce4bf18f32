import { PassThrough } from 'node:stream';
import { alignedRows, countOf } from '../../cli/terminal/aligned-rows';
import { ConsoleTerminal } from '../../cli/terminal/console-terminal';
import { Interruption } from '../../cli/terminal/interruption';

/** The start of the line, which is then empty. */
const CLEARED = '\r\u001b[K';

const textOf = (stream: PassThrough) => String(stream.read() ?? '');
function terminal({ isTTY = true, columns }: { isTTY?: boolean; columns?: number } = {}) {
  const [input, output, error] = [new PassThrough(), new PassThrough(), new PassThrough()];
  [input, error].forEach((stream) => Object.assign(stream, { isTTY, columns }));
  return { input, output, error, console: new ConsoleTerminal(() => input, output, error) };
}

describe('a terminal', () => {
  test('prints results to the standard output and notes to the standard error', () => {
    const { console, output, error } = terminal();
    console.print('result');
    console.note('note');

    expect([textOf(output), textOf(error)]).toEqual(['result\n', 'note\n']);
  });

  test('shows results with colors only if they go to a terminal', () => {
    const { console, output } = terminal();
    const piped = console.colored;
    Object.assign(output, { isTTY: true });

    expect([piped, console.colored]).toEqual([false, true]);
  });

  test('replaces progress with the next text, within one line', () => {
    const { console, error } = terminal({ columns: 6 });
    console.progress('one two');
    console.progress('three');
    console.note('done');

    expect(textOf(error)).toBe(['one t', 'three', 'done\n'].join(CLEARED));
  });

  test('shows no progress in a file', () => {
    const { console, error } = terminal({ isTTY: false });
    console.progress('one');

    expect([console.interactive, textOf(error)]).toEqual([false, '']);
  });

  test('asks and returns the answer', async () => {
    const { console, input } = terminal();
    const answer = console.ask('Sure? ');
    input.write('yes\n');

    expect([console.interactive, await answer]).toEqual([true, 'yes']);
  });

  test('ends a question at a signal', async () => {
    const { input, output, error } = terminal();
    const interruption = new AbortController();
    const answer = new ConsoleTerminal(() => input, output, error, interruption.signal).ask('Sure? ');
    interruption.abort();

    await expect(answer).rejects.toThrow(Interruption);
  });

  test('cuts progress at 80 columns if the width is unknown', () => {
    const { console, error } = terminal();
    console.progress('x'.repeat(100));

    expect(textOf(error)).toHaveLength(79);
  });
});

test('rows are aligned', () => {
  expect(alignedRows([['a', '1'], ['long', '']])).toEqual(['  a     1', '  long']);
  expect(alignedRows([])).toEqual([]);
});

test('a count has the form of its noun', () => {
  expect([countOf(1, 'item'), countOf(12_345, 'item'), countOf(0, 'batch', 'batches')]).toEqual(['1 item', '12,345 items', '0 batches']);
});
