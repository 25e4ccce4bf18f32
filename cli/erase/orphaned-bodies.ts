import type { Tombstone } from './erasure-targets';
import type { KeptVersion, ObjectVersions } from './object-versions';
import { hashesInBodyKey, ownerHash } from '../../handlers/domain/body-key';
import { BODY_PREFIX } from '../../src/private/contract';

/**
 * Deletes the objects with bodies of erased items. Two deliveries of one webhook can arrive at the same time, and the second
 * one can write its object after the item of the first was erased. Nothing names such an object, but its key has the hash of
 * the item's key. Returns the versions that Object Lock keeps.
 */
export async function deleteOrphanedBodies(versions: ObjectVersions, tombstones: ReadonlyMap<string, Tombstone>): Promise<KeptVersion[]> {
  const owners = new Set([...tombstones.values()].map(ownerHash));
  const kept: KeptVersion[] = [];
  for await (const version of versions.list(BODY_PREFIX)) {
    const owner = hashesInBodyKey(version.key)?.owner;
    const locked = owner !== undefined && owners.has(owner) ? await versions.delete(version) : undefined;
    kept.push(...locked ? [locked] : []);
  }
  return kept;
}
