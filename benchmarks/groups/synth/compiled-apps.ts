import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

export const ROOT = join(__dirname, '../../..');
const SOURCES = ['src', 'benchmarks/groups/synth/twin', 'benchmarks/groups/synth/processes'];

/** The modules that are run. Each is a file of its own, like the modules that jsii compiles. */
export const COMPILED = {
  library: 'src/index.js',
  system: 'benchmarks/groups/synth/processes/system-app.js',
  plain: 'benchmarks/groups/synth/processes/plain-app.js',
  twin: 'benchmarks/groups/synth/twin/plain-webhooks.js',
} as const;

/** The library, the hand-written twin and an app for each as JavaScript, in a temporary folder. */
export class CompiledApps {
  private readonly folder = mkdtempSync(join(tmpdir(), 'synth-'));

  public async compile(): Promise<void> {
    await build({
      absWorkingDir: ROOT,
      entryPoints: SOURCES.flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts')).map((file) => join(folder, file))),
      outbase: '.',
      outdir: this.folder,
      bundle: false,
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      logLevel: 'warning',
    });
    for (const shared of ['assets', 'node_modules']) {
      symlinkSync(join(ROOT, shared), join(this.folder, shared));
    }
  }

  public fileOf(name: keyof typeof COMPILED): string {
    return join(this.folder, COMPILED[name]);
  }

  /** A new folder that `remove` removes. */
  public newFolder(): string {
    return mkdtempSync(join(this.folder, 'out-'));
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
