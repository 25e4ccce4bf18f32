import type { AssemblyStack } from './assembly/manifest';
import { UsageError } from '../terminal/usage-error';

/** The stacks that are deployed: those with the given names, or all. One of them must have a webhook system. */
export function selectStacks(all: readonly AssemblyStack[], names: readonly string[], systems: readonly string[]): readonly AssemblyStack[] {
  const known = all.map(({ path }) => path).join(', ');
  const unknown = names.find((name) => !all.some((stack) => isNamed(stack, name)));
  if (unknown !== undefined) {
    throw new UsageError(`the app has no stack '${unknown}'. It has: ${known}`);
  }
  const selected = names.length === 0 ? all : all.filter((stack) => names.some((name) => isNamed(stack, name)));
  const twice = selected.find(({ name, region }, index) => selected.findIndex((other) => other.name === name && other.region === region) < index);
  if (twice !== undefined) {
    throw new UsageError(`several stacks have the name '${twice.name}', and the emulator has one account. Choose one with --stacks: ${known}`);
  }
  if (!selected.some(({ path }) => systems.some((system) => system.startsWith(`${path}/`)))) {
    throw new UsageError(`no WebhookProcessingSystem is in the stacks ${selected.map(({ path }) => path).join(', ') || 'of the app, because it has none'}`);
  }
  return selected;
}

function isNamed({ name, path }: AssemblyStack, wanted: string): boolean {
  return name === wanted || path === wanted;
}
