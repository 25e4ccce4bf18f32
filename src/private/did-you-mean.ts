import { editDistance } from './edit-distance';

/**
 * The sentence of an error that names the most similar known name, apart from upper and lower case. Empty if more than half
 * of the characters differ.
 */
export function didYouMean(name: string, known: readonly string[]): string {
  const [nearest] = known
    .map((candidate) => ({ candidate, distance: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= name.length / 2)
    .sort((a, b) => a.distance - b.distance);
  return nearest === undefined ? '' : ` Did you mean '${nearest.candidate}'?`;
}
