/** Captures the standard output of the handlers: log lines and metrics. */
export class Output {
  private readonly lines: Record<string, unknown>[] = [];

  /** Call in `beforeEach`, because Jest clears mocks between tests. */
  public capture(): void {
    this.lines.length = 0;
    jest.spyOn(process.stdout, 'write').mockImplementation((line) => {
      this.lines.push(JSON.parse(String(line)) as Record<string, unknown>);
      return true;
    });
  }

  /** The sum of a metric's values. */
  public counted(metric: string): number {
    return this.metrics(metric).reduce((total, line) => total + (line[metric] as number), 0);
  }

  /** The lines with a metric and its dimensions. */
  public metrics(metric: string): Record<string, unknown>[] {
    return this.lines.filter((line) => line[metric] !== undefined);
  }

  /** The log lines of a level, without the members that count. */
  public logged(level: string): Record<string, unknown>[] {
    return this.lines.filter((line) => line.level === level).map(withoutMetrics);
  }

  /** The whole output, as text. */
  public text(): string {
    return JSON.stringify(this.lines);
  }
}

function withoutMetrics({ _aws: embedded, ...line }: Record<string, unknown>): Record<string, unknown> {
  const { CloudWatchMetrics = [] } = (embedded ?? {}) as { CloudWatchMetrics?: { Dimensions: string[][]; Metrics: { Name: string }[] }[] };
  const counting = CloudWatchMetrics.flatMap(({ Dimensions, Metrics }) => [...Dimensions.flat(), ...Metrics.map(({ Name }) => Name)]);
  return Object.fromEntries(Object.entries(line).filter(([name]) => !counting.includes(name)));
}
