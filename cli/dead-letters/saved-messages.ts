import { open, type FileHandle } from 'node:fs/promises';
import { UsageError } from '../terminal/usage-error';

/** A new file of lines. Only its owner can read it, because messages can have data of customers. */
export class NewLinesFile {
  /** Throws if the file exists. */
  public static async create(path: string): Promise<NewLinesFile> {
    try {
      return new NewLinesFile(await open(path, 'wx', 0o600));
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      throw new UsageError(code === 'EEXIST' ? `the file '${path}' exists. Name another one with --save.` : `cannot create the file: ${message}`);
    }
  }

  private constructor(private readonly file: FileHandle) {}

  /** Returns when the lines are on the disk. */
  public async append(lines: readonly string[]): Promise<void> {
    await this.file.appendFile(lines.map((line) => `${line}\n`).join(''));
    await this.file.sync();
  }

  public async close(): Promise<void> {
    await this.file.close();
  }
}
