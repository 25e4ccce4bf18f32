/** A promise to users: an identifier, and what must not change about it. */
export interface SurfaceLine {
  readonly identifier: string;
  readonly promise: string;
}

/** Marks a line that the sources no longer have. */
const GONE = '- ';

const renderSurfaceLine = ({ identifier, promise }: SurfaceLine) => `${identifier}: ${promise}`;

function presentLines(surface: string): string[] {
  return surface.split('\n').filter((line) => line !== '' && !line.startsWith(GONE));
}

function goneLines(surface: string): string[] {
  return surface.split('\n').filter((line) => line.startsWith(GONE)).map((line) => line.slice(GONE.length));
}

/**
 * The new content of a file of the surface: the lines of the sources, and after them,
 * marked, each line that was there and that the sources no longer have. It never loses a
 * line, so that a change cannot be overlooked.
 */
export function mergeSurface(current: string, lines: readonly SurfaceLine[]): string {
  const present = [...new Set(lines.map(renderSurfaceLine))].sort();
  const gone = [...new Set([...goneLines(current), ...presentLines(current)].filter((line) => !present.includes(line)))].sort();
  return [...present, ...gone.map((line) => `${GONE}${line}`), ''].join('\n');
}

/** The identifiers whose lines are gone, once for each line. */
export function changedIdentifiers(surface: string): string[] {
  return goneLines(surface).map((line) => line.slice(0, line.indexOf(': ')));
}

/** The identifiers that were changed or removed more often than the changelog names them below "Changed" or "Removed". */
export function unnotedChanges(surface: string, changelog: string): string[] {
  const notes = [...changelog.matchAll(/^### (?:Changed|Removed)\n([^]*?)(?=^##|$(?![^]))/gm)].flatMap(([, section]) => [...section.matchAll(/`([^`]+)`/g)].map(([, code]) => code));
  const changed = changedIdentifiers(surface);
  const times = (list: readonly string[], identifier: string) => list.filter((other) => other === identifier).length;
  return [...new Set(changed)].filter((identifier) => times(changed, identifier) > times(notes, identifier));
}
