import { editDistance } from './edit-distance';

/** The known name with the fewest different characters. */
export function nearestName(name: string, known: readonly string[]): string {
  const distances = known.map((candidate) => editDistance(name, candidate));
  return known[distances.indexOf(Math.min(...distances))];
}
