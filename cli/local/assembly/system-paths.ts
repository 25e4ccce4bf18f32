import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from './manifest';

/** A construct in the tree that the CDK writes. */
interface TreeNode {
  readonly path: string;
  readonly constructInfo?: { readonly fqn?: string };
  readonly children?: { readonly [id: string]: TreeNode };
}

const TREE = 'tree.json';
const SYSTEM = 'cdk-webhook-processing-system.WebhookProcessingSystem';

/** The paths of the webhook systems of an app. A class that extends the construct counts. */
export function findSystemPaths(folder: string): string[] {
  return existsSync(join(folder, TREE)) ? systemsBelow(readJson<{ readonly tree: TreeNode }>(folder, TREE).tree) : [];
}

function systemsBelow({ path, constructInfo, children = {} }: TreeNode): string[] {
  return constructInfo?.fqn === SYSTEM ? [path] : Object.values(children).flatMap(systemsBelow);
}
