/** More than arrive while a message can be delivered twice. */
const REMEMBERED = 10_000;

/** The ids that were seen last. */
export class SeenIds {
  private readonly ids = new Set<string>();

  /** Adds an id. Returns false if it was seen before. */
  public add(id: string): boolean {
    if (this.ids.has(id)) {
      return false;
    }
    this.ids.add(id);
    if (this.ids.size > REMEMBERED) {
      this.ids.delete(this.ids.values().next().value!);
    }
    return true;
  }
}
