import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, LOCAL_SYSTEM_FILE, TOOL_FOLDER, type LocalSystem } from '../aws/local-system';
import { UsageError } from '../terminal/usage-error';

/** Has the id of the process that uses the folder. */
const LOCK = 'running.pid';

/** The folder of the tool in the folder of an app. One process at a time uses it. */
export class ToolFolder {
  public readonly path: string;
  private readonly lock: string;
  private readonly description: string;

  /** Creates the folder. Throws a `UsageError` if another process uses it. */
  constructor(app: string) {
    this.path = join(app, TOOL_FOLDER);
    this.lock = join(this.path, LOCK);
    this.description = join(app, LOCAL_SYSTEM_FILE);
    mkdirSync(this.path, { recursive: true });
    writeFileSync(join(this.path, '.gitignore'), '*\n');
    this.acquire();
    // Of a process that was killed.
    rmSync(this.description, { force: true });
  }

  /** Describes the running system to the other commands. */
  public publish(system: LocalSystem): void {
    // A command never reads half of it.
    writeFileSync(`${this.description}.new`, JSON.stringify(system));
    renameSync(`${this.description}.new`, this.description);
  }

  /** Lets another process use the folder. */
  public release(): void {
    rmSync(this.description, { force: true });
    rmSync(this.lock, { force: true });
  }

  private acquire(): void {
    for (;;) {
      try {
        writeFileSync(this.lock, String(process.pid), { flag: 'wx' });
        return;
      } catch {
        // It exists, or reading it fails too.
      }
      const pid = Number(readFileSync(this.lock, 'utf8'));
      if (pid > 0 && isAlive(pid)) {
        throw new UsageError(
          `a local system of this folder already runs, in process ${pid}. Use it with the other commands, or stop it with Ctrl-C or \`kill ${pid}\`. ` +
          `If that process is another program, delete ${join(TOOL_FOLDER, LOCK)}.`,
        );
      }
      rmSync(this.lock, { force: true });
    }
  }
}
