import { isArchivedClass, RESTORE_FIRST, type KeptVersion, type ObjectVersions } from './object-versions';
import { unpacked } from './record-facts';

/** The objects with the bodies that do not fit into an item. */
export class BodyObjects {
  private readonly inArchivedClass = new Set<string>();

  constructor(private readonly versions: ObjectVersions) {}

  /** The bodies that could not be read since `forgetUnreadable`. What they contain is not known. */
  public get unreadable(): KeptVersion[] {
    return [...this.inArchivedClass].map((key) => ({ key, versionId: 'current', reason: RESTORE_FIRST }));
  }

  public forgetUnreadable(): void {
    this.inArchivedClass.clear();
  }

  /** The bytes of a body; undefined if it does not exist or cannot be read. One old body must not end a run. */
  public async read(key: string): Promise<Buffer | undefined> {
    try {
      const content = await this.versions.read({ key });
      return content && unpacked(content);
    } catch (error) {
      if (!isArchivedClass(error)) {
        throw error;
      }
      this.inArchivedClass.add(key);
      return undefined;
    }
  }
}
