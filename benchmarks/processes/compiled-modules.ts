import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { bundleHandler } from '../../projenrc/handler-bundle';

/** Modules of the benchmarks, bundled with the options of the handlers, so that each candidate is built in the same way. */
export class CompiledModules {
  private readonly folder = mkdtempSync(join(tmpdir(), 'benchmark-'));

  /** Bundles a module, given by its path from the root of the project. Returns the path of the bundle. */
  public async compile(entry: string): Promise<string> {
    const outfile = join(this.folder, basename(entry, '.ts'), 'index.js');
    await bundleHandler(entry, outfile);
    return outfile;
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
