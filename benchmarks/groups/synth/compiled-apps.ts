import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

const ROOT = join(__dirname, '../../..');
const OWN_FOLDER = 'benchmarks/groups/synth';
const SOURCES = ['src', `${OWN_FOLDER}/twin`, `${OWN_FOLDER}/processes`];

/** What the CDK's command line sets by default. */
const CONTEXT = { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true, 'aws:cdk:version-reporting': true };

/** The two that are compared: the app and the module that it loads. */
const CANDIDATES = {
  twin: { app: `${OWN_FOLDER}/processes/plain-app.js`, library: `${OWN_FOLDER}/twin/plain-webhooks.js` },
  ours: { app: `${OWN_FOLDER}/processes/system-app.js`, library: 'src/index.js' },
} as const;

export type SynthCandidate = keyof typeof CANDIDATES;

/** The system and its hand-written twin as JavaScript in a temporary folder. Each module is a file of its own, as jsii compiles them. */
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

  /** Synthesizes a number of stacks in a fresh process. Returns its processor time in milliseconds. */
  public synthesize(candidate: SynthCandidate, stacks: number): number {
    return this.inCloudAssembly((folder) => this.run(CANDIDATES[candidate].app, String(stacks), { CDK_OUTDIR: folder }));
  }

  /** Loads the module of a candidate in a fresh process. Returns its processor time in milliseconds. */
  public load(candidate: SynthCandidate): number {
    return this.run(`${OWN_FOLDER}/processes/load-module.js`, join(this.folder, CANDIDATES[candidate].library));
  }

  /** The template of one stack. */
  public templateOf(candidate: SynthCandidate): string {
    return this.inCloudAssembly((folder) => {
      this.run(CANDIDATES[candidate].app, '1', { CDK_OUTDIR: folder });
      return readFileSync(join(folder, 'Payments0.template.json'), 'utf8');
    });
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private inCloudAssembly<T>(use: (folder: string) => T): T {
    const folder = mkdtempSync(join(this.folder, 'out-'));
    try {
      return use(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  private run(script: string, argument: string, variables: NodeJS.ProcessEnv = {}): number {
    const env = { PATH: process.env.PATH, JSII_DEPRECATED: 'quiet', CDK_CONTEXT_JSON: JSON.stringify(CONTEXT), ...variables };
    return Number(execFileSync(process.execPath, [join(this.folder, script), argument], { env, encoding: 'utf8' }));
  }
}
