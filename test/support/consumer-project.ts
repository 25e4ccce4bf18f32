import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import * as ts from 'typescript';
import { USER_CODE_OPTIONS } from './compiler-options';

const ROOT = join(__dirname, '..', '..');
export const PACKAGE = 'cdk-webhook-processing-system';

const { ModuleKind, ModuleResolutionKind } = ts;

/** The ways in which TypeScript finds a module: a title, the `type` of the project, and the options. */
export const MODULE_RESOLUTIONS = [
  ['node10, CommonJS', 'commonjs', { module: ModuleKind.CommonJS, moduleResolution: ModuleResolutionKind.Node10 }],
  ['node16, CommonJS', 'commonjs', { module: ModuleKind.Node16, moduleResolution: ModuleResolutionKind.Node16 }],
  ['node16, ES modules', 'module', { module: ModuleKind.Node16, moduleResolution: ModuleResolutionKind.Node16 }],
  ['nodenext, ES modules', 'module', { module: ModuleKind.NodeNext, moduleResolution: ModuleResolutionKind.NodeNext }],
  ['bundler', 'module', { module: ModuleKind.ESNext, moduleResolution: ModuleResolutionKind.Bundler }],
] as const;

/** A project of a user, with the package as npm publishes it. */
export class ConsumerProject {
  /** Packs the package, and links the other packages that the project needs. */
  public static create(packages: readonly string[]): ConsumerProject {
    const project = new ConsumerProject(mkdtempSync(join(tmpdir(), 'consumer-')));
    const installed = join(project.folder, 'node_modules', PACKAGE);
    mkdirSync(installed, { recursive: true });
    packages.forEach((name) => symlinkSync(join(ROOT, 'node_modules', name), join(project.folder, 'node_modules', name)));
    const [{ filename }] = JSON.parse(execFileSync(
      'npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', project.folder], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    )) as [{ filename: string }];
    execFileSync('tar', ['-xzf', join(project.folder, filename), '-C', installed, '--strip-components', '1']);
    return project;
  }

  private constructor(public readonly folder: string) {}

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  public write(files: { readonly [name: string]: string }): void {
    Object.entries(files).forEach(([name, text]) => writeFileSync(join(this.folder, name), text));
  }

  /** The errors of the compiler in the files of the project. */
  public compilerErrors(files: { readonly [name: string]: string }, options: ts.CompilerOptions): string[] {
    this.write(files);
    const program = ts.createProgram(Object.keys(files).map((name) => join(this.folder, name)), {
      ...USER_CODE_OPTIONS,
      typeRoots: [join(this.folder, 'node_modules/@types')],
      ignoreDeprecations: '6.0',
      ...options,
    });
    return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
      const [reason] = ts.flattenDiagnosticMessageText(messageText, '\n').trim().split('\n').slice(-1);
      return `${file && basename(file.fileName)}: ${reason.trim()}`;
    });
  }

  /** What a JavaScript file prints. */
  public async run(name: string, code: string, ...args: readonly string[]): Promise<string> {
    this.write({ [name]: code });
    return (await promisify(execFile)(process.execPath, [...args, join(this.folder, name)], { env: process.env, cwd: this.folder })).stdout;
  }
}
