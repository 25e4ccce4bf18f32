import { App, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * Synthesizes an app with a number of stacks, which is the argument of the process, and prints the processor time since the
 * start of the process in milliseconds.
 */
export function synthesizeStacks(add: (stack: Construct) => void): void {
  const app = new App();
  for (let index = 0; index < Number(process.argv[2]); index += 1) {
    add(new Stack(app, `Payments${index}`));
  }
  app.synth();
  const { user, system } = process.cpuUsage();
  console.log((user + system) / 1_000);
}
