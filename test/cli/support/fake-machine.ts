import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

/** What the programs of a fake machine do. */
export interface FakePrograms {
  /** The versions of Python, by the name of the program. */
  readonly pythons?: { readonly [name: string]: string };
  readonly hasVenv?: boolean;
  /** What the emulator does after it has started: answer, answer with an error, or end. */
  readonly emulator?: 'answers' | 'ends' | 'ends later';
  /** The resource types that the emulator lists. Absent: it fails. */
  readonly types?: readonly string[];
  /** The command of the CDK that fails. */
  readonly failing?: string;
  /** The files of the assembly that the CDK synthesizes. */
  readonly assembly?: { readonly [path: string]: unknown };
  readonly outputs?: object;
}

/** A run of a program. */
export interface ProgramRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: { readonly [name: string]: string };
}

/** Programs of the user's machine, on the PATH and in an app: Python with an emulator, npm, and the CDK's command line. */
export class FakeMachine {
  /** The folder of the app. */
  public readonly app: string;
  public readonly requirements: string;
  private readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'machine-')));
  private readonly path = process.env.PATH;
  private readonly record = join(this.root, 'runs');
  private readonly config = join(this.root, 'programs.json');

  constructor() {
    this.app = join(this.root, 'app');
    this.requirements = join(this.root, 'requirements.txt');
    writeFileSync(this.requirements, 'ministack==1\n');
    this.write('app/cdk.json', JSON.stringify({ app: 'node app.js', context: { own: 'yes' } }));
    this.write('app/node_modules/aws-cdk/package.json', JSON.stringify({ name: 'aws-cdk' }));
    this.program('app/node_modules/aws-cdk/bin/cdk', CDK);
    this.program('bin/npm', 'if (config.failing === "npm") { console.error("no network"); process.exit(1); }');
    process.env.PATH = [join(this.root, 'bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter);
  }

  public install(programs: FakePrograms): void {
    const all: FakePrograms = { pythons: { python3: '3.12' }, hasVenv: true, emulator: 'answers', types: ['AWS::SQS::Queue'], ...programs };
    writeFileSync(this.config, JSON.stringify(all));
    // Those of the machine itself must not be found.
    for (const name of ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python']) {
      this.program(`bin/${name}`, all.pythons![name] === undefined ? 'process.exit(127);' : python(name));
    }
  }

  /** The runs of programs, in their order. */
  public get runs(): ProgramRun[] {
    return existsSync(this.record) ? readFileSync(this.record, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as ProgramRun) : [];
  }

  public write(path: string, content: string): void {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  public remove(): void {
    process.env.PATH = this.path;
    rmSync(this.root, { recursive: true, force: true, maxRetries: 5 });
  }

  private program(path: string, script: string): void {
    this.write(path, `#!${process.execPath}
const fs = require('node:fs'); const path = require('node:path'); const http = require('node:http');
const config = JSON.parse(fs.readFileSync(${JSON.stringify(this.config)}, 'utf8'));
const args = process.argv.slice(2);
fs.appendFileSync(${JSON.stringify(this.record)}, JSON.stringify({ program: ${JSON.stringify(path.replace(/^.*\//, ''))}, args, cwd: process.cwd(), env: process.env }) + '\\n');
${script}
`);
    chmodSync(join(this.root, path), 0o755);
  }
}

const python = (name: string) => `
const [option, what, ...more] = args;
if (option === '-c') {
  if (what.includes('version_info')) console.log(config.pythons[${JSON.stringify(name)}]);
  else if (what.includes('ensurepip')) { if (!config.hasVenv) process.exit(1); console.log('yes'); }
  else if (what.includes('_RESOURCE_HANDLERS')) { if (!config.types) process.exit(1); console.log(JSON.stringify(config.types)); }
  else console.log('yes');
} else if (what === 'venv') {
  fs.mkdirSync(path.join(more[0], 'bin'), { recursive: true });
  fs.copyFileSync(__filename, path.join(more[0], 'bin', 'python'));
} else if (what === 'ministack') {
  console.log('emulator \\u001b[31m starts\\u001b[0m');
  if (config.emulator === 'ends') process.exit(3);
  let asked = 0;
  http.createServer((request, response) => {
    response.writeHead(asked++ === 0 ? 503 : 200); response.end();
    if (config.emulator === 'ends later' && asked > 1) setTimeout(() => process.exit(3), 500);
  }).listen(Number(process.env.GATEWAY_PORT), process.env.BIND_HOST);
}`;

const CDK = `
const valueOf = (name) => args[args.indexOf(name) + 1];
if (args[0] === config.failing) { console.error('it failed'); process.exit(1); }
if (args[0] === 'synth') {
  for (const [file, content] of Object.entries(config.assembly)) {
    const target = path.join(valueOf('--output'), file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, typeof content === 'string' ? content : JSON.stringify(content));
  }
}
if (args[0] === 'deploy') fs.writeFileSync(valueOf('--outputs-file'), JSON.stringify(config.outputs));`;
