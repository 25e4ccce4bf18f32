import type { StreamRecord } from '../../handlers/aws/stream-change';
import { Index } from '../../src/private/contract';

/** A query of the index of the sweep, or of another one. */
interface IndexQuery {
  readonly IndexName?: string;
  readonly ExpressionAttributeValues: { readonly ':partition': { readonly S: string } };
}

/** Whether a query is one of the sweep. The relay queries other indexes, and the table itself. */
export function isQueryOfSweep(request: object): boolean {
  return (request as IndexQuery).IndexName === Index.OPEN_HIGH_VALUE;
}

/** The partitions of the index of the sweep that have items. The sweep queries all twenty each minute, and few have one. */
export class OpenPartitions {
  /** The partition of each item. */
  private readonly open = new Map<string, string>();
  private indexed = 0;

  constructor(private readonly stream: readonly StreamRecord[]) {}

  /** Whether a query of the sweep finds nothing. */
  public isEmpty(request: object): boolean {
    const { ExpressionAttributeValues: values } = request as IndexQuery;
    return isQueryOfSweep(request) && !this.partitions().includes(values[':partition'].S);
  }

  private partitions(): string[] {
    for (const { dynamodb } of this.stream.slice(this.indexed)) {
      const id = JSON.stringify(dynamodb!.Keys);
      const partitionNow = dynamodb!.NewImage?.sweep_partition?.S;
      if (partitionNow) {
        this.open.set(id, partitionNow);
      } else {
        this.open.delete(id);
      }
    }
    this.indexed = this.stream.length;
    return [...this.open.values()];
  }
}
