// Runs before tsx is loaded, so that an old Node.js gets one clear line instead of a syntax error.
const [, needed] = /(\d+\.\d+)/.exec(require('../package.json').engines.node);
const [neededMajor, neededMinor] = needed.split('.').map(Number);
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < neededMajor || (major === neededMajor && minor < neededMinor)) {
  console.error(`npx projen local needs Node.js ${needed} or later, this is ${process.versions.node}. Install it, for example with: nvm install ${neededMajor}`);
  process.exitCode = 1;
}
