/** The counts of a provider, in the order of the report. */
const COUNTED = {
  stored: 'payloads stored',
  unlisted: 'payloads not in the table',
  accepted: 'vectors accepted',
  rejected: 'vectors rejected as corrupted',
  stricter: 'vectors rejected on purpose',
  unknown: 'vectors of an unknown kind',
} as const;

/** Counts the results of the published material. */
export class Tally {
  private readonly counts = new Map<string, Partial<Record<keyof typeof COUNTED, number>>>();

  public add(provider: string, counted: keyof typeof COUNTED): void {
    const counts = this.counts.get(provider) ?? {};
    this.counts.set(provider, { ...counts, [counted]: (counts[counted] ?? 0) + 1 });
  }

  /** A line for each provider. */
  public text(): string {
    const lines = [...this.counts].sort(([a], [b]) => a < b ? -1 : 1).map(([provider, counts]) => {
      const parts = Object.entries(COUNTED).flatMap(([counted, words]) => {
        const count = counts[counted as keyof typeof COUNTED];
        return count === undefined ? [] : [`${count} ${words}`];
      });
      return `${provider}: ${parts.join(', ')}\n`;
    });
    return `\n${lines.join('')}`;
  }
}
