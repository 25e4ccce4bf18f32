import type { ArchivedImage } from './record-facts';
import { Attr, KEPT_ON_ERASURE } from '../../src/private/contract';

const KEPT: ReadonlySet<string> = new Set(KEPT_ON_ERASURE);

/** A change in the archive, as JSON. */
export interface ArchivedLine {
  readonly [name: string]: unknown;
  readonly transaction_id: string;
  readonly timestamp: string;
  readonly new_image?: ArchivedImage;
  readonly old_image?: ArchivedImage;
  /** A change that the archival could not render: its images are in DynamoDB's own JSON. */
  readonly unrendered?: { readonly keys?: unknown; readonly new_image?: ArchivedImage; readonly old_image?: ArchivedImage };
}

/** What stays of an item: the attributes that are not about a person. A list of what stays also removes attributes that are added later. */
export function keptAttributes<T>(item: { readonly [attribute: string]: T }): { readonly [attribute: string]: T } {
  return Object.fromEntries(Object.entries(item).filter(([name]) => KEPT.has(name)));
}

/**
 * The tombstone of an item. The key stays, so that a redelivery is a duplicate. Because it is closed, no workflow claims it,
 * and because it has no time of the sweep, no sweep publishes it.
 */
export function tombstoneOf<T>(item: { readonly [attribute: string]: T }, erasedAt: T): { readonly [attribute: string]: T } {
  return { [Attr.CLOSED_AT]: erasedAt, ...keptAttributes(item), [Attr.ERASED_AT]: erasedAt };
}

/** A line without the data of its customer. Equal to the line if nothing is left to erase. */
export function reducedLine(line: ArchivedLine, erasedAt: string): ArchivedLine {
  const { new_image: newImage, old_image: oldImage, unrendered } = line;
  return {
    ...line,
    ...newImage && { new_image: reducedImage(newImage, erasedAt) },
    ...oldImage && { old_image: reducedImage(oldImage, erasedAt) },
    // The error can quote an attribute.
    ...unrendered && {
      unrendered: {
        keys: unrendered.keys,
        ...unrendered.new_image && { new_image: reducedImage(unrendered.new_image, { S: erasedAt }) },
        ...unrendered.old_image && { old_image: reducedImage(unrendered.old_image, { S: erasedAt }) },
      },
    },
  };
}

/** An image without the data of its customer. The time of an earlier erasure stays. */
export function reducedImage(image: ArchivedImage, erasedAt: unknown): ArchivedImage {
  const kept = keptAttributes(image);
  return Attr.ERASED_AT in kept || Object.keys(kept).length === Object.keys(image).length ? kept : { ...kept, [Attr.ERASED_AT]: erasedAt };
}
