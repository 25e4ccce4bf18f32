/** The number of characters to insert, delete or replace to change one text into the other (the Levenshtein distance). */
export function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, length) => length);
  for (let deleted = 0; deleted < from.length; deleted += 1) {
    const next = [deleted + 1];
    for (let inserted = 0; inserted < to.length; inserted += 1) {
      const replacement = from[deleted] === to[inserted] ? 0 : 1;
      next.push(Math.min(row[inserted + 1] + 1, next[inserted] + 1, row[inserted] + replacement));
    }
    row = next;
  }
  return row[to.length];
}
