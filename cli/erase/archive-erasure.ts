import type { ErasedCustomer } from './erased-customer';
import { keyText, type ErasureTargets, type Tombstone } from './erasure-targets';
import { inParallel } from './in-parallel';
import { isArchivedClass, RESTORE_FIRST, unpackedLines, LinePacker, type KeptVersion, type ObjectVersion, type ObjectVersions } from './object-versions';
import { factsOfImage, factsOfItem, isAbout, type ArchivedImage, type BodyReader } from './record-facts';
import { reducedLine, type ArchivedLine } from './reduction';
import type { StoredItem } from '../../handlers/aws/stored-item';
import { ARCHIVE_PREFIX, Attr } from '../../src/private/contract';

/** Objects that are processed at the same time. Each is in memory in its packed form, which is at most a batch of the stream: 6 MB. */
const PARALLEL = 8;
/** How often an object is read again after another run replaced it. */
const ATTEMPTS = 5;
const GZIP = 'application/gzip';

/** The result of a pass over the archive. */
export interface ArchiveFigures {
  /** Versions of objects that were read. */
  readonly read: number;
  /** Versions that contain something to erase, by key and version id. */
  readonly matching: ReadonlyMap<string, ObjectVersion>;
  /** Versions that cannot be read: their storage class must be restored first, or they are damaged. */
  readonly unreadable: readonly KeptVersion[];
}

export interface ErasedVersions {
  readonly replaced: number;
  readonly deleted: number;
  readonly kept: readonly KeptVersion[];
}

type OnRead = (read: number) => void;

/** The archive: finds the lines of a customer, and replaces the objects that contain them. */
export class ArchiveErasure {
  private readonly keptBodies: KeptVersion[] = [];

  constructor(
    private readonly versions: ObjectVersions,
    private readonly customer: ErasedCustomer,
    private readonly targets: ErasureTargets,
    private readonly readBody: BodyReader,
    /** The first day, as `2026-01-31`. */
    private readonly since?: string,
  ) {}

  /** Adds the transactions whose lines mention the customer to the targets. `matching` are the versions with these lines. */
  public async findMentions(onRead: OnRead, modifiedSince = new Date(0)): Promise<ArchiveFigures> {
    return this.pass(onRead, async (version) => {
      let mentions = false;
      for await (const line of this.linesIn(version)) {
        if (await this.mentionsCustomer(line)) {
          this.targets.transactionIds.add(line.transaction_id);
          mentions = true;
        }
      }
      return mentions;
    }, ({ modifiedAt }) => modifiedAt >= modifiedSince);
  }

  /** Finds the versions with a line of the targets, or about the customer, that is not erased. */
  public async findRest(onRead: OnRead): Promise<ArchiveFigures> {
    return this.pass(onRead, async (version) => {
      for await (const line of this.linesIn(version)) {
        if (this.isToErase(line) || await this.mentionsCustomer(line)) {
          return true;
        }
      }
      return false;
    });
  }

  /**
   * Erases the lines of the targets from every version but those with mentions, and then from those. If the run is
   * interrupted, the mentions are still there, and the next run finds the same transactions.
   */
  public async erase(mentions: ReadonlyMap<string, ObjectVersion>, erasedAt: string, onRead: OnRead): Promise<ErasedVersions> {
    const result = { replaced: 0, deleted: 0, kept: this.keptBodies };
    const eraseOne = async (version: ObjectVersion) => {
      const { replaced, deleted, kept } = await this.eraseVersion(version, erasedAt);
      result.replaced += replaced;
      result.deleted += deleted;
      result.kept.push(...kept);
      return false;
    };
    let read = 0;
    await this.pass((count) => onRead(read = count), eraseOne, (version) => !mentions.has(versionText(version)));
    await inParallel(mentions.values(), PARALLEL, async (version) => {
      await eraseOne(version);
      onRead(++read);
    });
    return result;
  }

  /** Removes the keys of tombstones from a set if their lines are archived, from the objects of a day on. */
  public async removeArchived(pending: Map<string, Tombstone>, day: string, seen: Set<string>): Promise<void> {
    await this.pass(() => undefined, async (version) => {
      for await (const { transaction_id: id, timestamp, new_image: image } of this.linesIn(version)) {
        if (image?.[Attr.ERASED_AT] !== undefined) {
          pending.delete(keyText(id, timestamp));
        }
      }
      seen.add(versionText(version));
      return false;
    }, (version) => !seen.has(versionText(version)), day);
  }

  private async pass(
    onRead: OnRead,
    isMatch: (version: ObjectVersion) => Promise<boolean>, isRead: (version: ObjectVersion) => boolean = () => true, since = this.since,
  ): Promise<ArchiveFigures> {
    const matching = new Map<string, ObjectVersion>();
    const unreadable: KeptVersion[] = [];
    let read = 0;
    const from = since && archiveDay(since);
    await inParallel(this.versions.list(ARCHIVE_PREFIX, from), PARALLEL, async (version) => {
      if (!isRead(version)) {
        return;
      }
      try {
        if (await isMatch(version)) {
          matching.set(versionText(version), version);
        }
      } catch (error) {
        unreadable.push(unreadableVersion(version, error));
      }
      onRead(++read);
    });
    return { read, matching, unreadable };
  }

