// Runs before tsx is loaded, so that an old Node.js gets one clear line instead of a syntax error.
const NEEDED = [20, 16];

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  console.error(`npx projen local needs Node.js ${NEEDED.join('.')} or later, this is ${process.versions.node}. Install it, for example with: nvm install 20`);
  process.exitCode = 1;
}
