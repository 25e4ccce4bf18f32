import { createRequire } from 'node:module';

// Loads the module whose path is the argument of the process, and prints the processor time since the start of the process in milliseconds.
createRequire(__filename)(process.argv[2]);
const { user, system } = process.cpuUsage();
console.log((user + system) / 1_000);
