import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { processorSecondsOfChildren } from './processor-time';
import { exact, type Group } from '../../figures';

const ROOT = join(__dirname, '..', '..', '..');
const TAIL_LINES = 30;

/** What it takes to run the whole system on this machine. */
export const local: Group = {
  name: 'local',
  measure: async ({ progress }) => {
    progress('running the whole system in an emulator');
    const processorBefore = processorSecondsOfChildren();
    const started = performance.now();
    const run = spawn(process.execPath, ['--import', 'tsx', 'local/main.ts'], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    const [output, errors, [code]] = await Promise.all([text(run.stdout), text(run.stderr), once(run, 'close') as Promise<[number | null]>]);
    if (code !== 0) {
      throw new Error(`the local run failed:\n${`${output}${errors}`.trimEnd().split('\n').slice(-TAIL_LINES).join('\n')}`);
    }
    const seconds = (performance.now() - started) / 1000;
    const processorSeconds = processorSecondsOfChildren() - processorBefore;
    return [{
      id: 'local/run',
      title: 'The whole system on one machine',
      description: 'The command of `npx projen local`: starts the emulator, deploys the example app, sends the webhooks of every case and compares the results. '
        + 'The processor time is that of the command and of the processes that it waited for, without the emulator and its functions.',
      rows: [
        { id: 'local/run/seconds', label: 'elapsed time', unit: 's', figure: exact(seconds) },
        { id: 'local/run/processor', label: 'processor time of the command', unit: 's', figure: exact(processorSeconds) },
      ],
    }];
  },
};
