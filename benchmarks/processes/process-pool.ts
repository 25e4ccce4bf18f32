import { resolve } from 'node:path';
import { CompiledModules } from './compiled-modules';
import { MeasuredProcess } from './measured-process';
import { StubProcess } from './stub-process';
import { bundlePathOf } from '../../projenrc/handler-entries';
import type { HandlerName } from '../../src/private/contract';

/** The path of a module of the benchmarks, from the root of the project. */
const FOLDER = 'benchmarks/processes';

/** The measured functions, each in a process of its own, and AWS in another one. */
export class ProcessPool {
  public static async start(): Promise<ProcessPool> {
    const modules = new CompiledModules();
    const stub = await StubProcess.start(await modules.compile(`${FOLDER}/aws-stub.ts`));
    return new ProcessPool(modules, stub, await modules.compile(`${FOLDER}/measured-host.ts`));
  }

  private readonly measured: MeasuredProcess[] = [];

  private constructor(private readonly modules: CompiledModules, public readonly stub: StubProcess, private readonly host: string) {}

  /** The variables of each process: AWS is the stub. */
  public get environment(): Readonly<Record<string, string>> {
    return { AWS_ENDPOINT_URL: this.stub.url, AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'a-key' };
  }

  /** Starts a function of the system: its unchanged bundle. */
  public function(name: HandlerName, environment: Readonly<Record<string, string>>): MeasuredProcess {
    return this.begin(resolve(bundlePathOf(name)), environment);
  }

  /** Bundles and starts an alternative, given by its path from the root of the project. */
  public async alternative(entry: string): Promise<MeasuredProcess> {
    return this.begin(await this.compile(entry), {});
  }

  /** Bundles a module. Returns the path of the bundle. */
  public async compile(entry: string): Promise<string> {
    return this.modules.compile(entry);
  }

  public stop(): void {
    this.measured.forEach((each) => each.stop());
    this.stub.stop();
    this.modules.remove();
  }

  private begin(bundle: string, environment: Readonly<Record<string, string>>): MeasuredProcess {
    const process = new MeasuredProcess(this.host, bundle, { ...this.environment, ...environment });
    this.measured.push(process);
    return process;
  }
}
