import { join } from 'node:path';
import { fileGraph, findCycles, folderGraph, forbiddenImports, readImports, sourceFiles } from './import-graph';
import { FOLDER_IMPORTS, IMPORT_LIMITS } from './import-rules';

const INDENT = '  ';
const WIDTH = 28;

const root = join(__dirname, '..');
const imports = readImports(root, sourceFiles(root, ['handlers', 'src', 'cli', 'testing', 'consumer', 'local']));
const folders = folderGraph(imports);
const problems = [
  ...[...findCycles(folders), ...findCycles(fileGraph(imports))].map((cycle) => `cycle: ${cycle.join(' → ')}`),
  ...forbiddenImports(imports, IMPORT_LIMITS).map(({ from, to }) => `forbidden: ${from} → ${to}`),
];

for (const folder of new Set([...Object.keys(FOLDER_IMPORTS), ...folders.keys()])) {
  const targets = folders.get(folder) ?? [];
  console.log(folder);
  [...new Set(targets)].sort().forEach((target) => {
    console.log(`${INDENT}${target.padEnd(WIDTH)}${String(targets.filter((each) => each === target).length).padStart(4)}`);
  });
  if (targets.length === 0) {
    console.log(`${INDENT}its own files only`);
  }
}
console.log();
console.log(problems.length > 0 ? problems.join('\n') : 'no cycle, no forbidden import');
process.exitCode = problems.length > 0 ? 1 : 0;
