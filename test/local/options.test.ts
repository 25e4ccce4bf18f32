import { LocalFailure } from '../../cli/local/emulator/failure';
import { parseOptions } from '../../local/options';

describe('parseOptions', () => {
  test('uses a free port and prints for people by default', () => {
    expect(parseOptions([])).toEqual({ help: false, json: false, keep: false, console: false, port: undefined });
  });

  test('accepts all options', () => {
    expect(parseOptions(['--help', '--json', '--keep', '--console', '--port', '4567'])).toEqual({ help: true, json: true, keep: true, console: true, port: 4567 });
  });

  test('keeps the system for the console', () => {
    expect(parseOptions(['--console'])).toMatchObject({ keep: true, console: true });
  });

  test.each([
    [['--bogus'], "Unknown option '--bogus': see npx projen local --help"],
    [['extra'], "Unexpected argument 'extra': see npx projen local --help"],
    [['--port', '0'], '--port must be a number from 1 to 65535, got: 0'],
    [['--port', '65536'], '--port must be a number from 1 to 65535, got: 65536'],
    [['--port', '1e3'], '--port must be a number from 1 to 65535, got: 1e3'],
  ])('rejects %j with one line', (args, message) => {
    expect(() => parseOptions(args)).toThrow(new LocalFailure(message));
  });
});
