import { setMaxListeners } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectToAws } from './aws/aws-clients';
import { runTool } from './program';
import { ConsoleTerminal } from './terminal/console-terminal';
import { OutputClosed } from './terminal/interruption';

// Its warning about Node 20 would be a part of the output.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const interruption = new AbortController();
// Each call that runs at the same time listens.
setMaxListeners(0, interruption.signal);
// A second Ctrl-C ends the process at once.
process.once('SIGINT', () => interruption.abort());
// A command removes what it created for its run, also if a container or a closed terminal ends it.
process.once('SIGTERM', () => interruption.abort());
process.once('SIGHUP', () => interruption.abort());
// Without a listener, a closed pipe or terminal would end the process before that.
process.stdout.on('error', () => interruption.abort(new OutputClosed()));
process.stderr.on('error', () => undefined);

/** The package's own file: the bundle is in a folder of the package. */
const { version } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as { readonly version: string };

void runTool(process.argv.slice(2), {
  terminal: new ConsoleTerminal(() => process.stdin, process.stdout, process.stderr, interruption.signal),
  version,
  connect: connectToAws,
  signal: interruption.signal,
  now: () => new Date(),
  folder: process.cwd(),
  sleep: async (millis) => sleep(millis, undefined, { signal: interruption.signal }),
}).then((exitCode) => {
  process.exitCode = exitCode;
});
