/** Averages for one webhook. */
export interface Measurements {
  readonly bodyBytes: number;
  readonly responseBytes: number;
  readonly insertUnits: number;
  readonly updateUnits: number;
  readonly indexUnits: number;
  readonly readUnits: number;
  readonly tableBytes: number;
  readonly indexBytes: number;
  readonly changes: number;
  /** Changes that invoke the relay. */
  readonly relayed: number;
  /** The number of events that EventBridge bills. */
  readonly events: number;
  readonly eventBytes: number;
  readonly executions: number;
  readonly alerts: number;
  /** The log of the workflow is that of the level ALL. */
  readonly logBytes: { readonly [source in 'access log' | 'validator' | 'relay' | 'detector' | 'workflow']: number };
  /** Bytes of the archived object of a batch, for some sizes of a batch in ascending order. */
  readonly archived: ReadonlyArray<{ readonly changes: number; readonly bytes: number }>;
  readonly sweepReadUnits: number;
}

/** The bytes of the object of a batch: interpolated between the measured sizes, and in proportion above them. */
export function archivedBytes({ archived }: Pick<Measurements, 'archived'>, changes: number): number {
  const above = archived.findIndex((point) => point.changes >= changes);
  if (above <= 0) {
    const edge = above === 0 ? archived[0] : archived.at(-1)!;
    return edge.bytes * changes / edge.changes;
  }
  const [lower, upper] = [archived[above - 1], archived[above]];
  return lower.bytes + (upper.bytes - lower.bytes) * (changes - lower.changes) / (upper.changes - lower.changes);
}
