/** Throws if a name is not one of the known ones. Suggests the most similar one. */
export function requireKnownName(what: string, name: string, known: readonly string[]): void {
  if (!known.includes(name)) {
    const similar = mostSimilar(name, known);
    const suggestion = similar === undefined ? '' : `. Did you mean '${similar}'?`;
    throw new TypeError(`${what} must be one of ${known.map((each) => `'${each}'`).join(', ')}, got '${name}'${suggestion}`);
  }
}

/** The name that needs the fewest edits, if they are at most a third of it. */
function mostSimilar(name: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((each) => ({ each, edits: editsBetween(name.toLowerCase(), each.toLowerCase()) }))
    .filter(({ each, edits }) => edits <= Math.max(each.length, name.length) / 3)
    .sort((a, b) => a.edits - b.edits);
  return best?.each;
}

/** How many characters must be added, removed or replaced (Levenshtein). */
function editsBetween(from: string, to: string): number {
  let row = [...Array(to.length + 1).keys()];
  for (const [i, character] of [...from].entries()) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++) {
      next.push(Math.min(next[j] + 1, row[j + 1] + 1, row[j] + (character === to[j] ? 0 : 1)));
    }
    row = next;
  }
  return row[to.length];
}
