import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const SCRIPT = join(__dirname, '..', '..', 'local', 'require-node.cjs');

function runOn(version: string) {
  const code = `Object.defineProperty(process, 'versions', { value: { node: '${version}' } }); require(${JSON.stringify(SCRIPT)});`;
  return spawnSync(process.execPath, ['-e', code], { encoding: 'utf8' });
}

test.each(['18.20.4', '20.15.1'])('Node.js %s is rejected with one line that names the needed version', (version) => {
  const { status, stderr } = runOn(version);

  expect(status).toBe(1);
  expect(stderr).toBe(`npx projen local needs Node.js 20.16 or later, this is ${version}. Install it, for example with: nvm install 20\n`);
});

test.each(['20.16.0', '22.0.0', '24.4.1'])('Node.js %s is accepted', (version) => {
  expect(runOn(version)).toMatchObject({ status: 0, stderr: '' });
});