  private async eraseVersion(found: ObjectVersion, erasedAt: string): Promise<ErasedVersions> {
    let version = found;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const content = await this.reduce(version, erasedAt);
      if (!content) {
        return NOTHING;
      }
      // The version of a deleted object cannot be replaced. Lifecycle rules would delete it later.
      const newId = version.isLatest ? await this.versions.replace(version, content, GZIP) : undefined;
      if (newId !== undefined || !version.isLatest) {
        // In a bucket without versions, the new object has replaced the version.
        const isReplacedInPlace = newId === version.versionId;
        const kept = isReplacedInPlace ? undefined : await this.versions.delete(version);
        return { replaced: newId === undefined ? 0 : 1, deleted: isReplacedInPlace || kept ? 0 : 1, kept: kept ? [kept] : [] };
      }
      version = await this.currentOf(version);
    }
    throw new Error(`the object ${found.key} changes all the time. Run the command again.`);
  }

  /** The version as it is now. Another run replaced it, or it is no longer the current one. */
  private async currentOf(version: ObjectVersion): Promise<ObjectVersion> {
    for await (const each of this.versions.list(version.key)) {
      if (each.key === version.key && each.versionId === version.versionId) {
        return each;
      }
    }
    return { ...version, isLatest: false };
  }

  /** The content of a version without the data of the targets; undefined if it has none. Deletes the objects of their bodies. */
  private async reduce(version: ObjectVersion, erasedAt: string): Promise<Buffer | undefined> {
    const content = await this.versions.read(version);
    const packer = new LinePacker();
    let isChanged = false;
    for await (const text of content ? unpackedLines(content) : []) {
      const line = JSON.parse(text) as ArchivedLine;
      if (this.isToErase(line)) {
        isChanged = true;
        for (const key of bodyKeysOf(line)) {
          this.keptBodies.push(...await deleteAllVersions(this.versions, key));
        }
        await packer.add(JSON.stringify(reducedLine(line, erasedAt)));
      } else {
        // The same bytes for every other customer.
        await packer.add(text);
      }
    }
    const packed = await packer.finish();
    return isChanged ? packed : undefined;
  }

  private async* linesIn(version: ObjectVersion): AsyncGenerator<ArchivedLine> {
    const content = await this.versions.read(version);
    for await (const line of content ? unpackedLines(content) : []) {
      yield JSON.parse(line) as ArchivedLine;
    }
  }

  private async mentionsCustomer({ new_image: newImage, old_image: oldImage, unrendered }: ArchivedLine): Promise<boolean> {
    const facts = [
      ...imagesOf(newImage, oldImage).map(factsOfImage),
      ...imagesOf(unrendered?.new_image, unrendered?.old_image).map((image) => factsOfItem(image as StoredItem)),
    ];
    for (const each of facts) {
      if (await isAbout(each, this.customer, this.readBody)) {
        return true;
      }
    }
    return false;
  }

  private isToErase(line: ArchivedLine): boolean {
    return this.targets.hasKey(line.transaction_id, line.timestamp) && JSON.stringify(reducedLine(line, '')) !== JSON.stringify(line);
  }
}

const NOTHING: ErasedVersions = { replaced: 0, deleted: 0, kept: [] };

/** The start of the keys of a day's objects. */
export function archiveDay(day: string): string {
  const [year, month, date] = day.split('-');
  return `${ARCHIVE_PREFIX}${year}/month=${month}/day=${date}/`;
}

function imagesOf(...images: readonly (ArchivedImage | undefined)[]): ArchivedImage[] {
  return images.filter((image) => image !== undefined);
}

function bodyKeysOf({ new_image: newImage, old_image: oldImage, unrendered }: ArchivedLine): string[] {
  const plain = imagesOf(newImage, oldImage).map((image) => image[Attr.BODY_KEY] as string | undefined);
  const raw = imagesOf(unrendered?.new_image, unrendered?.old_image).map((image) => (image as StoredItem)[Attr.BODY_KEY]?.S);
  return [...new Set([...plain, ...raw])].filter((key) => key !== undefined);
}

function versionText({ key, versionId }: Pick<ObjectVersion, 'key' | 'versionId'>): string {
  return JSON.stringify([key, versionId]);
}

/** Deletes an object with all its versions. Returns those that Object Lock keeps. */
export async function deleteAllVersions(versions: ObjectVersions, key: string): Promise<KeptVersion[]> {
  const kept: KeptVersion[] = [];
  for await (const version of versions.list(key)) {
    const locked = version.key === key ? await versions.delete(version) : undefined;
    kept.push(...locked ? [locked] : []);
  }
  return kept;
}

/** Damaged objects and objects in Glacier are reported; any other failure ends the run. */
function unreadableVersion({ key, versionId }: ObjectVersion, error: unknown): KeptVersion {
  if (isArchivedClass(error)) {
    return { key, versionId, reason: RESTORE_FIRST };
  }
  const { code, name } = error as NodeJS.ErrnoException;
  if (code?.startsWith('Z_') || name === 'SyntaxError') {
    return { key, versionId, reason: 'is not gzip with a JSON value in each line' };
  }
  throw error;
}
